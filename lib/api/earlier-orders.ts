import type { Ctx } from "../context";
import { AppError } from "../errors";
import { findPurchaseOfRequest, findReleaseOfRequest } from "../phone-numbers";
import type { PhoneNumber, PurchaseOrder } from "../phone-numbers/schema";
import type { Answer, Earlier } from "./endpoint";
import { problems } from "./problems";

/** What an earlier request left behind in its order, for its Idempotency-Key. */

/** Bought, as `toBody` says it, refused, still open (with the order to look at), or nothing. */
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
  return refusedWith(order.error, "The purchase was refused.", { purchase_order_id: order.id });
}

/**
 * Released, detached, held or undone since, as `toAnswer` says it, refused by the carrier, still on its way (with the
 * number), or nothing.
 */
export async function findEarlierRelease(
  ctx: Ctx,
  requestId: string,
  toAnswer: (number: PhoneNumber, undone: boolean) => Answer<unknown>,
): Promise<Earlier | null> {
  const release = await findReleaseOfRequest(ctx, requestId);
  if (!release) return null;
  const { number, refusal, undone } = release;
  if (refusal) {
    const detail = `${refusal.detail} The number stays with you as it was.`;
    return refusedWith({ ...refusal, detail }, detail);
  }
  // Whatever became of the number after an undo is not of this request any more.
  if (number.status === "releasing" && !undone) return { pending: number.id };
  return { answer: toAnswer(number, undone) };
}

function refusedWith(note: PurchaseOrder["error"], otherwise: string, facts: object = {}): Earlier {
  const code = note?.code ?? "";
  return {
    failure: new AppError(
      code in problems ? (code as keyof typeof problems) : "carrier_refused",
      note?.detail ?? otherwise,
      { ...facts, carrier_code: note?.carrier_code ?? null },
    ),
  };
}
