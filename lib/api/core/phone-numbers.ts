import { z } from "zod";
import { findAudited } from "../../audit";
import {
  assignSlot,
  getPhoneNumber,
  listPhoneNumbers,
  planRelease,
  registerPhoneNumber,
  releasePhoneNumber,
  unassignSlot,
  undoRelease,
  updatePhoneNumber,
} from "../../phone-numbers";
import {
  assignSlotBody,
  direction,
  e164,
  listPhoneNumbersQuery,
  type PhoneNumber,
  phoneNumber,
  phoneNumberPage,
  registerNumberBody,
  releasePlan,
  releaseQuery,
  updatePhoneNumberBody,
} from "../../phone-numbers/schema";
import { findEarlierRelease } from "../earlier-orders";
import { type Answer, endpoint, noQuery } from "../endpoint";
import { carrierErrors } from "../problems";

const id = z.string().regex(/^num_[0-9A-Za-z]{1,40}$/);
const number = z.strictObject({
  phone_number: z.union([id, e164], "Use a number in E.164 form, like +14155550123, or its id.").meta({
    description: "The number in E.164 form, its plus raw or as %2B, or its id.",
    example: "+14155550123",
  }),
});
const slot = z.strictObject({ ...number.shape, direction });

function withETag(body: PhoneNumber, status = 200): Answer<PhoneNumber> {
  return { status, body, headers: { ETag: `"${body.version}"` } };
}

const unassigned = {
  inbound: null,
  outbound: null,
  inbound_agent_version_id: null,
  outbound_agent_version_id: null,
};
const broughtAlong = {
  source: "byoc",
  managed_account_id: null,
  cost_information: null,
  renews_on: null,
  purchase_order_id: null,
  purchased_at: null,
};

const waitingRelease = {
  id: "rel_1xSgQ8rVb3Yk6Tz0Pn5Ws2",
  requested_at: "2026-11-22T09:20:41.730Z",
  requested_by: "Ada Admin",
  release_at: "2026-11-29T09:20:41.730Z",
  was: [
    {
      direction: "inbound",
      agent_id: "agt_1xSgOxHp7wgq7oD0cYf1Wt",
      agent_name: "Reception",
      version: "latest",
    },
  ],
};

export const phoneNumberEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/phone-numbers",
    operationId: "listPhoneNumbers",
    tag: "Phone numbers",
    summary: "List phone numbers",
    description:
      "Newest first unless `sort` says otherwise. Without `status`, every number that counts against the limit; numbers that were given back or detached are found with `status=released,detached`.",
    access: ["phone_numbers:read"],
    params: noQuery,
    query: listPhoneNumbersQuery,
    responses: { 200: phoneNumberPage },
    errors: [],
    handle: async ({ ctx, query }) => ({ body: await listPhoneNumbers(ctx, query) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/phone-numbers",
    operationId: "registerPhoneNumber",
    tag: "Phone numbers",
    summary: "Register a number of your own",
    description:
      "Puts a number that you have with a carrier of your own on a trunk of yours. It is active at once and counts against the limit; no carrier is called and Linedesk charges nothing. `DELETE /core/phone-numbers/{phone_number}` detaches it again.",
    access: ["phone_numbers:manage"],
    params: noQuery,
    query: noQuery,
    body: registerNumberBody,
    responses: { 201: phoneNumber },
    errors: [
      "not_found",
      "trunk_is_managed",
      "number_limit_reached",
      "number_already_owned",
      "purchase_in_progress",
      "number_unavailable",
    ],
    example: {
      phone_number: "+14155550123",
      trunk_id: "trk_1xSgP4nD7cRw2Hy5mKs9Ea",
      label: "Front desk",
    },
    answerExamples: { 201: { ...unassigned, ...broughtAlong, label: "Front desk" } },
    handle: async ({ ctx, body }) => withETag(await registerPhoneNumber(ctx, body), 201),
    findEarlier: async (ctx, requestId) => {
      const registered = await findAudited(ctx, requestId, "phone_number.registered");
      return registered === null ? null : { answer: withETag(await getPhoneNumber(ctx, registered), 201) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/core/phone-numbers/{phone_number}",
    operationId: "getPhoneNumber",
    tag: "Phone numbers",
    summary: "Get a phone number",
    access: ["phone_numbers:read"],
    params: number,
    query: noQuery,
    responses: { 200: phoneNumber },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => withETag(await getPhoneNumber(ctx, params.phone_number)),
  }),
  endpoint({
    method: "PATCH",
    path: "/core/phone-numbers/{phone_number}",
    operationId: "updatePhoneNumber",
    tag: "Phone numbers",
    summary: "Share, label or lock a number",
    description:
      "Nothing else of a number can be edited. What is left out stays as it is. A locked number cannot be released; unlocking it takes `phone_numbers:release` too. Only an active number can be locked.",
    access: ["phone_numbers:manage"],
    params: number,
    query: noQuery,
    body: updatePhoneNumberBody,
    responses: { 200: phoneNumber },
    ifMatch: true,
    errors: ["not_found", "stale_edit", "number_not_active"],
    example: { outbound_shareable: true, label: "Support line" },
    handle: async ({ ctx, params, body, expectedVersion }) =>
      withETag(
        await updatePhoneNumber(ctx, { phoneNumber: params.phone_number, changes: body, expectedVersion }),
      ),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/phone-numbers/{phone_number}",
    operationId: "releasePhoneNumber",
    tag: "Phone numbers",
    summary: "Release a number",
    description:
      "A number bought here is given back to the carrier, at once and for good. One that was registered on an own trunk is detached: it stays with its carrier and only leaves Linedesk. Refused while a slot is filled, unless `unassign=true`, and while it is locked. With `hold` it waits first: 202, status `held`, its slots empty, charged and counted as before, until `release.release_at`; `POST …/undo-release` keeps it after all, and the same request without `hold` gives it back at once. 202 with the status `releasing` means that the carrier has not confirmed yet; it is given back by itself. Repeating it changes nothing; to its Idempotency-Key a hold is answered 202 also after it was undone. `dry_run=true` says what would stop and what it saves.",
    access: ["phone_numbers:release"],
    params: number,
    query: releaseQuery,
    responses: { 200: z.union([phoneNumber, releasePlan]), 202: phoneNumber },
    ifMatch: true,
    errors: [
      "not_found",
      "stale_edit",
      "number_in_use",
      "number_not_active",
      "number_not_managed",
      "number_locked",
      "safe_mode",
      "releasing_stopped",
      "paperwork_required",
      ...carrierErrors,
    ],
    answerExamples: {
      200: { ...unassigned, status: "released", renews_on: null, released_at: "2026-11-30T16:40:12.008Z" },
      202: { ...unassigned, status: "held", release: waitingRelease },
    },
    handle: async ({ ctx, params, query, expectedVersion }) => {
      const { unassign = false, hold } = query;
      const input = { phoneNumber: params.phone_number, unassign, hold, expectedVersion };
      if (query.dry_run) return { body: await planRelease(ctx, input) };
      const { outcome, number: released } = await releasePhoneNumber(ctx, input);
      return withETag(released, outcome === "releasing" || outcome === "held" ? 202 : 200);
    },
    findEarlier: (ctx, requestId) =>
      findEarlierRelease(ctx, requestId, (number, undone) =>
        withETag(number, undone || number.status === "held" ? 202 : 200),
      ),
  }),
  endpoint({
    method: "POST",
    path: "/core/phone-numbers/{phone_number}/undo-release",
    operationId: "undoRelease",
    tag: "Phone numbers",
    summary: "Keep a number that waits to be released",
    description:
      "It is active again and its slots are filled as they were; that of an agent deleted since stays empty. Possible until `release.release_at`, also while releasing is stopped. Repeating it changes nothing.",
    access: ["phone_numbers:release"],
    params: number,
    query: noQuery,
    responses: { 200: phoneNumber },
    ifMatch: true,
    errors: ["not_found", "stale_edit", "number_not_held", "safe_mode"],
    handle: async ({ ctx, params, expectedVersion }) =>
      withETag(await undoRelease(ctx, { phoneNumber: params.phone_number, expectedVersion })),
  }),
  endpoint({
    method: "PUT",
    path: "/core/phone-numbers/{phone_number}/slots/{direction}",
    operationId: "assignSlot",
    tag: "Phone numbers",
    summary: "Assign an agent to a slot",
    description:
      "A version stays pinned; `latest` follows the newest published one, also later. The other slot is left alone and no carrier is called: it holds from the next call on. Repeating it changes nothing.",
    access: ["phone_numbers:manage"],
    params: slot,
    query: noQuery,
    body: assignSlotBody,
    responses: { 200: phoneNumber },
    ifMatch: true,
    errors: ["not_found", "stale_edit", "slot_occupied", "version_not_published", "number_not_active"],
    example: { agent_id: "agt_1xSgOxHp7wgq7oD0cYf1Wt", version: "latest" },
    handle: async ({ ctx, params, body, expectedVersion }) =>
      withETag(
        await assignSlot(ctx, {
          phoneNumber: params.phone_number,
          direction: params.direction,
          expectedVersion,
          ...body,
        }),
      ),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/phone-numbers/{phone_number}/slots/{direction}",
    operationId: "unassignSlot",
    tag: "Phone numbers",
    summary: "Empty a slot",
    description: "Whoever holds it. An empty slot stays empty without complaint.",
    access: ["phone_numbers:manage"],
    params: slot,
    query: noQuery,
    responses: { 200: phoneNumber },
    ifMatch: true,
    errors: ["not_found", "stale_edit"],
    handle: async ({ ctx, params, expectedVersion }) =>
      withETag(
        await unassignSlot(ctx, {
          phoneNumber: params.phone_number,
          direction: params.direction,
          expectedVersion,
        }),
      ),
  }),
] as const;
