import type { Direction, PhoneNumber } from "@/lib/phone-numbers/schema";

type FormerSlots = NonNullable<PhoneNumber["release"]>["was"];

/** "Anna · v3 (inbound), Ben · latest (outbound)"; null when no agent used it. */
export function describeFormerSlots(was: FormerSlots): string | null {
  const [first, second] = was;
  if (!first) return null;
  if (second && holder(first) === holder(second) && first.agent_id === second.agent_id)
    return `${holder(first)} (both directions)`;
  return was.map((slot) => `${holder(slot)} (${slot.direction})`).join(", ");
}

/** Who held this direction before the release; null when nobody did. */
export function formerHolder(number: PhoneNumber, direction: Direction): string | null {
  const slot = number.release?.was.find((former) => former.direction === direction);
  return slot ? holder(slot) : null;
}

function holder({ agent_name: name, version }: FormerSlots[number]): string {
  return `${name ?? "A deleted agent"} · ${version === "latest" ? "latest" : `v${version}`}`;
}
