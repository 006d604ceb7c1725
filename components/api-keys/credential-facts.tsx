"use client";

import { Ban, CircleCheck, type LucideIcon, TimerOff } from "lucide-react";
import { Status, type Tone } from "@/components/ui/badge";
import { Tooltip } from "@/components/ui/tooltip";
import type { Scope } from "@/lib/api-keys/schema";
import { formatUtcMoment } from "../phone-numbers/format-date";
import { Moment } from "../phone-numbers/moment";
import { type CredentialRow, type CredentialState, shortenId } from "./credential-state";
import { listScopes, summarizeScopes } from "./scope-words";

const states: Record<CredentialState, { word: string; tone: Tone; icon: LucideIcon; color: string }> = {
  active: { word: "Active", tone: "good", icon: CircleCheck, color: "text-good" },
  expired: { word: "Expired", tone: "neutral", icon: TimerOff, color: "text-muted-foreground" },
  revoked: { word: "Revoked", tone: "neutral", icon: Ban, color: "text-muted-foreground" },
};

export function CredentialStatus({ row }: { row: CredentialRow }) {
  const { word, tone, icon: Icon, color } = states[row.state];
  return (
    <span title={row.revoked_at ? `Revoked ${formatUtcMoment(row.revoked_at)}` : undefined}>
      <Status icon={<Icon aria-hidden className={color} />} tone={tone}>
        {word}
      </Status>
    </span>
  );
}

export function CredentialId({ id }: { id: string }) {
  return (
    <code className="text-muted-foreground font-mono text-xs" title={id}>
      {shortenId(id)}
    </code>
  );
}

/** One line: all of it in a word, or the first thing and how many more, with the whole list on hover and focus. */
export function ScopesInShort({ scopes, most }: { scopes: readonly Scope[]; most: readonly Scope[] }) {
  const lines = describeScopes(scopes, most);
  const [first] = lines;
  if (lines.length === 1) return <span title={first}>{first}</span>;
  return (
    <span className="flex items-center gap-1.5">
      <span className="truncate" title={first}>
        {first}
      </span>
      <Tooltip
        className="text-muted-foreground hover:text-foreground h-6 min-w-6 shrink-0 cursor-default rounded underline decoration-dotted underline-offset-4"
        content={
          <ul className="flex flex-col gap-1">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        }
        label={lines.join("; ")}
      >
        +{lines.length - 1}
        <span className="sr-only"> more</span>
      </Tooltip>
    </span>
  );
}

export function describeScopes(scopes: readonly Scope[], most: readonly Scope[]): string[] {
  const word = summarizeScopes(scopes, most);
  return word ? [word] : listScopes(scopes);
}

/** A moment, or "Never" where there is none. */
export function MomentOrNever({ iso, show }: { iso: string | null; show: "day" | "short" }) {
  if (iso === null) return <span className="text-muted-foreground">Never</span>;
  return <Moment className="tabular" iso={iso} show={show} />;
}
