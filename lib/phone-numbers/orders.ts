import type { Ctx } from "../context";
import { database } from "../db/client";
import { notFound } from "../errors";
import { requireScope } from "../permissions";
import type { PurchaseOrder } from "./schema";

/** Where one purchase stands. `checking` and `buying` settle by themselves. Throws `not_found`. */
export async function getPurchaseOrder(ctx: Ctx, orderId: string): Promise<PurchaseOrder> {
  requireScope(ctx, "phone_numbers:read", "managed_accounts:manage");
  const row = await database().purchaseOrder.findUnique({
    where: { organizationId_id: { organizationId: ctx.organizationId, id: orderId } },
    include: { phoneNumber: { select: { phoneNumber: true, state: true } } },
  });
  if (!row) throw notFound("purchase order");
  const open = row.phoneNumber.state === "unknown" ? "checking" : "buying";
  return {
    id: row.id,
    phone_number: row.phoneNumber.phoneNumber,
    phone_number_id: row.phoneNumberId,
    managed_account_id: row.managedAccountId,
    status: row.status === "pending" ? open : row.status,
    error:
      row.errorCode === null
        ? null
        : { code: row.errorCode, detail: row.errorDetail ?? "", carrier_code: row.carrierCode },
    claimed_at: row.createdAt.toISOString(),
    called_at: row.calledAt?.toISOString() ?? null,
    settled_at: row.settledAt?.toISOString() ?? null,
  };
}
