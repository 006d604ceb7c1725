import { recordAudit } from "../audit";
import { chargeFirstPeriod, isMonthCharged } from "../billing";
import type { Capabilities, Money } from "../carriers/carrier";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import { inTransaction, type Tx } from "../db/transaction";
import { failPoint } from "../fail-points";
import { requireBuying } from "../kill-switches";
import { asAppError, carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import {
  getNumberOrThrow,
  lockNumberOrThrow,
  lockOrganization,
  moveNumber,
  type NumberRow,
} from "../phone-numbers";
import { claimFoundNumber } from "./found-row";
import { markAsOurs } from "./mark";
import { closeDrift, type DriftRow, lockOpenDrift, settledAlready } from "./store";

/**
 * Makes a number that the carrier bills to us one of the organization: a row that counts, our mark at the carrier, then
 * active and charged from today, or from the end of a month that is paid. Each step can be repeated, so that after a crash
 * the same request finishes it.
 */
export async function adoptNumber(ctx: Ctx, drift: DriftRow): Promise<void> {
  const account = await getManagedAccountOrThrow(drift.managedAccountId);
  const price = await priceOf(drift);
  const claimed = await inTransaction(async (tx) => {
    await requireBuying(tx, { organizationId: ctx.organizationId, managedAccountId: account.id });
    const number = await claimFoundNumber(tx, ctx, account, drift.id, { takesRoom: true });
    if (number.state === "releasing") throw settledAlready();
    await failPoint("adopt.claimed", number.phone_number);
    return number;
  });
  const { capabilities } = await markAsOurs(account, claimed);
  await failPoint("adopt.marked", claimed.phone_number);
  await inTransaction((tx) => takeOver(tx, ctx, claimed, drift.id, { price, capabilities }));
}

/** What was agreed when it was bought, or what the carrier asks for now; null when nobody says. */
async function priceOf({ phoneNumberRow, phoneNumber, managedAccountId }: DriftRow): Promise<Money | null> {
  const { monthlyCost, currency } = phoneNumberRow ?? {};
  if (monthlyCost && currency) return { amount: monthlyCost.toString(), currency };
  const carrier = carrierOf(await getManagedAccountOrThrow(managedAccountId));
  return await asAppError(carrier.priceNumber(phoneNumber));
}

async function takeOver(
  tx: Tx,
  ctx: Ctx,
  { id }: NumberRow,
  driftId: string,
  { price, capabilities }: { price: Money | null; capabilities: Capabilities | null },
): Promise<void> {
  await lockOrganization(tx, ctx.organizationId);
  const number = await lockNumberOrThrow(tx, ctx.organizationId, id);
  await lockOpenDrift(tx, ctx, driftId);
  if (number.state !== "quarantined") throw settledAlready();
  // Of a number that was ours before, months go on from the day they were counted from.
  const isPaid = number.purchased_at !== null && (await isMonthCharged(tx, id));
  const set = [
    ...(isPaid ? [] : [Prisma.sql`purchased_at = now()`]),
    Prisma.sql`monthly_cost = ${price?.amount ?? null}::numeric`,
    Prisma.sql`currency = ${price?.currency ?? null}`,
    Prisma.sql`version = version + 1`,
    ...(capabilities
      ? [
          Prisma.sql`voice = ${capabilities.voice}`,
          Prisma.sql`sms = ${capabilities.sms}`,
          Prisma.sql`mms = ${capabilities.mms}`,
        ]
      : []),
  ];
  if ((await moveNumber(tx, { id, to: "active", fence: number.fence, set })) === null)
    throw new Error("A locked number moved.");
  await failPoint("adopt.moved", number.phone_number);
  const { purchased_at } = await getNumberOrThrow(tx, ctx.organizationId, id);
  if (price && purchased_at && !isPaid) {
    const line = {
      organizationId: ctx.organizationId,
      phoneNumberId: id,
      purchasedAt: purchased_at,
      ...price,
    };
    await chargeFirstPeriod(tx, line);
  }
  await recordAudit(tx, ctx, {
    action: "phone_number.adopted",
    objectType: "phone_number",
    objectId: id,
    after: {
      carrier_number_id: number.carrier_number_id,
      monthly_cost: price?.amount ?? null,
      currency: price?.currency ?? null,
    },
  });
  await closeDrift(tx, driftId, { resolution: "adopted", by: ctx.actor });
}
