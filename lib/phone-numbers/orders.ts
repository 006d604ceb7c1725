import { findAudited } from "../audit";
import type { Ctx } from "../context";
import { database } from "../db/client";
import type { Prisma } from "../db/generated/client";
import { notFound } from "../errors";
import { requireScope } from "../permissions";
import type { PhoneNumber, PurchaseOrder } from "./schema";
import { serializeNumber } from "./serialize";
import { getNumberOrThrow } from "./store";

/** Where one purchase stands. `checking` and `buying` settle by themselves. Throws `not_found`. */
export async function getPurchaseOrder(ctx: Ctx, orderId: string): Promise<PurchaseOrder> {
  requireScope(ctx, "phone_numbers:read", "managed_accounts:manage");
  const row = await database().purchaseOrder.findUnique({
    where: { organizationId_id: { organizationId: ctx.organizationId, id: orderId } },
    include: orderNumber,
  });
  if (!row) throw notFound("purchase order");
  return serializeOrder(row);
}

const orderNumber = { phoneNumber: { select: { phoneNumber: true, state: true } } } as const;

function serializeOrder(row: Prisma.PurchaseOrderGetPayload<{ include: typeof orderNumber }>): PurchaseOrder {
  const open = row.phoneNumber.state === "unknown" ? "checking" : "buying";
  return {
    id: row.id,
    phone_number: row.phoneNumber.phoneNumber,
    phone_number_id: row.phoneNumberId,
    managed_account_id: row.managedAccountId,
    status: row.status === "pending" ? open : row.status,
    error: serializeRefusal(row),
    claimed_at: row.createdAt.toISOString(),
    called_at: row.calledAt?.toISOString() ?? null,
    settled_at: row.settledAt?.toISOString() ?? null,
  };
}

function serializeRefusal(row: {
  errorCode: string | null;
  errorDetail: string | null;
  carrierCode: string | null;
}): PurchaseOrder["error"] {
  if (row.errorCode === null) return null;
  return { code: row.errorCode, detail: row.errorDetail ?? "", carrier_code: row.carrierCode };
}

/**
 * The purchase a request made, by the request's id, with the number it was about; null when it made none. For whoever
 * may buy. The number is there once it is bought.
 */
export async function findPurchaseOfRequest(
  ctx: Ctx,
  requestId: string,
): Promise<{ order: PurchaseOrder; number: PhoneNumber | null } | null> {
  requireScope(ctx, "phone_numbers:manage", "managed_accounts:manage");
  const row = await database().purchaseOrder.findFirst({
    where: { organizationId: ctx.organizationId, requestId },
    include: orderNumber,
  });
  if (!row) return null;
  const order = serializeOrder(row);
  if (order.status !== "bought") return { order, number: null };
  return {
    order,
    number: serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, row.phoneNumberId)),
  };
}

/**
 * The release, or detachment, a request made, by the request's id: the number as it is now, why the carrier refused, if
 * it did, and whether the release was undone while it waited; null when the request made none. By the number's own row, which a later purchase of the same digits is not.
 */
export async function findReleaseOfRequest(
  ctx: Ctx,
  requestId: string,
): Promise<{ number: PhoneNumber; refusal: PurchaseOrder["error"]; undone: boolean } | null> {
  requireScope(ctx, "phone_numbers:release");
  const order = await database().releaseOrder.findFirst({
    where: { organizationId: ctx.organizationId, requestId },
    select: { phoneNumberId: true, status: true, errorCode: true, errorDetail: true, carrierCode: true },
  });
  const numberId = order?.phoneNumberId ?? (await findAudited(ctx, requestId, "phone_number.detached"));
  if (numberId === null) return null;
  const number = serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, numberId));
  return { number, refusal: order ? serializeRefusal(order) : null, undone: order?.status === "undone" };
}
