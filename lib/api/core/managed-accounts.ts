import { z } from "zod";
import { getManagedAccount, listCountries, listManagedAccounts } from "../../managed-accounts";
import { managedAccount, managedAccountCountries, managedAccountPage } from "../../managed-accounts/schema";
import { buyPhoneNumber, getPurchaseOrder, planPurchase, searchNumbers } from "../../phone-numbers";
import {
  dryRunQuery,
  phoneNumber,
  purchaseNumberBody,
  purchaseOrder,
  purchasePlan,
  searchNumbersQuery,
  searchResult,
} from "../../phone-numbers/schema";
import { findEarlierPurchase } from "../earlier-orders";
import { endpoint, noQuery } from "../endpoint";
import { carrierErrors } from "../problems";

const account = z.strictObject({
  managed_account_id: z.string().max(40).meta({
    description: "The account's id, or `default`.",
    example: "default",
  }),
});

/** As a number is when nobody was to answer it or to call from it. */
const unassigned = {
  inbound: null,
  outbound: null,
  inbound_agent_version_id: null,
  outbound_agent_version_id: null,
};

export const managedAccountEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/managed-accounts",
    operationId: "listManagedAccounts",
    tag: "Buying",
    summary: "List the carrier accounts numbers can be bought on",
    description:
      "The installation runs them, and its organizations share them. `default` stands for the one that is marked so.",
    access: ["managed_accounts:read", "phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    responses: { 200: managedAccountPage },
    errors: [],
    handle: async ({ ctx }) => ({ body: { data: await listManagedAccounts(ctx), next_cursor: null } }),
  }),
  endpoint({
    method: "GET",
    path: "/core/managed-accounts/{managed_account_id}",
    operationId: "getManagedAccount",
    tag: "Buying",
    summary: "Get a carrier account",
    access: ["managed_accounts:read", "phone_numbers:manage"],
    params: account,
    query: noQuery,
    responses: { 200: managedAccount },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => ({ body: await getManagedAccount(ctx, params.managed_account_id) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/managed-accounts/{managed_account_id}/countries",
    operationId: "listCountries",
    tag: "Buying",
    summary: "List the countries an account sells numbers in",
    access: ["managed_accounts:read", "phone_numbers:manage"],
    params: account,
    query: noQuery,
    responses: { 200: managedAccountCountries },
    asksCarrier: true,
    errors: ["not_found", ...carrierErrors],
    handle: async ({ ctx, params }) => ({
      body: { data: await listCountries(ctx, params.managed_account_id), next_cursor: null },
    }),
  }),
  endpoint({
    method: "GET",
    path: "/core/managed-accounts/{managed_account_id}/search-numbers",
    operationId: "searchNumbers",
    tag: "Buying",
    summary: "Search the carrier's inventory",
    description:
      "What is for sale at this moment, with its price; nothing is reserved by looking. Where there is nothing, `alternatives` names the nearest searches that find something.",
    access: ["managed_accounts:read", "phone_numbers:manage"],
    params: account,
    query: searchNumbersQuery,
    responses: { 200: searchResult },
    asksCarrier: true,
    errors: ["not_found", ...carrierErrors],
    handle: async ({ ctx, params, query }) => ({
      body: await searchNumbers(ctx, params.managed_account_id, query),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/core/managed-accounts/{managed_account_id}/purchase-number",
    operationId: "buyPhoneNumber",
    tag: "Buying",
    summary: "Buy a number",
    description:
      "Buys exactly this number, at most once, however often it is asked for, with an Idempotency-Key or without. It is charged from today, every month. 202 means that the carrier's answer is being looked up: the number has the status `checking` and settles by itself, without a second charge; `GET /core/purchase-orders/{purchase_order_id}` tells when. `dry_run=true` says what it would cost.",
    access: ["managed_accounts:manage", "phone_numbers:manage"],
    params: account,
    query: dryRunQuery,
    body: purchaseNumberBody,
    responses: { 200: purchasePlan, 201: phoneNumber, 202: phoneNumber },
    asksCarrier: "dry_run",
    errors: [
      "not_found",
      "number_limit_reached",
      "number_already_owned",
      "purchase_in_progress",
      "number_unavailable",
      "price_changed",
      "paperwork_required",
      "version_not_published",
      "safe_mode",
      "buying_stopped",
      ...carrierErrors,
    ],
    example: { phone_number: "+14155550123", expected_monthly_cost: "1.15", label: "Front desk" },
    answerExamples: {
      201: { ...unassigned, label: "Front desk" },
      202: { ...unassigned, label: "Front desk", status: "checking", renews_on: null, purchased_at: null },
    },
    handle: async ({ ctx, params, query, body }) => {
      if (query.dry_run) return { body: await planPurchase(ctx, params.managed_account_id, body) };
      const { outcome, number } = await buyPhoneNumber(ctx, params.managed_account_id, body);
      return { status: outcome === "bought" ? 201 : 202, body: number };
    },
    findEarlier: (ctx, requestId) => findEarlierPurchase(ctx, requestId, (number) => number),
  }),
  endpoint({
    method: "GET",
    path: "/core/purchase-orders/{purchase_order_id}",
    operationId: "getPurchaseOrder",
    tag: "Buying",
    summary: "See where a purchase stands",
    description: "It settles by itself, as bought or as refused with the reason.",
    access: ["phone_numbers:read", "managed_accounts:manage"],
    params: z.strictObject({
      purchase_order_id: z
        .string()
        .max(40)
        .meta({ description: "As the number names it.", example: "po_1xSgPBf3nTq6Jd8uXv0ZkL" }),
    }),
    query: noQuery,
    responses: { 200: purchaseOrder },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => ({ body: await getPurchaseOrder(ctx, params.purchase_order_id) }),
  }),
] as const;
