import type { Direction, PhoneNumber, Slot } from "@/lib/phone-numbers/schema";

export const directions = ["inbound", "outbound"] as const satisfies readonly Direction[];

/** What a slot is about to become. */
export interface SlotDraft {
  agentId: string | null;
  version: "latest" | number;
}

export type SlotDrafts = Record<Direction, SlotDraft>;

export const emptyDraft: SlotDraft = { agentId: null, version: "latest" };

function toDraft(slot: Slot | null): SlotDraft {
  if (!slot) return emptyDraft;
  return { agentId: slot.agent_id, version: slot.follows_latest ? "latest" : slot.version };
}

export function toDrafts(number: Pick<PhoneNumber, Direction>): SlotDrafts {
  return { inbound: toDraft(number.inbound), outbound: toDraft(number.outbound) };
}

function isSameDraft(a: SlotDraft, b: SlotDraft): boolean {
  return a.agentId === b.agentId && (a.agentId === null || a.version === b.version);
}

/** The slots a save would touch. */
export function changedDirections(number: Pick<PhoneNumber, Direction>, drafts: SlotDrafts): Direction[] {
  const current = toDrafts(number);
  return directions.filter((direction) => !isSameDraft(current[direction], drafts[direction]));
}

/** Changed slots that another agent holds and would lose. */
export function takenDirections(number: Pick<PhoneNumber, Direction>, drafts: SlotDrafts): Direction[] {
  return changedDirections(number, drafts).filter((direction) => {
    const holder = number[direction];
    const { agentId } = drafts[direction];
    return holder !== null && agentId !== null && holder.agent_id !== agentId;
  });
}

/** "Anna · v3", or "Anna · v3, latest" when the version moves by itself. */
export function describeSlot(slot: Slot): string {
  return `${slot.agent_name} · v${slot.version}${slot.follows_latest ? ", latest" : ""}`;
}
