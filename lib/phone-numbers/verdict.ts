import type { Carrier, OwnedNumber } from "../carriers/carrier";

/** Reading the carrier to learn how a purchase ended. */

export interface Purchase {
  phoneNumber: string;
  tag: string;
  /** When the call was sent, by database time. */
  calledAt: Date;
}

/** Clocks of two machines differ; a number that was there before us is older than any such difference. */
const clockToleranceMs = 5 * 60_000;

/**
 * Whether what the carrier shows is what this purchase bought. `foreign`: the account had it before, or somebody else
 * tagged it; a create on a number already owned answers like a purchase and may even overwrite the tag, so the date
 * decides too. `unreadable`: another number than the one asked for; never to be trusted.
 */
export function judge(owned: OwnedNumber, purchase: Purchase): "ours" | "foreign" | "unreadable" {
  if (owned.phoneNumber !== purchase.phoneNumber) return "unreadable";
  if (owned.tag !== purchase.tag) return "foreign";
  const older =
    owned.createdAt !== null && owned.createdAt.getTime() < purchase.calledAt.getTime() - clockToleranceMs;
  return older ? "foreign" : "ours";
}

/** Looks for the purchase at the carrier, by tag and then by exact number. Throws CarrierError when it cannot be read. */
export async function lookUpPurchase(carrier: Carrier, purchase: Purchase): Promise<OwnedNumber | null> {
  const tagged = await carrier.findNumbers({ tag: purchase.tag });
  const exact = tagged.find((owned) => owned.phoneNumber === purchase.phoneNumber);
  if (exact) return exact;
  const [owned] = await carrier.findNumbers({ phoneNumber: purchase.phoneNumber });
  return owned ?? null;
}
