import type { OwnedNumber } from "../carriers/carrier";
import type { NumberState } from "../db/generated/enums";
import type { KnownNumber } from "./rows";

/** Rows that a number of the carrier's list may be: by the carrier's id, by what its tag says, by its digits. */
export interface Candidates {
  byCarrierNumber?: KnownNumber | undefined;
  byTag?: KnownNumber | undefined;
  /** The live row of these digits, anywhere in the installation. */
  byDigits?: KnownNumber | undefined;
}

/** Whose number a tag of this installation says it is. */
export interface TagOwner {
  organizationId: string;
  numberId: string;
}

export type Finding =
  | { kind: "unknown_number" }
  /** `row` is null when the record of the purchase itself is missing; then there is what the tag says. */
  | { kind: "lost_purchase"; row: KnownNumber }
  | { kind: "lost_purchase"; row: null; owner: TagOwner }
  | { kind: "quarantined" | "rewired" | "duplicate"; row: KnownNumber };

/** Between us and the carrier: recovery sees to it, and until then no difference is one. */
const underWay: readonly NumberState[] = ["claimed", "calling", "unknown", "pending_papers", "releasing"];

/**
 * What is the matter with one number of the carrier's list, or null when it is as it should be or recovery's business.
 * Pure. The carrier's id decides before the tag, and the tag before the digits: ids cannot be copied.
 */
export function compareNumber(
  listed: OwnedNumber,
  managedAccountId: string,
  { byCarrierNumber, byTag, byDigits }: Candidates,
  owner: TagOwner | null,
): Finding | null {
  if (byCarrierNumber) return compareWithRow(listed, byCarrierNumber);
  if (byTag?.source === "managed") return compareWithNamesake(listed, byTag);
  if (owner) return { kind: "lost_purchase", row: null, owner };
  const rival = byDigits?.source === "managed" && byDigits.managed_account_id === managedAccountId;
  if (!byDigits || !rival) return { kind: "unknown_number" };
  return underWay.includes(byDigits.state) ? null : { kind: "duplicate", row: byDigits };
}

function compareWithRow(listed: OwnedNumber, row: KnownNumber): Finding | null {
  if (!row.live) return { kind: "lost_purchase", row };
  if (row.state === "quarantined") return { kind: "quarantined", row };
  if (underWay.includes(row.state)) return null;
  const asMeant = listed.tag === row.tag && listed.voiceUrl === row.voice_url;
  return asMeant ? null : { kind: "rewired", row };
}

/** The tag is that of a row which knows another id, or none. */
function compareWithNamesake(listed: OwnedNumber, row: KnownNumber): Finding | null {
  if (underWay.includes(row.state)) return null;
  if (row.live) return { kind: "duplicate", row };
  // Somebody wrote our tag on another number; the row it names is over and says nothing about this one.
  if (row.phone_number !== listed.phoneNumber) return { kind: "unknown_number" };
  return { kind: "lost_purchase", row };
}

/** Whether two looks saw the same: only then is it written down. */
export function isSameFinding(one: Finding, two: Finding | null): boolean {
  return one.kind === two?.kind && rowOf(one)?.id === rowOf(two)?.id;
}

export function rowOf(finding: Finding): KnownNumber | null {
  return finding.kind === "unknown_number" ? null : finding.row;
}
