import { isoDate, nextRenewal } from "../billing";
import type { AvailableNumber as Offer } from "../carriers/carrier";
import { formatNumber } from "./format";
import { statusOf } from "./lifecycle";
import type { AvailableNumber, CostInformation, Direction, PhoneNumber, Slot } from "./schema";
import type { NumberRow } from "./store";

/** The public resource of a number. */
export function serializeNumber(row: NumberRow, now = new Date()): PhoneNumber {
  const inbound = slotOf(row, "inbound");
  const outbound = slotOf(row, "outbound");
  const renews = row.purchased_at && (row.state === "active" || row.state === "held");
  return {
    id: row.id,
    phone_number: row.phone_number,
    formatted: formatNumber(row.phone_number),
    country_code: row.country_code,
    phone_number_type: row.type,
    region: row.region,
    locality: row.locality,
    capabilities: { voice: row.voice, sms: row.sms, mms: row.mms },
    label: row.label,
    status: statusOf(row.state),
    source: row.source,
    inbound,
    outbound,
    inbound_agent_version_id: inbound?.agent_version_id ?? null,
    outbound_agent_version_id: outbound?.agent_version_id ?? null,
    outbound_shareable: row.outbound_shareable,
    locked: row.locked,
    release: row.release && {
      ...row.release,
      requested_at: new Date(row.release.requested_at).toISOString(),
      release_at: new Date(row.release.release_at).toISOString(),
    },
    drift: row.drift,
    trunk_id: row.trunk_id,
    managed_account_id: row.managed_account_id,
    cost_information:
      row.monthly_cost === null || row.currency === null
        ? null
        : { monthly_cost: decimalText(row.monthly_cost), upfront_cost: "0.00", currency: row.currency },
    renews_on: renews ? isoDate(nextRenewal(row.purchased_at ?? now, now)) : null,
    purchase_order_id: row.purchase_order_id,
    created_at: row.created_at.toISOString(),
    updated_at: row.assignment_changed_at.toISOString(),
    purchased_at: row.purchased_at?.toISOString() ?? null,
    released_at: row.released_at?.toISOString() ?? null,
    version: row.version,
  };
}

function slotOf(row: NumberRow, direction: Direction): Slot | null {
  const found = row.slots.find((slot) => slot.direction === direction);
  if (!found) return null;
  const { direction: _, ...slot } = found;
  return slot;
}

export function serializeOffer(offer: Offer): AvailableNumber {
  const { voice, sms, mms } = offer.capabilities;
  return {
    phone_number: offer.phoneNumber,
    formatted: formatNumber(offer.phoneNumber),
    country_code: offer.countryCode,
    phone_number_type: offer.type,
    region: offer.region,
    locality: offer.locality,
    postal_code: offer.postalCode,
    capabilities: offer.capabilities,
    features: [
      ...(voice ? ["voice" as const] : []),
      ...(sms ? ["sms" as const] : []),
      ...(mms ? ["mms" as const] : []),
    ],
    address_requirement: offer.addressRequirement,
    cost_information: costOf(offer),
  };
}

export function costOf(offer: Offer): CostInformation | null {
  if (!offer.monthlyCost) return null;
  return {
    monthly_cost: decimalText(offer.monthlyCost.amount),
    upfront_cost: decimalText(offer.setupCost?.amount ?? "0"),
    currency: offer.monthlyCost.currency,
  };
}

/** A decimal with at least two places and no further trailing zeros: 1.1500 becomes 1.15, 2 becomes 2.00. */
export function decimalText(amount: string): string {
  const [whole = "0", fraction = ""] = amount.split(".");
  return `${whole}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}
