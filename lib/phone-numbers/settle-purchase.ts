import { recordAudit } from "../audit";
import { chargeFirstPeriod } from "../billing";
import type { OwnedNumber } from "../carriers/carrier";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import { inTransaction, type Tx } from "../db/transaction";
import type { ErrorCode } from "../errors";
import { failPoint } from "../fail-points";
import { log } from "../log";
import { fillSlotIfPossible } from "./assign";
import { nothingDue } from "./lease";
import type { SlotWish } from "./schema";
import { getNumberOrThrow, lockOrganization, moveNumber } from "./store";

/** The last step of a purchase, by its request or by recovery: the number row, the order, the money and the audit move together. */

export interface OpenPurchase {
  numberId: string;
  orderId: string;
  phoneNumber: string;
  /** The fence the caller holds; with an old one every function here changes nothing and returns false. */
  fence: number;
}

export interface Refusal {
  code: ErrorCode;
  detail: string;
  carrierCode: string | null;
}

interface SettledOrder {
  wishes: { inbound?: SlotWish; outbound?: SlotWish };
  monthly_cost: string | null;
  currency: string | null;
}

/** The carrier confirmed that the number is ours: active, charged from today, slots filled as wished. */
export async function confirmPurchase(
  ctx: Ctx,
  purchase: OpenPurchase,
  owned: OwnedNumber,
): Promise<boolean> {
  return await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const set = [
      Prisma.sql`carrier_number_id = ${owned.carrierNumberId}`,
      Prisma.sql`purchased_at = now()`,
      ...nothingDue,
    ];
    const moved = await moveNumber(tx, { id: purchase.numberId, to: "active", fence: purchase.fence, set });
    if (moved === null) return false;
    await failPoint("purchase.moved", purchase.numberId);
    const order = await settleOrder(tx, purchase.orderId, Prisma.sql`status = 'bought'`);
    await failPoint("purchase.settled", purchase.numberId);
    const number = await getNumberOrThrow(tx, ctx.organizationId, purchase.numberId);
    if (order.monthly_cost !== null && order.currency !== null && number.purchased_at) {
      await chargeFirstPeriod(tx, {
        organizationId: ctx.organizationId,
        phoneNumberId: number.id,
        purchasedAt: number.purchased_at,
        amount: order.monthly_cost,
        currency: order.currency,
      });
    }
    await failPoint("purchase.charged", purchase.numberId);
    await recordAudit(tx, ctx, {
      action: "phone_number.purchased",
      objectType: "phone_number",
      objectId: purchase.numberId,
      after: {
        carrier_number_id: owned.carrierNumberId,
        monthly_cost: order.monthly_cost,
        currency: order.currency,
      },
    });
    await failPoint("purchase.audited", purchase.numberId);
    for (const direction of ["inbound", "outbound"] as const) {
      const wish = order.wishes[direction];
      if (wish) await fillSlotIfPossible(tx, ctx, purchase.numberId, direction, wish);
    }
    return true;
  });
}

/** The number is certainly not ours: the claim and its place in the limit are free again. */
export async function refusePurchase(ctx: Ctx, purchase: OpenPurchase, refusal: Refusal): Promise<boolean> {
  return await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const moved = await moveNumber(tx, {
      id: purchase.numberId,
      to: "failed",
      fence: purchase.fence,
      set: nothingDue,
    });
    if (moved === null) return false;
    await settleOrder(tx, purchase.orderId, refusedWith(refusal));
    await recordAudit(tx, ctx, {
      action: "phone_number.purchase_refused",
      objectType: "phone_number",
      objectId: purchase.numberId,
      after: { code: refusal.code, carrier_code: refusal.carrierCode },
    });
    await failPoint("purchase.refused", purchase.numberId);
    return true;
  });
}

/** Nobody knows yet: the claim stays and recovery looks again. Returns the new fence, or null when it was not ours. */
export async function postponePurchase(ctx: Ctx, purchase: OpenPurchase): Promise<number | null> {
  return await inTransaction(async (tx) => {
    const due = [Prisma.sql`lease_until = NULL`, Prisma.sql`next_check_at = now() + interval '2 seconds'`];
    const fence = await moveNumber(tx, {
      id: purchase.numberId,
      to: "unknown",
      fence: purchase.fence,
      set: due,
    });
    if (fence === null) return null;
    await recordAudit(tx, ctx, {
      action: "phone_number.purchase_unknown",
      objectType: "phone_number",
      objectId: purchase.numberId,
    });
    await failPoint("purchase.postponed", purchase.numberId);
    return fence;
  });
}

/**
 * The carrier holds the number for this account but not because of this purchase: the buyer is refused and the row
 * waits for a person. It is never released by itself; it may be somebody's.
 */
export async function quarantinePurchase(
  ctx: Ctx,
  purchase: OpenPurchase,
  owned: OwnedNumber,
  refusal: Refusal,
): Promise<boolean> {
  log.error(
    { phoneNumber: purchase.phoneNumber, carrierNumberId: owned.carrierNumberId },
    "A number we did not buy is in the carrier account.",
  );
  return await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const set = [Prisma.sql`carrier_number_id = ${owned.carrierNumberId}`, ...nothingDue];
    const moved = await moveNumber(tx, {
      id: purchase.numberId,
      to: "quarantined",
      fence: purchase.fence,
      set,
    });
    if (moved === null) return false;
    await settleOrder(tx, purchase.orderId, refusedWith(refusal));
    await recordAudit(tx, ctx, {
      action: "phone_number.purchase_refused",
      objectType: "phone_number",
      objectId: purchase.numberId,
      after: { code: refusal.code, quarantined: true },
    });
    await failPoint("purchase.quarantined", purchase.numberId);
    return true;
  });
}

function refusedWith({ code, detail, carrierCode }: Refusal): Prisma.Sql {
  return Prisma.sql`status = 'refused', error_code = ${code}, error_detail = ${detail}, carrier_code = ${carrierCode}`;
}

async function settleOrder(tx: Tx, orderId: string, outcome: Prisma.Sql): Promise<SettledOrder> {
  const rows = await tx.$queryRaw<SettledOrder[]>`
    UPDATE purchase_order SET ${outcome}, settled_at = now() WHERE id = ${orderId} AND status = 'pending'
    RETURNING wishes, monthly_cost::text AS monthly_cost, currency`;
  if (!rows[0]) throw new Error(`Purchase order ${orderId} was settled without its number.`);
  return rows[0];
}
