import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import type { DriftKind } from "@/lib/carrier-sync/schema";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import { kindWords } from "../carrier-sync/drift-words";

const reasons: Record<DriftKind, string> = {
  unknown_number: "The carrier bills it and nothing here knew it.",
  lost_purchase: "The carrier bills it although it ended here.",
  quarantined: "It was in the carrier account before somebody tried to buy it here.",
  missing: "The carrier does not list it, so calls may not reach it.",
  rewired: "Somebody changed it at the carrier, so its calls may be sent elsewhere.",
  duplicate: "Two of the carrier's numbers claim to be this one.",
};

const tones: Partial<Record<DriftKind, Tone>> = { missing: "danger", duplicate: "danger" };

/** What the carrier's list says against a number, and the way to where that is decided. */
export function DriftBadge({ drift, name }: { drift: NonNullable<PhoneNumber["drift"]>; name: string }) {
  const { word, icon: Icon } = kindWords[drift.kind];
  const reason = reasons[drift.kind];
  return (
    <Link
      aria-label={`${word}: ${name} differs at the carrier`}
      className="inline-flex max-w-full rounded underline-offset-4 hover:underline"
      href="/settings/carrier-sync"
      prefetch={false}
      title={reason}
    >
      <Badge className="h-6" tone={tones[drift.kind] ?? "careful"}>
        <Icon aria-hidden />
        {word}
      </Badge>
    </Link>
  );
}

/** The same in a sentence. */
export function describeDrift({ kind }: NonNullable<PhoneNumber["drift"]>): string {
  return reasons[kind];
}
