import type { Ctx } from "../context";
import { AppError } from "../errors";
import { findPurchaseOfRequest } from "../phone-numbers";
import type { PhoneNumber } from "../phone-numbers/schema";
import type { Earlier } from "./endpoint";
import { problems } from "./problems";

/**
 * What an earlier purchase request left behind, for its Idempotency-Key: bought, as `toBody` says it, refused, still
 * open (with the order to look at), or nothing.
 */
export async function findEarlierPurchase(
  ctx: Ctx,
  requestId: string,
  toBody: (number: PhoneNumber) => unknown,
): Promise<Earlier | null> {
  const purchase = await findPurchaseOfRequest(ctx, requestId);
  if (!purchase) return null;
  const { order, number } = purchase;
  if (number) return { answer: { status: 201, body: toBody(number) } };
  if (order.status !== "refused") return { pending: order.id };
  const code = order.error?.code ?? "";
  return {
    failure: new AppError(
      code in problems ? (code as keyof typeof problems) : "carrier_refused",
      order.error?.detail ?? "The purchase was refused.",
      { purchase_order_id: order.id, carrier_code: order.error?.carrier_code ?? null },
    ),
  };
}
