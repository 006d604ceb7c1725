import { z } from "zod";
import { listCountries, listManagedAccounts } from "../../managed-accounts";
import { managedAccountCountries, managedAccountPage } from "../../managed-accounts/schema";
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
import { endpoint, noQuery } from "../endpoint";

const account = z.strictObject({
  managed_account_id: z.string().max(40).meta({ description: "An id, or `default`." }),
});

export const managedAccountEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/managed-accounts",
    summary: "List the carrier accounts numbers can be bought on",
    scopes: ["managed_accounts:read", "phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    response: managedAccountPage,
    handle: async ({ ctx }) => ({ body: { data: await listManagedAccounts(ctx), next_cursor: null } }),
  }),
  endpoint({
    method: "GET",
    path: "/core/managed-accounts/{managed_account_id}/countries",
    summary: "List the countries an account sells numbers in",
    scopes: ["managed_accounts:read", "phone_numbers:manage"],
    params: account,
    query: noQuery,
    response: managedAccountCountries,
    handle: async ({ ctx, params }) => ({
      body: { data: await listCountries(ctx, params.managed_account_id), next_cursor: null },
    }),
  }),
  endpoint({
    method: "GET",
    path: "/core/managed-accounts/{managed_account_id}/search-numbers",
    summary: "Search the carrier's inventory",
    scopes: ["managed_accounts:read", "phone_numbers:manage"],
    params: account,
    query: searchNumbersQuery,
    response: searchResult,
    handle: async ({ ctx, params, query }) => ({
      body: await searchNumbers(ctx, params.managed_account_id, query),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/core/managed-accounts/{managed_account_id}/purchase-number",
    summary: "Buy a number",
    scopes: ["managed_accounts:manage", "phone_numbers:manage"],
    params: account,
    query: dryRunQuery,
    body: purchaseNumberBody,
    response: z.union([phoneNumber, purchasePlan]),
    handle: async ({ ctx, params, query, body }) => {
      if (query.dry_run) return { body: await planPurchase(ctx, params.managed_account_id, body) };
      const { outcome, number } = await buyPhoneNumber(ctx, params.managed_account_id, body);
      return { status: outcome === "bought" ? 201 : 202, body: number };
    },
  }),
  endpoint({
    method: "GET",
    path: "/core/purchase-orders/{purchase_order_id}",
    summary: "See where a purchase stands",
    scopes: ["phone_numbers:read", "managed_accounts:manage"],
    params: z.strictObject({ purchase_order_id: z.string().max(40) }),
    query: noQuery,
    response: purchaseOrder,
    handle: async ({ ctx, params }) => ({ body: await getPurchaseOrder(ctx, params.purchase_order_id) }),
  }),
] as const;
