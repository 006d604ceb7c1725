import type { OwnedNumber } from "../carriers/carrier";
import { Prisma } from "../db/generated/client";
import type { DriftKind } from "../db/generated/enums";
import type { Db, Tx } from "../db/transaction";
import { newId } from "../ids";
import { foundKinds } from "../phone-numbers/vocabulary";
import { type Finding, rowOf } from "./compare";
import type { KnownNumber } from "./rows";
import { type DriftRow, type Expected, isSameSide, lockUnsettled, observe, type Side } from "./store";

/** What a comparison writes down about differences. */

interface Sighting {
  managedAccountId: string;
  kind: DriftKind;
  organizationId: string | null;
  phoneNumberId: string | null;
  phoneNumber: string;
  carrierNumberId: string;
  expected: Expected;
  observed: Side;
}

/**
 * Writes a difference down, or that it was seen once more. One that was accepted stays so while it looks as it did then,
 * and is open again when it does not. Returns whether this is its first sighting.
 */
export async function recordSighting(tx: Tx, sighting: Sighting): Promise<{ id: string; isNew: boolean }> {
  const { managedAccountId, kind, carrierNumberId, phoneNumberId } = sighting;
  const unsettled = await lockUnsettled(tx, managedAccountId, carrierNumberId);
  const known = unsettled.find((drift) => isAbout(drift, { kind, phoneNumberId }));
  const data = {
    expected: sighting.expected as Prisma.InputJsonObject,
    observed: sighting.observed as Prisma.InputJsonObject,
  };
  if (!known) {
    const { expected: _, observed: __, ...rest } = sighting;
    const { id } = await tx.drift.create({ data: { id: newId("drf"), ...rest, ...data } });
    return { id, isNew: true };
  }
  await tx.drift.update({ where: { id: known.id }, data, select: { id: true } });
  if (known.status === "accepted" && !isSameSide(known.observed, sighting.observed))
    await reopen(tx, known.id);
  await markSeen(tx, [known.id]);
  return { id: known.id, isNew: false };
}

/** A quarantined row may have come from any kind of find; whichever card it has goes on. */
function isAbout(
  drift: DriftRow,
  { kind, phoneNumberId }: { kind: DriftKind; phoneNumberId: string | null },
): boolean {
  if (drift.phoneNumberId !== phoneNumberId) return false;
  return drift.kind === kind || (kind === "quarantined" && foundKinds.includes(drift.kind));
}

async function reopen(tx: Tx, driftId: string): Promise<void> {
  await tx.drift.update({
    where: { id: driftId },
    data: { status: "open", resolution: null, resolvedBy: Prisma.DbNull, resolvedAt: null },
    select: { id: true },
  });
}

/** An account may have any number of them; one statement need not hold them all. */
const portion = 5_000;

/** Counts one more look at differences that are as they were. */
export async function markSeen(db: Db, driftIds: string[]): Promise<void> {
  for (let first = 0; first < driftIds.length; first += portion) {
    const ids = driftIds.slice(first, first + portion);
    await db.$executeRaw`
      UPDATE drift SET looks = looks + 1, last_seen_at = now() WHERE id = ANY(${ids}) AND status <> 'settled'`;
  }
}

/** Keeps what is written of a number of the carrier when two looks at it did not agree: the next comparison decides. */
export async function leaveOpen(db: Db, managedAccountId: string, carrierNumberId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE drift SET last_seen_at = now()
    WHERE managed_account_id = ${managedAccountId} AND carrier_number_id = ${carrierNumberId} AND status <> 'settled'`;
}

/** Whether a person decided about this number of the carrier since then; what was read before may be from before that. */
export async function wasDecidedSince(
  tx: Tx,
  { managedAccountId, startedAt }: { managedAccountId: string; startedAt: Date },
  carrierNumberId: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM drift WHERE managed_account_id = ${managedAccountId} AND carrier_number_id = ${carrierNumberId}
      AND status = 'settled' AND resolved_at >= ${startedAt} LIMIT 1`;
  return rows.length > 0;
}

/** The differences of an account that are not settled, by the carrier's id of the number. */
export async function listUnsettled(db: Db, managedAccountId: string): Promise<Map<string, Unsettled[]>> {
  const rows = await db.$queryRaw<Unsettled[]>`
    SELECT id, kind, phone_number_id, carrier_number_id, observed FROM drift
    WHERE managed_account_id = ${managedAccountId} AND status <> 'settled'`;
  const byCarrierNumber = new Map<string, Unsettled[]>();
  for (const row of rows) {
    const id = row.carrier_number_id ?? "";
    byCarrierNumber.set(id, [...(byCarrierNumber.get(id) ?? []), row]);
  }
  return byCarrierNumber;
}

interface Unsettled {
  id: string;
  kind: DriftKind;
  phone_number_id: string | null;
  carrier_number_id: string | null;
  observed: Prisma.JsonValue;
}

/**
 * The card of a difference that is known and looks as it did, so that it needs no second look. A lost purchase always
 * gets one: its row may only now be free to be quarantined.
 */
export function findUnchanged(
  unsettled: readonly Unsettled[] | undefined,
  finding: Finding,
  listed: OwnedNumber,
): string | null {
  if (finding.kind === "lost_purchase") return null;
  const row = rowOf(finding);
  const same = unsettled?.find(
    (drift) =>
      drift.phone_number_id === (row?.id ?? null) &&
      (drift.kind === finding.kind || (finding.kind === "quarantined" && foundKinds.includes(drift.kind))) &&
      isSameSide(drift.observed, observe(listed)),
  );
  return same?.id ?? null;
}

/** What our row says of a number. */
export function expectationOf(row: KnownNumber): Expected {
  return {
    voice_url: row.voice_url,
    state: row.state,
    ...(row.tag === null ? {} : { tag: row.tag }),
    ...(row.carrier_number_id === null ? {} : { carrier_number_id: row.carrier_number_id }),
  };
}

/**
 * Settles what a comparison from beginning to end did not see again. A number on its way back to the carrier keeps its
 * card until it is there, one that is gone until a person has read it. Returns how many open ones were seen.
 */
export async function settleUnseen(
  tx: Tx,
  { managedAccountId, startedAt }: { managedAccountId: string; startedAt: Date },
): Promise<number> {
  await tx.$executeRaw`
    UPDATE drift d SET status = 'settled', resolved_at = now(),
      resolution = CASE WHEN given.by IS NULL THEN 'disappeared' ELSE 'given_back' END::drift_resolution,
      resolved_by = given.by
    FROM drift unseen LEFT JOIN LATERAL (
      SELECT r.requested_by - 'surface' AS by FROM phone_number n JOIN release_order r ON r.phone_number_id = n.id
      WHERE n.id = unseen.phone_number_id AND n.carrier_number_id = unseen.carrier_number_id AND n.state = 'released'
        AND unseen.kind::text = ANY(${foundKinds}) AND r.status = 'released' AND r.created_at >= unseen.first_seen_at
      ORDER BY r.created_at DESC LIMIT 1) given ON true
    WHERE d.id = unseen.id AND unseen.managed_account_id = ${managedAccountId} AND unseen.status <> 'settled'
      AND unseen.last_seen_at < ${startedAt}
      AND NOT EXISTS (SELECT 1 FROM phone_number n WHERE n.id = unseen.phone_number_id
        AND (n.state = 'releasing' OR unseen.kind = 'missing' AND n.state = 'gone'))`;
  return await tx.drift.count({
    where: { managedAccountId, status: "open", lastSeenAt: { gte: startedAt } },
  });
}
