"use client";

import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import { useId } from "react";
import { useViewer } from "@/components/layout/viewer";
import { Badge, Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { Drift, DriftAction } from "@/lib/carrier-sync/schema";
import { Moment } from "../phone-numbers/moment";
import { describeSlot } from "../phone-numbers/slot-draft";
import { DriftSides } from "./drift-sides";
import { actionWords, describeResolution, kindWords, sortActions } from "./drift-words";

export interface DriftCardProps {
  drift: Drift;
  /** What is being done about it now. */
  pending: DriftAction | null;
  /** Asked for and not done yet: the carrier is taking it back. */
  isReturning: boolean;
  onAction: (drift: Drift, action: DriftAction) => void;
  /** Told before a button is pressed, so that its dialog is there. */
  onApproach: () => void;
}

/** One difference: what it is, both sides of it, and what may be done about it. */
export function DriftCard({ drift, pending, isReturning, onAction, onApproach }: DriftCardProps) {
  const titleId = useId();
  const kindId = useId();
  const name = drift.formatted.international;
  const { word, icon: Icon } = kindWords[drift.kind];
  return (
    <article
      aria-labelledby={`${titleId} ${kindId}`}
      className="bg-raised flex flex-col gap-4 rounded border p-4"
      onFocus={onApproach}
      onPointerEnter={onApproach}
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2">
          <h3 className="tabular text-base font-semibold" id={titleId}>
            <NumberName drift={drift} />
          </h3>
          <CopyButton label={name} value={drift.phone_number} />
          <Badge id={kindId} tone={drift.status === "open" ? "careful" : "neutral"}>
            <Icon aria-hidden />
            {word}
          </Badge>
        </div>
        <p className="text-muted-foreground text-xs">
          First seen <Moment className="tabular" iso={drift.first_seen_at} show="short" />
        </p>
      </header>
      {/* Wide, the buttons stand under the words; narrow, after both sides. */}
      <div className="grid gap-4 xl:grid-cols-2 xl:grid-rows-[1fr_auto]">
        <div className="flex flex-col gap-1">
          <p className="font-medium">{drift.title}</p>
          <p className="text-muted-foreground max-w-prose">{drift.explanation}</p>
          <LostSlots drift={drift} />
        </div>
        <div className="xl:row-span-2">
          <DriftSides drift={drift} />
        </div>
        <footer className="flex min-h-8 flex-wrap items-center gap-2">
          {isReturning ? (
            <Status icon={<LoaderCircle aria-hidden className="text-accent-text animate-spin" />}>
              The carrier is taking it back
            </Status>
          ) : (
            sortActions(drift.actions).map((action, index) => (
              <Button
                aria-label={`${actionWords[action].verb} ${name}`}
                key={action}
                onClick={() => onAction(drift, action)}
                pending={pending === action}
                variant={index === 0 && action !== "give_back" ? "primary" : "secondary"}
              >
                {actionWords[action].verb}
              </Button>
            ))
          )}
          {!isReturning && <WhoDecides drift={drift} />}
        </footer>
      </div>
    </article>
  );
}

/** Leads to its record, if there is one. */
function NumberName({ drift: { phone_number, formatted, phone_number_id } }: { drift: Drift }) {
  if (!phone_number_id) return formatted.international;
  return (
    <Link
      className="underline-offset-4 hover:underline"
      href={`/settings/phone-numbers?q=${encodeURIComponent(phone_number)}`}
      // A page of cards would otherwise fetch as many pages ahead.
      prefetch={false}
    >
      {formatted.international}
    </Link>
  );
}

/** Whom a number that went missing was used by. */
function LostSlots({ drift: { slots } }: { drift: Drift }) {
  if (!slots?.inbound && !slots?.outbound) return null;
  return (
    <ul className="mt-1 flex flex-col">
      {slots.inbound && <li>Answered by {describeSlot(slots.inbound)}</li>}
      {slots.outbound && <li>Called from by {describeSlot(slots.outbound)}</li>}
    </ul>
  );
}

/** Who decided, or who may. */
function WhoDecides({ drift }: { drift: Drift }) {
  const { can } = useViewer();
  if (drift.resolved_at) {
    return (
      <p className="text-muted-foreground">
        {describeResolution(drift)} · <Moment className="tabular" iso={drift.resolved_at} show="short" />
      </p>
    );
  }
  const sentence = describeRights(drift, can);
  return sentence && <p className="text-muted-foreground">{sentence}</p>;
}

/** What the buttons do not say about who may do what, or null. */
function describeRights({ actions }: Drift, can: (scope: string) => boolean): string | null {
  if (!can("managed_accounts:manage")) return "An operator or admin decides about it.";
  if (actions.length === 0) return "Nothing to decide right now: the carrier may be taking it back.";
  return actions.includes("adopt") && !can("phone_numbers:release")
    ? "An owner or admin may give it back."
    : null;
}
