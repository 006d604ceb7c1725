import { createHash } from "node:crypto";
import { z } from "zod";
import { findEarlierPurchase } from "../api/earlier-orders";
import { withIdempotency } from "../api/idempotency";
import type { Ctx } from "../context";
import { newId } from "../ids";
import { buyPhoneNumber, planPurchase, searchNumbers } from "../phone-numbers";
import {
  type AvailableNumber,
  type PhoneNumber,
  type PurchaseNumberBody,
  type PurchasePlan,
  phoneNumber,
  purchaseNumberBody,
  purchasePlan,
  searchAlternative,
  searchNumbersQuery,
  searchResult,
} from "../phone-numbers/schema";
import { issuePlan, planTicket, planTokenInput, readPlan } from "./plan";
import { readsOnly, tool } from "./tool";
import { describeCost, describeMoney, describeNumber } from "./words";

/** The carrier account everything is searched and bought on. */
const account = "default";

const flag = (description: string) => z.boolean().optional().meta({ description });

const searchInput = searchNumbersQuery.extend({
  voice_enabled: flag("Only numbers that take calls."),
  sms_enabled: flag("Only numbers that take text messages."),
  mms_enabled: flag("Only numbers that take pictures."),
  no_paperwork: flag("Only numbers sold without an address or documents."),
  limit: z.number().int().min(1).max(50).default(10).meta({ description: "Results at most." }),
});

const searchNumbersTool = tool({
  name: "search_numbers",
  title: "Search numbers for sale",
  description:
    "Searches the carrier's inventory for phone numbers that can be bought now, with their price. Nothing is reserved or bought. When nothing is found, `alternatives` has near searches that do find something.",
  access: [["managed_accounts:read", "phone_numbers:manage"]],
  annotations: { ...readsOnly, openWorldHint: true },
  asksCarrier: true,
  input: searchInput,
  output: searchResult.omit({ next_cursor: true }).extend({
    alternatives: z.array(searchAlternative.extend({ query: searchInput })),
  }),
  async run(ctx, input) {
    const { data, alternatives } = await searchNumbers(ctx, account, input);
    const near = alternatives.map((alternative) => ({
      ...alternative,
      query: searchNumbersQuery.parse(alternative.query),
    }));
    const nothing = "Nothing was found.";
    const lines = data.length > 0 ? data.map(describeOffer) : [nothing, ...near.map(describeAlternative)];
    return { facts: { data, alternatives: near }, text: lines.join("\n") };
  },
});

function describeOffer(offer: AvailableNumber): string {
  return [
    offer.phone_number,
    ...(offer.locality || offer.region ? [[offer.locality, offer.region].filter(Boolean).join(", ")] : []),
    offer.features.join(", "),
    describeCost(offer.cost_information),
    ...(offer.address_requirement === "none" ? [] : ["needs a registered address"]),
  ].join(" · ");
}

function describeAlternative({ label, results }: { label: string; results: number }): string {
  return `${label}: at least ${results}`;
}

const planPurchaseTool = tool({
  name: "plan_purchase",
  title: "Plan a purchase",
  description:
    "Says what buying exactly this number would cost now and every month, when it renews and how many numbers the organization would then have. Nothing is bought. Show the price to the person and have it confirmed; then pass `plan_token` to buy_number within five minutes. `inbound` and `outbound` say which agents get the number with the purchase.",
  access: [["phone_numbers:manage", "managed_accounts:manage"]],
  annotations: { ...readsOnly, openWorldHint: true },
  asksCarrier: true,
  input: purchaseNumberBody.omit({ expected_monthly_cost: true }),
  output: purchasePlan.extend(planTicket),
  async run(ctx, input) {
    const plan = await planPurchase(ctx, account, input);
    const price = plan.monthly_cost ? { expected_monthly_cost: plan.monthly_cost.amount } : {};
    const ticket = issuePlan(ctx, "buy_number", { ...input, ...price });
    const text = [
      describePrice(plan),
      `It would be number ${plan.numbers_after} of at most ${plan.number_limit}. Nothing is bought yet.`,
      `Once this is confirmed, call buy_number before ${ticket.expires_at} with plan_token ${ticket.plan_token}`,
    ].join("\n");
    return { facts: { ...plan, ...ticket }, text };
  },
});

function describePrice({ phone_number, first_charge, monthly_cost, renews_on }: PurchasePlan): string {
  if (!first_charge || !monthly_cost) {
    return `The carrier publishes no price for ${phone_number}; it would be renewed on ${renews_on}.`;
  }
  return `Buying ${phone_number} costs ${describeMoney(first_charge)} now and ${describeMoney(monthly_cost)} a month, next on ${renews_on}.`;
}

const buyNumberTool = tool({
  name: "buy_number",
  title: "Buy a planned number",
  description:
    "Buys what plan_purchase planned, for at most the monthly price it named: this costs money. Only call it when the person has confirmed that plan. Repeating it tells the first outcome and never buys twice; after a refusal, make a new plan. When `outcome` is `checking`, the carrier's answer is still being looked up: look at the number again with get_phone_number, and do not buy another one meanwhile.",
  access: [["phone_numbers:manage", "managed_accounts:manage"]],
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  input: planTokenInput,
  output: z.object({
    outcome: z
      .enum(["bought", "checking"])
      .meta({ description: "`checking`: the carrier's answer was lost; the purchase settles by itself." }),
    number: phoneNumber,
  }),
  async run(ctx, { plan_token }) {
    const planned = readPlan(ctx, "buy_number", plan_token, purchaseNumberBody);
    const { outcome, number } = await buyOnce(ctx, plan_token, planned);
    const text =
      outcome === "bought"
        ? `Bought. ${describeNumber(number)}`
        : `The carrier has not confirmed the purchase of ${number.phone_number} yet. It settles by itself: look at the number again in a moment. If it is not found then, nothing was bought.`;
    return { facts: { outcome, number }, text };
  },
});

/** A plan is carried out once, also when the number was released and is for sale again: its token is an Idempotency-Key. */
async function buyOnce(
  ctx: Ctx,
  planToken: string,
  planned: PurchaseNumberBody,
): Promise<{ outcome: "bought" | "checking"; number: PhoneNumber }> {
  const fingerprint = createHash("sha256").update(planToken).digest("hex");
  // A request may hold several calls; what each left behind must be found by itself.
  const own = { ...ctx, requestId: newId("req") };
  const { outcome } = await withIdempotency(own, {
    method: "POST",
    route: "/mcp buy_number",
    key: fingerprint,
    fingerprint,
    run: async () => {
      const { outcome: status, number } = await buyPhoneNumber(own, account, planned);
      return { status: status === "bought" ? 201 : 202, body: number };
    },
    findEarlier: (requestId) => findEarlierPurchase(own, requestId, (number) => number),
  });
  if ("failure" in outcome) throw outcome.failure;
  const { status, body } = outcome.answer;
  return { outcome: status === 202 ? "checking" : "bought", number: phoneNumber.parse(body) };
}

export const buyingTools = [searchNumbersTool, planPurchaseTool, buyNumberTool];
