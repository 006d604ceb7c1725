import { isoDate, periodStart } from "../billing";
import type { Carrier, AvailableNumber as Offer } from "../carriers/carrier";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { AppError, notFound } from "../errors";
import { requireBuying } from "../kill-switches";
import { asAppError, carrierOf, getManagedAccountOrThrow, type ManagedAccountRow } from "../managed-accounts";
import { requireScope } from "../permissions";
import { resolveWish } from "./assign";
import { requireRoom, requireUnclaimed } from "./claim";
import type { PurchaseNumberBody, PurchasePlan } from "./schema";
import { costOf, decimalText, serializeOffer } from "./serialize";
import { countLiveNumbers } from "./store";

/** Everything that can be known about a purchase before it is made. Reads only. */

export interface PreparedPurchase {
  account: ManagedAccountRow;
  carrier: Carrier;
  offer: Offer;
  addressId: string | null;
  held: number;
  limit: number;
}

/**
 * Checks a purchase against our rows first and the carrier's offer of this moment after, so that most refusals cost
 * nothing. Throws `missing_scope`, `not_found`, `safe_mode`, `buying_stopped`, `version_not_published`,
 * `number_limit_reached`, `number_already_owned`, `purchase_in_progress`, `number_unavailable`, `price_changed`,
 * `paperwork_required`, and the carrier's failures. Passing promises nothing: the claim decides.
 */
export async function preparePurchase(
  ctx: Ctx,
  managedAccountId: string,
  input: PurchaseNumberBody,
): Promise<PreparedPurchase> {
  requireScope(ctx, "phone_numbers:manage", "managed_accounts:manage");
  const account = await getManagedAccountOrThrow(managedAccountId);
  await requireBuying(database(), { organizationId: ctx.organizationId, managedAccountId: account.id });
  await requireUnclaimed(database(), ctx, input.phone_number);
  const limit = await numberLimit(ctx);
  const held = await countLiveNumbers(database(), ctx.organizationId);
  requireRoom(held, limit);
  for (const wish of [input.inbound, input.outbound]) {
    if (wish) await resolveWish(database(), ctx.organizationId, wish);
  }
  const carrier = carrierOf(account);
  const offer = await asAppError(carrier.quoteNumber(input.phone_number));
  if (!offer) {
    // It may be gone from the shelf because one of us bought it a moment ago; that is the truer answer.
    await requireUnclaimed(database(), ctx, input.phone_number);
    throw new AppError("number_unavailable", "This number is no longer available. Choose another one.");
  }
  requirePrice(offer, input.expected_monthly_cost);
  const addressId = await requireAddress(carrier, offer);
  return { account, carrier, offer, addressId, held, limit };
}

/** What buying this number would do, written nowhere. Throws as preparePurchase. */
export async function planPurchase(
  ctx: Ctx,
  managedAccountId: string,
  input: PurchaseNumberBody,
): Promise<PurchasePlan> {
  const { offer, held, limit } = await preparePurchase(ctx, managedAccountId, input);
  const cost = costOf(offer);
  const first = cost && new Prisma.Decimal(cost.monthly_cost).plus(cost.upfront_cost).toString();
  return {
    phone_number: offer.phoneNumber,
    offer: serializeOffer(offer),
    first_charge: cost && { amount: decimalText(first ?? "0"), currency: cost.currency },
    monthly_cost: cost && { amount: cost.monthly_cost, currency: cost.currency },
    renews_on: isoDate(periodStart(new Date(), 1)),
    numbers_after: held + 1,
    number_limit: limit,
  };
}

function requirePrice(offer: Offer, expected: string | undefined): void {
  if (expected === undefined || !offer.monthlyCost) return;
  if (new Prisma.Decimal(offer.monthlyCost.amount).lte(expected)) return;
  const { amount, currency } = offer.monthlyCost;
  throw new AppError(
    "price_changed",
    `The carrier now asks for ${decimalText(amount)} ${currency} a month. Nothing was bought.`,
    {
      cost_information: costOf(offer),
    },
  );
}

async function requireAddress(carrier: Carrier, offer: Offer): Promise<string | null> {
  if (offer.addressRequirement === "none") return null;
  const addressId = await asAppError(carrier.findAddress(offer.addressRequirement, offer.countryCode));
  if (addressId) return addressId;
  const where = {
    any: "an address",
    local: `an address in ${offer.countryCode}`,
    foreign: `an address outside ${offer.countryCode}`,
  };
  throw new AppError(
    "paperwork_required",
    `The carrier asks for ${where[offer.addressRequirement]} before it sells this number, and the carrier account has none.`,
    { address_requirement: offer.addressRequirement },
  );
}

async function numberLimit(ctx: Ctx): Promise<number> {
  const row = await database().organization.findUnique({
    where: { id: ctx.organizationId },
    select: { numberLimit: true },
  });
  if (!row) throw notFound("organization");
  return row.numberLimit;
}
