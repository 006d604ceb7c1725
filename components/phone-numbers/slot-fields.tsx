"use client";

import Link from "next/link";
import { useId } from "react";
import { Combobox, type ComboboxItem } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { Agent } from "@/lib/agents/schema";
import type { Direction, Slot } from "@/lib/phone-numbers/schema";
import { useAgents, useVersions } from "../agents/use-agents";
import { describeSlot, directions, emptyDraft, type SlotDraft, type SlotDrafts } from "./slot-draft";

const titles: Record<Direction, string> = { inbound: "Inbound", outbound: "Outbound" };
const hints: Record<Direction, string> = {
  inbound: "Answers calls to this number.",
  outbound: "Places calls from this number.",
};
const none = "none";
const noHolders: Record<Direction, Slot | null> = { inbound: null, outbound: null };

export interface SlotFieldsProps {
  /** The number, for accessible names. */
  name: string;
  drafts: SlotDrafts;
  onChange: (drafts: SlotDrafts) => void;
  both: boolean;
  onBothChange: (both: boolean) => void;
  /** Who holds the slots now. */
  holders?: Record<Direction, Slot | null>;
}

/** Agent and version for each slot, or one choice for both. */
export function SlotFields({
  name,
  drafts,
  onChange,
  both,
  onBothChange,
  holders = noHolders,
}: SlotFieldsProps) {
  const agents = useAgents();
  const known = agents.data?.pages.flatMap((page) => page.data) ?? [];
  const switchId = useId();

  if (agents.data && known.length === 0) {
    return (
      <p>
        <Link className="text-accent-text underline underline-offset-4" href="/agents">
          Create an agent to answer calls
        </Link>
      </p>
    );
  }

  const change = (direction: Direction, draft: SlotDraft) =>
    onChange(both ? { inbound: draft, outbound: draft } : { ...drafts, [direction]: draft });

  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-2">
        <Switch
          checked={both}
          id={switchId}
          onCheckedChange={(next) => {
            onBothChange(next);
            if (next) onChange({ inbound: drafts.inbound, outbound: drafts.inbound });
          }}
        />
        <Label htmlFor={switchId}>Use for both directions</Label>
      </div>
      {directions.map((direction) =>
        both && direction === "outbound" ? null : (
          <SlotField
            agents={known}
            direction={direction}
            draft={drafts[direction]}
            holder={holders[direction]}
            key={direction}
            loading={agents.isPending}
            onChange={(draft) => change(direction, draft)}
            name={name}
          />
        ),
      )}
      {both && <p className="text-muted-foreground">Outbound calls use the same agent and version.</p>}
    </div>
  );
}

interface SlotFieldProps {
  direction: Direction;
  name: string;
  draft: SlotDraft;
  onChange: (draft: SlotDraft) => void;
  holder: Slot | null;
  agents: Agent[];
  loading: boolean;
}

function SlotField({ direction, name, draft, onChange, holder, agents, loading }: SlotFieldProps) {
  const chosen = agents.find((agent) => agent.id === draft.agentId);
  const isHolder = holder !== null && holder.agent_id === draft.agentId;
  // A holder beyond the first page of agents must still show its name.
  const listed =
    isHolder && !chosen ? [toItem(holder), ...agents.map(describeAgent)] : agents.map(describeAgent);

  return (
    <div className="grid gap-2 sm:grid-cols-[1fr_13rem]">
      <Field
        hint={holder ? `Now: ${describeSlot(holder)}` : hints[direction]}
        label={`${titles[direction]} agent`}
      >
        <Combobox
          aria-label={`${titles[direction]} agent for ${name}`}
          emptyText={loading ? "Loading agents…" : "No agent has this name."}
          groups={[{ items: [{ value: none, label: "None" }] }, { heading: "Agents", items: listed }]}
          onValueChange={(value) =>
            onChange(value === none ? emptyDraft : { agentId: value, version: "latest" })
          }
          searchPlaceholder="Search agents"
          value={draft.agentId ?? none}
        />
      </Field>
      {draft.agentId !== null && (
        <VersionField
          agentId={draft.agentId}
          label={`${titles[direction]} version`}
          latest={chosen?.latest_version ?? null}
          name={`${titles[direction]} version for ${name}`}
          onChange={(version) => onChange({ agentId: draft.agentId, version })}
          version={draft.version}
        />
      )}
    </div>
  );
}

function toItem(holder: Slot): ComboboxItem {
  return { value: holder.agent_id, label: holder.agent_name };
}

function describeAgent(agent: Agent): ComboboxItem {
  const item = { value: agent.id, label: agent.name };
  if (agent.latest_version === null) return { ...item, disabledReason: "No published version yet" };
  const held = [
    agent.inbound_numbers > 0 && `answers ${agent.inbound_numbers}`,
    agent.outbound_numbers > 0 && `calls from ${agent.outbound_numbers}`,
  ].filter(Boolean);
  return { ...item, description: [`v${agent.latest_version}`, ...held].join(" · ") };
}

interface VersionFieldProps {
  agentId: string;
  label: string;
  name: string;
  latest: number | null;
  version: SlotDraft["version"];
  onChange: (version: SlotDraft["version"]) => void;
}

function VersionField({ agentId, label, name, latest, version, onChange }: VersionFieldProps) {
  const versions = useVersions(agentId);
  const published = new Set(
    versions.data?.pages
      .flatMap((page) => page.data)
      .filter((candidate) => candidate.published)
      .map((candidate) => candidate.version),
  );
  if (version !== "latest") published.add(version);
  const newest = latest ?? Math.max(0, ...published);

  return (
    <Field label={label}>
      <Select
        aria-label={name}
        onValueChange={(value) => onChange(value === "latest" ? "latest" : Number(value))}
        options={[
          { value: "latest", label: newest ? `Follow latest (now v${newest})` : "Follow latest" },
          ...[...published]
            .sort((a, b) => b - a)
            .map((known) => ({ value: String(known), label: `v${known}` })),
        ]}
        value={String(version)}
      />
    </Field>
  );
}
