import type { OwnedNumber } from "../carriers/carrier";
import { CarrierError } from "../carriers/errors";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { inTransaction, isDatabaseUnavailable } from "../db/transaction";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { requireBuying } from "../kill-switches";
import { log } from "../log";
import { explainFailure } from "../managed-accounts";
import { type Claim, claimNumber } from "./claim";
import { leaseInterval, sendWithinMs } from "./lease";
import { type PreparedPurchase, preparePurchase } from "./offer";
import type { PhoneNumber, PurchaseNumberBody } from "./schema";
import { serializeNumber } from "./serialize";
import {
  confirmPurchase,
  type OpenPurchase,
  postponePurchase,
  quarantinePurchase,
  type Refusal,
  refusePurchase,
} from "./settle-purchase";
import { getNumberOrThrow, moveNumber } from "./store";
import { judge, lookUpPurchase } from "./verdict";
import { voiceUrlOf } from "./wiring";

export interface PurchaseResult {
  /** `bought`: the carrier confirmed. `checking`: its answer was lost; the order settles by itself. */
  outcome: "bought" | "checking";
  number: PhoneNumber;
}

const soldOut = {
  code: "number_unavailable",
  detail: "This number is no longer available. Choose another one.",
  carrierCode: null,
} as const;

/**
 * Buys exactly this number, at most once: claim in the database, one tagged call to the carrier outside any
 * transaction, then confirm. A repeat while it runs throws `purchase_in_progress`, after it `number_already_owned`.
 * Refusals throw as preparePurchase, and then nothing was bought. When the process dies on the way, recovery finishes
 * from the row; when the outcome is unknown the result says `checking` and the number stays claimed.
 */
export async function buyPhoneNumber(
  ctx: Ctx,
  managedAccountId: string,
  input: PurchaseNumberBody,
): Promise<PurchaseResult> {
  const prepared = await preparePurchase(ctx, managedAccountId, input);
  await failPoint("buy.prepared");
  const claim = await claimNumber(ctx, prepared.account, prepared.offer, input);
  await failPoint("buy.claimed");
  const { numberId } = claim;
  const phoneNumber = input.phone_number;
  const claimed = serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, numberId));
  const checking: PurchaseResult = { outcome: "checking", number: { ...claimed, status: "checking" } };
  const unsent = { ...claim, phoneNumber, fence: 0 };
  await requireNotInAccount(ctx, prepared, unsent);
  await failPoint("buy.looked-before");
  await requireStillBuying(ctx, prepared, unsent);

  const started = performance.now();
  const { fence, calledAt } = await markCalling(claim);
  await failPoint("buy.calling");
  const open = { numberId, orderId: claim.orderId, phoneNumber, fence };
  if (performance.now() - started > sendWithinMs()) return checking;
  try {
    await callAndSettle(ctx, prepared, open, { phoneNumber, tag: claim.tag, calledAt });
    await failPoint("buy.settled");
    return await readOutcome(ctx, numberId);
  } catch (error) {
    // The call was sent: whatever fails now, "nothing was done" would not be true. Recovery settles it.
    if (error instanceof AppError || !isDatabaseUnavailable(error)) throw error;
    log.error(
      { err: error, purchaseOrderId: claim.orderId },
      "The database went away while a purchase was on its way.",
    );
    return checking;
  }
}

/** What the carrier already bills to this account must not be "bought": Twilio would answer 201 to that. */
async function requireNotInAccount(
  ctx: Ctx,
  { carrier }: PreparedPurchase,
  open: OpenPurchase,
): Promise<void> {
  let failure: Refusal;
  try {
    const present = await carrier.findNumbers({ phoneNumber: open.phoneNumber });
    if (present.length === 0) return;
    log.error(
      { phoneNumber: open.phoneNumber },
      "A number offered for sale is already in the carrier account.",
    );
    failure = soldOut;
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    failure = explainFailure(error);
  }
  await refusePurchase(ctx, open, failure);
  throw asRefusal(open.orderId, failure);
}

/** Whoever stopped buying since the claim meant this purchase too; the carrier has not heard of it. */
async function requireStillBuying(
  ctx: Ctx,
  { account }: PreparedPurchase,
  open: OpenPurchase,
): Promise<void> {
  try {
    await requireBuying(database(), {
      organizationId: ctx.organizationId,
      managedAccountId: account.id,
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const refusal = { code: error.code, detail: error.message, carrierCode: null };
    await refusePurchase(ctx, open, refusal);
    throw asRefusal(open.orderId, refusal);
  }
}

function asRefusal(orderId: string | undefined, { code, detail, carrierCode }: Refusal): AppError {
  const again = code === "carrier_busy" ? { retryAfterSeconds: 2 } : {};
  return new AppError(code, detail, { purchase_order_id: orderId, carrier_code: carrierCode, ...again });
}

async function markCalling(claim: Claim): Promise<{ fence: number; calledAt: Date }> {
  return await inTransaction(async (tx) => {
    const lease = Prisma.sql`now() + ${leaseInterval()}`;
    const set = [
      Prisma.sql`call_started_at = now()`,
      Prisma.sql`lease_until = ${lease}`,
      Prisma.sql`next_check_at = ${lease}`,
    ];
    const fence = await moveNumber(tx, { id: claim.numberId, to: "calling", fence: 0, set });
    if (fence === null) {
      throw new AppError(
        "service_unavailable",
        "The purchase took too long to start and was given up. Nothing was bought; try again.",
      );
    }
    await failPoint("calling.moved");
    const [order] = await tx.$queryRaw<{ called_at: Date }[]>`
      UPDATE purchase_order SET called_at = now() WHERE id = ${claim.orderId} RETURNING called_at`;
    if (!order) throw new Error(`Purchase order ${claim.orderId} is gone.`);
    return { fence, calledAt: order.called_at };
  });
}

async function callAndSettle(
  ctx: Ctx,
  { carrier, addressId }: PreparedPurchase,
  open: OpenPurchase,
  purchase: { phoneNumber: string; tag: string; calledAt: Date },
): Promise<void> {
  let owned: OwnedNumber | null;
  let refusal: Refusal = soldOut;
  try {
    owned = await carrier.buyNumber({ ...purchase, addressId, voiceUrl: voiceUrlOf(open.numberId) });
    await failPoint("buy.answered");
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    await failPoint("buy.answered");
    if (error.kind === "unknown") return void (await postponePurchase(ctx, open));
    refusal = explainFailure(error);
    if (error.kind === "busy" || error.kind === "unreachable")
      return void (await refusePurchase(ctx, open, refusal));
    // "Not available" is also what Twilio says when the number is ours already: look before believing a no.
    try {
      owned = await lookUpPurchase(carrier, purchase);
      await failPoint("buy.looked-after");
    } catch (lookUpError) {
      if (!(lookUpError instanceof CarrierError)) throw lookUpError;
      return void (await postponePurchase(ctx, open));
    }
    if (!owned || judge(owned, purchase) === "foreign")
      return void (await refusePurchase(ctx, open, refusal));
  }
  await settleByVerdict(ctx, open, owned, judge(owned, purchase));
}

async function settleByVerdict(
  ctx: Ctx,
  open: OpenPurchase,
  owned: OwnedNumber,
  verdict: ReturnType<typeof judge>,
): Promise<void> {
  if (verdict === "ours") await confirmPurchase(ctx, open, owned);
  else if (verdict === "foreign") await quarantinePurchase(ctx, open, owned, soldOut);
  else await postponePurchase(ctx, open);
}

/** The answer comes from the rows, not from what this process believes: recovery may have been faster. */
async function readOutcome(ctx: Ctx, numberId: string): Promise<PurchaseResult> {
  const row = await database().phoneNumber.findUniqueOrThrow({
    where: { id: numberId },
    select: {
      state: true,
      orders: { select: { id: true, errorCode: true, errorDetail: true, carrierCode: true } },
    },
  });
  const order = row.orders[0];
  if (row.state === "failed" || row.state === "quarantined") {
    throw asRefusal(order?.id, {
      code: (order?.errorCode ?? "carrier_refused") as AppError["code"],
      detail: order?.errorDetail ?? "The purchase was refused.",
      carrierCode: order?.carrierCode ?? null,
    });
  }
  const number = serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, numberId));
  return {
    outcome: number.status === "buying" || number.status === "checking" ? "checking" : "bought",
    number,
  };
}
