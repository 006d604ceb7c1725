import type { Prisma } from "../db/generated/client";
import type { Scope } from "../permissions";
import { decimalText, formatNumber } from "../phone-numbers";
import { permittedActions } from "./fitting-actions";
import type { Drift } from "./schema";
import type { DriftRow, Expected, Side } from "./store";
import { wordsFor } from "./words";

/** The public resource of a difference, with the actions that somebody with these rights may choose from. */
export function serializeDrift(row: DriftRow, scopes: ReadonlySet<Scope>): Drift {
  const number = row.phoneNumberRow;
  const by = row.resolvedBy as Drift["resolved_by"];
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    phone_number: row.phoneNumber,
    formatted: formatNumber(row.phoneNumber),
    phone_number_id: row.phoneNumberId,
    managed_account_id: row.managedAccountId,
    monthly_cost:
      number?.monthlyCost && number.currency
        ? { amount: decimalText(number.monthlyCost.toString()), currency: number.currency }
        : null,
    expected: sideOf(row.expected),
    observed: sideOf(row.observed),
    slots: (row.expected as Expected).slots ?? null,
    ...wordsFor(row),
    actions: permittedActions(row, scopes),
    first_seen_at: row.firstSeenAt.toISOString(),
    last_seen_at: row.lastSeenAt.toISOString(),
    resolution: row.resolution,
    resolved_by: by && { kind: by.kind, name: by.name },
    resolved_at: row.resolvedAt?.toISOString() ?? null,
  };
}

function sideOf(value: Prisma.JsonValue): Drift["expected"] {
  const { voice_url, tag, carrier_number_id } = (value ?? {}) as Side;
  if (voice_url === undefined && tag === undefined && carrier_number_id === undefined) return null;
  return { voice_url: voice_url ?? null, tag: tag ?? null, carrier_number_id: carrier_number_id ?? null };
}
