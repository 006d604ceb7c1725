import { recordAudit } from "../audit";
import type { Carrier } from "../carriers/carrier";
import { CarrierError } from "../carriers/errors";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import { inTransaction, type Tx } from "../db/transaction";
import { type FailPoint, failPoint } from "../fail-points";
import { explainFailure } from "../managed-accounts";
import { fillSlotIfPossible } from "./assign";
import { nothingDue } from "./lease";
import type { Direction, SlotWish } from "./schema";
import type { Refusal } from "./settle-purchase";
import { lockOrganization, moveNumber } from "./store";
import { foundKinds } from "./vocabulary";

/** The last steps of a release, by its request or by recovery. With an old fence nothing is written. */

export interface OpenRelease {
  numberId: string;
  fence: number;
}

interface Sending {
  /** The only handle a release may use: the same digits may since be a later purchase. */
  carrierNumberId: string;
  /** Of performance.now(). Who waited or slept longer must not send: somebody else may have gone on with the number. */
  sendUntil: number;
  answered: FailPoint;
}

/**
 * Tells the carrier, once, to take the number back and writes what it answers. Returns `open` when that is not known:
 * the number stays `releasing` and recovery reads it again; a refusal when it was written; `settled` otherwise.
 */
export async function sendRelease(
  ctx: Ctx,
  carrier: Carrier,
  open: OpenRelease,
  { carrierNumberId, sendUntil, answered }: Sending,
): Promise<"settled" | "open" | Refusal> {
  try {
    await carrier.releaseNumber(carrierNumberId, sendUntil);
    await failPoint(answered, open.numberId);
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    await failPoint(answered, open.numberId);
    if (error.kind !== "refused" && error.kind !== "paperwork") return "open";
    const refusal = explainFailure(error);
    return (await refuseRelease(ctx, open, refusal)) ? refusal : "settled";
  }
  await confirmRelease(ctx, open);
  return "settled";
}

/** The carrier no longer has the number: it stops counting and costing. */
export async function confirmRelease(ctx: Ctx, { numberId, fence }: OpenRelease): Promise<boolean> {
  return await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const moved = await moveNumber(tx, {
      id: numberId,
      to: "released",
      fence,
      set: [Prisma.sql`released_at = now()`, ...nothingDue],
    });
    if (moved === null) return false;
    await failPoint("release.confirming", numberId);
    await closeOrder(tx, numberId, Prisma.sql`status = 'released'`);
    await recordAudit(tx, ctx, {
      action: "phone_number.released",
      objectType: "phone_number",
      objectId: numberId,
    });
    await failPoint("release.confirmed", numberId);
    return true;
  });
}

/**
 * It is not given back after all, mostly because the carrier refused for good: active again, slots put back as they were, renewal goes on. One that was found at the
 * carrier and never taken over waits for a person again.
 */
export async function refuseRelease(
  ctx: Ctx,
  { numberId, fence }: OpenRelease,
  refusal: Refusal,
): Promise<boolean> {
  return await inTransaction(async (tx) => {
    const to = (await wasFound(tx, numberId)) ? "quarantined" : "active";
    const moved = await moveNumber(tx, { id: numberId, to, fence, set: nothingDue });
    if (moved === null) return false;
    const slots = await closeOrder(
      tx,
      numberId,
      Prisma.sql`status = 'refused', error_code = ${refusal.code}, error_detail = ${refusal.detail}, carrier_code = ${refusal.carrierCode}`,
    );
    await recordAudit(tx, ctx, {
      action: "phone_number.release_refused",
      objectType: "phone_number",
      objectId: numberId,
      after: { code: refusal.code, carrier_code: refusal.carrierCode },
    });
    await failPoint("release.refusing", numberId);
    await refillSlots(tx, ctx, numberId, slots);
    return true;
  });
}

async function wasFound(tx: Tx, numberId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM drift d JOIN phone_number n ON n.id = d.phone_number_id AND n.carrier_number_id = d.carrier_number_id
    WHERE n.id = ${numberId} AND d.status <> 'settled' AND d.kind::text = ANY(${foundKinds})`;
  return rows.length > 0;
}

type SlotBefore = SlotWish & { direction: Direction };

/** Ends the order of a release; returns the slots as they stood before it. */
export async function closeOrder(tx: Tx, numberId: string, outcome: Prisma.Sql): Promise<SlotBefore[]> {
  const orders = await tx.$queryRaw<{ slots: SlotBefore[] }[]>`
    UPDATE release_order SET ${outcome}, settled_at = now()
    WHERE phone_number_id = ${numberId} AND status = 'pending' RETURNING slots`;
  return orders[0]?.slots ?? [];
}

/** Puts slots back as they were; that of an agent that is gone stays empty. */
export async function refillSlots(tx: Tx, ctx: Ctx, numberId: string, slots: SlotBefore[]): Promise<void> {
  for (const { direction, ...wish } of slots) await fillSlotIfPossible(tx, ctx, numberId, direction, wish);
}
