import { AppError } from "../../errors";
import {
  assignSlot,
  buyPhoneNumber,
  findOffers,
  listPhoneNumbersByOffset,
  releasePhoneNumber,
  unassignSlot,
} from "../../phone-numbers";
import { findEarlierPurchase, findEarlierRelease } from "../earlier-orders";
import { noQuery, publicEndpoint } from "../endpoint";
import { carrierErrors } from "../problems";
import {
  assignAnswer,
  assignBody,
  importBody,
  listNumbersQuery,
  numberAnswer,
  numberList,
  numberParams,
  purchaseBody,
  releaseQuery,
  searchAnswer,
  searchBody,
  unassignAnswer,
  unassignBody,
} from "./schema";
import { toPagination, toPublicNumber, toSearchAnswer } from "./serialize";

/** As many as the carrier tells at once; it has no second page to ask for. */
const mostOffers = 50;

export const publicNumberEndpoints = [
  publicEndpoint({
    method: "GET",
    path: "/api/public/v1/telephony/numbers",
    operationId: "listTelephonyNumbers",
    tag: "Telephony",
    summary: "List the numbers of the organization",
    description:
      "Numbers bought here and numbers brought along, newest first; those given back are not among them. A number bought while you page moves the others one position on.",
    access: ["phone_numbers:read"],
    params: noQuery,
    query: listNumbersQuery,
    responses: { 200: numberList },
    errors: [],
    handle: async ({ ctx, query }) => {
      const { numbers, total } = await listPhoneNumbersByOffset(ctx, query);
      return {
        body: {
          data: numbers.map(toPublicNumber),
          pagination: toPagination(query, { shown: numbers.length, total }),
        },
      };
    },
  }),
  publicEndpoint({
    method: "POST",
    path: "/api/public/v1/telephony/numbers/search",
    operationId: "searchTelephonyNumbers",
    tag: "Telephony",
    summary: "Search numbers for sale",
    description:
      "Numbers that can take calls, with what each costs now; nothing is reserved by looking. The carrier tells at most 50 numbers to a search, in no promised order, so the pages are pages of those: a page past the end is empty. Narrow the search to see others.",
    access: ["managed_accounts:read", "phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    body: searchBody,
    responses: { 200: searchAnswer },
    asksCarrier: true,
    errors: ["not_implemented", ...carrierErrors],
    example: { country_code: "US", area_code: "415", phone_number_type: "local", page_size: 10 },
    handle: async ({ ctx, body }) => {
      refuseOwnCarrierKey(body, "searched");
      const offers = await findOffers(ctx, "default", {
        country_code: body.country_code,
        phone_number_type: body.phone_number_type,
        area_code: body.area_code,
        in_region: body.administrative_area,
        in_locality: body.locality,
        voice_enabled: true,
        match: "anywhere",
        limit: mostOffers,
      });
      return { body: toSearchAnswer(offers, body) };
    },
  }),
  publicEndpoint({
    method: "POST",
    path: "/api/public/v1/telephony/numbers/purchase",
    operationId: "purchaseTelephonyNumber",
    tag: "Telephony",
    summary: "Buy a number",
    description:
      "Buys exactly this number, at most once, however often it is asked for. It costs the first month at once and renews every month. 202 means that the carrier's answer is being looked up: the number has the status `checking` and settles by itself, without a second charge.",
    access: ["managed_accounts:manage", "phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    body: purchaseBody,
    responses: { 201: numberAnswer, 202: numberAnswer },
    answerExamples: {
      201: { data: { friendly_name: null, inbound_agent_id: null } },
      202: { data: { friendly_name: null, inbound_agent_id: null, status: "checking" } },
    },
    errors: [
      "number_limit_reached",
      "number_already_owned",
      "purchase_in_progress",
      "number_unavailable",
      "paperwork_required",
      "safe_mode",
      "buying_stopped",
      "not_implemented",
      ...carrierErrors,
    ],
    example: { phone_number: "+14155550123" },
    handle: async ({ ctx, body }) => {
      refuseOwnCarrierKey(body, "bought");
      const { outcome, number } = await buyPhoneNumber(ctx, "default", { phone_number: body.phone_number });
      return { status: outcome === "bought" ? 201 : 202, body: { data: toPublicNumber(number) } };
    },
    findEarlier: (ctx, requestId) =>
      findEarlierPurchase(ctx, requestId, (number) => ({ data: toPublicNumber(number) })),
  }),
  publicEndpoint({
    method: "POST",
    path: "/api/public/v1/telephony/numbers/import",
    operationId: "importTelephonyNumber",
    tag: "Telephony",
    summary: "Bring a number along from a carrier of your own",
    description:
      "Not available yet: the fields are settled and checked, then the answer is 501 and nothing is done or kept.",
    access: ["phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    body: importBody,
    responses: { 201: numberAnswer },
    errors: ["not_implemented"],
    example: {
      phone_number: "+14155550123",
      provider_type: "custom_sip",
      sip_username: "linedesk",
      sip_password: "a password",
      sip_server: "sip.example.com",
      friendly_name: "Front desk",
    },
    handle: async () => {
      throw new AppError("not_implemented", "Numbers cannot be imported here yet. Nothing was done.");
    },
  }),
  publicEndpoint({
    method: "POST",
    path: "/api/public/v1/telephony/numbers/assign",
    operationId: "assignTelephonyNumber",
    tag: "Telephony",
    summary: "Assign a number to an agent, in one direction",
    description:
      "Run it twice for both directions; each is an assignment of its own. The newest published version of the agent answers, also when a newer one is published later. Another agent in the same direction is replaced. It takes effect with the next call.",
    access: ["phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    body: assignBody,
    responses: { 200: assignAnswer },
    errors: ["not_found", "version_not_published", "number_not_active"],
    example: {
      number_id: "num_1xSgOxHp7wgq7oD0cYf1Wt",
      agent_id: "agt_1xSgOxHp7wgq7oD0cYf1Wt",
      assignment_type: "inbound",
    },
    handle: async ({ ctx, body: { number_id, agent_id, assignment_type } }) => {
      const wish = { agent_id, version: "latest" as const, replace: true };
      const number = await assignSlot(ctx, { phoneNumber: number_id, direction: assignment_type, ...wish });
      return {
        body: {
          data: { number: toPublicNumber(number), agent_id, assignment_type, assigned_at: number.updated_at },
        },
      };
    },
  }),
  publicEndpoint({
    method: "POST",
    path: "/api/public/v1/telephony/numbers/unassign",
    operationId: "unassignTelephonyNumber",
    tag: "Telephony",
    summary: "Take a number from its agent, in one direction",
    description: "Whichever agent it is; the other direction is left alone. Repeating it changes nothing.",
    access: ["phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    body: unassignBody,
    responses: { 200: unassignAnswer },
    errors: ["not_found"],
    example: { number_id: "num_1xSgOxHp7wgq7oD0cYf1Wt", assignment_type: "inbound" },
    handle: async ({ ctx, body: { number_id, assignment_type } }) => {
      const number = await unassignSlot(ctx, { phoneNumber: number_id, direction: assignment_type });
      return {
        body: {
          data: {
            number: toPublicNumber(number),
            agent_id: null,
            assignment_type,
            unassigned_at: number.updated_at,
          },
        },
      };
    },
  }),
  publicEndpoint({
    method: "DELETE",
    path: "/api/public/v1/telephony/numbers/{number_id}",
    operationId: "releaseTelephonyNumber",
    tag: "Telephony",
    summary: "Release a number",
    description:
      "Gives a number bought here back to the carrier, at once and for good; it is charged no further. A number that was brought along only leaves the organization and stays with its carrier. While an agent is assigned it is refused, unless `unassign=true`. 202 means that the carrier has not confirmed yet: the number has the status `releasing` and is given back by itself. Repeating it changes nothing.",
    access: ["phone_numbers:release"],
    params: numberParams,
    query: releaseQuery,
    responses: { 200: numberAnswer, 202: numberAnswer },
    answerExamples: {
      200: { data: { inbound_agent_id: null, status: "released" } },
      202: { data: { inbound_agent_id: null, status: "releasing" } },
    },
    errors: [
      "not_found",
      "number_in_use",
      "number_not_active",
      "number_not_managed",
      "number_locked",
      "safe_mode",
      "releasing_stopped",
      "paperwork_required",
      ...carrierErrors,
    ],
    handle: async ({ ctx, params, query }) => {
      const { outcome, number } = await releasePhoneNumber(ctx, {
        phoneNumber: params.number_id,
        unassign: query.unassign ?? false,
      });
      return { status: outcome === "releasing" ? 202 : 200, body: { data: toPublicNumber(number) } };
    },
    findEarlier: (ctx, requestId) =>
      findEarlierRelease(ctx, requestId, (number) => ({ body: { data: toPublicNumber(number) } })),
  }),
] as const;

function refuseOwnCarrierKey(
  { api_key }: { api_key?: string | undefined },
  done: "searched" | "bought",
): void {
  if (api_key === undefined) return;
  throw new AppError(
    "not_implemented",
    `A carrier key of your own cannot be used yet. Nothing was ${done}; leave api_key out to use this installation's carrier.`,
  );
}
