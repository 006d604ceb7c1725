import { recordAudit } from "../audit";
import type { AvailableNumber as Offer } from "../carriers/carrier";
import type { Ctx } from "../context";
import type { NumberState } from "../db/generated/enums";
import { inTransaction, type Tx } from "../db/transaction";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { newId } from "../ids";
import { requireBuying } from "../kill-switches";
import type { ManagedAccountRow } from "../managed-accounts";
import { leaseInterval } from "./lease";
import type { PurchaseNumberBody } from "./schema";
import { serializeOffer } from "./serialize";
import { countLiveNumbers, findLiveNumber, lockOrganization } from "./store";
import { tagFor } from "./tag";

export interface Claim {
  numberId: string;
  orderId: string;
  tag: string;
}

/**
 * Makes a number ours in the database before the carrier hears of it: the limit under a lock on the organization, the
 * row that no second claim can stand beside, the order and the audit entry, in one transaction.
 * Throws `number_limit_reached`, `number_already_owned`, `purchase_in_progress`, `number_unavailable`.
 */
export async function claimNumber(
  ctx: Ctx,
  account: ManagedAccountRow,
  offer: Offer,
  input: PurchaseNumberBody,
): Promise<Claim> {
  const numberId = newId("num");
  const orderId = newId("po");
  const tag = await tagFor(ctx.organizationId, numberId);
  const lease = leaseInterval();
  await inTransaction(async (tx) => {
    const { number_limit } = await lockOrganization(tx, ctx.organizationId);
    await failPoint("claim.organization-locked");
    await requireBuying(tx, { organizationId: ctx.organizationId, managedAccountId: account.id });
    await requireUnclaimed(tx, ctx, offer.phoneNumber);
    requireRoom(await countLiveNumbers(tx, ctx.organizationId), number_limit);
    const trunkId = await ensureManagedTrunk(tx, ctx, account);
    const claimed = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO phone_number (id, organization_id, phone_number, state, source, managed_account_id, trunk_id, tag,
        country_code, type, region, locality, voice, sms, mms, label, monthly_cost, currency, lease_until, next_check_at)
      VALUES (${numberId}, ${ctx.organizationId}, ${offer.phoneNumber}, 'claimed', 'managed', ${account.id}, ${trunkId}, ${tag},
        ${offer.countryCode}, ${offer.type}::number_type, ${offer.region}, ${offer.locality},
        ${offer.capabilities.voice}, ${offer.capabilities.sms}, ${offer.capabilities.mms}, ${input.label || null},
        ${offer.monthlyCost?.amount ?? null}::numeric, ${offer.monthlyCost?.currency ?? null}, now() + ${lease}, now() + ${lease})
      ON CONFLICT (phone_number) WHERE live DO NOTHING RETURNING id`;
    // Somebody claimed it between the look above and now; a second look tells who.
    if (claimed.length === 0) {
      await requireUnclaimed(tx, ctx, offer.phoneNumber);
      throw new AppError("number_unavailable", sold);
    }
    await failPoint("claim.inserted");
    await tx.purchaseOrder.create({
      data: {
        id: orderId,
        organizationId: ctx.organizationId,
        phoneNumberId: numberId,
        managedAccountId: account.id,
        monthlyCost: offer.monthlyCost?.amount ?? null,
        currency: offer.monthlyCost?.currency ?? null,
        wishes: {
          ...(input.inbound ? { inbound: input.inbound } : {}),
          ...(input.outbound ? { outbound: input.outbound } : {}),
        },
        requestedBy: { ...ctx.actor, surface: ctx.surface },
        requestId: ctx.requestId,
      },
    });
    await failPoint("claim.ordered");
    await recordAudit(tx, ctx, {
      action: "phone_number.purchase_requested",
      objectType: "phone_number",
      objectId: numberId,
      after: { purchase_order_id: orderId, offer: serializeOffer(offer) },
    });
  });
  return { numberId, orderId, tag };
}

const sold = "This number is no longer available. Choose another one.";

/** Passes when nobody in the installation holds the number; of other organizations no more is said than `unavailable`. */
export async function requireUnclaimed(
  tx: Tx | undefined,
  ctx: Ctx,
  phoneNumber: string,
  unavailable = sold,
): Promise<void> {
  const holder = await findLiveNumber(phoneNumber, tx);
  if (!holder) return;
  if (holder.organization_id !== ctx.organizationId) throw new AppError("number_unavailable", unavailable);
  const underway: NumberState[] = ["claimed", "calling", "unknown"];
  if (underway.includes(holder.state)) {
    throw new AppError(
      "purchase_in_progress",
      "This number is being bought for your organization right now.",
      {
        phone_number_id: holder.id,
        retryAfterSeconds: 2,
      },
    );
  }
  throw new AppError("number_already_owned", "Your organization already has this number.", {
    phone_number_id: holder.id,
  });
}

export function requireRoom(held: number, limit: number): void {
  if (held < limit) return;
  throw new AppError(
    "number_limit_reached",
    "You have reached the maximum number of phone numbers for your organization.",
    {
      numbers: held,
      number_limit: limit,
    },
  );
}

/** The trunk on which this organization's numbers of the account sit; made by its first purchase. */
export async function ensureManagedTrunk(tx: Tx, ctx: Ctx, account: ManagedAccountRow): Promise<string> {
  const key = { organizationId: ctx.organizationId, managedAccountId: account.id };
  await tx.trunk.createMany({
    data: [{ id: newId("trk"), name: account.name, ...key }],
    skipDuplicates: true,
  });
  return (await tx.trunk.findFirstOrThrow({ where: key, select: { id: true } })).id;
}
