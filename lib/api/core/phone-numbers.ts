import { z } from "zod";
import {
  assignSlot,
  getPhoneNumber,
  listPhoneNumbers,
  planRelease,
  releasePhoneNumber,
  unassignSlot,
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
  releasePlan,
  releaseQuery,
  updatePhoneNumberBody,
} from "../../phone-numbers/schema";
import { type Answer, endpoint, noQuery } from "../endpoint";
import { carrierErrors } from "../problems";

const id = z.string().regex(/^num_[0-9A-Za-z]{1,40}$/);
const number = z.strictObject({
  phone_number: z.union([id, e164], "Use a number in E.164 form, like +14155550123, or its id."),
});
const slot = z.strictObject({ ...number.shape, direction });

function withETag(body: PhoneNumber, status = 200): Answer<PhoneNumber> {
  return { status, body, headers: { ETag: `"${body.version}"` } };
}

export const phoneNumberEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/phone-numbers",
    operationId: "listPhoneNumbers",
    tag: "Phone numbers",
    summary: "List phone numbers",
    access: ["phone_numbers:read"],
    params: noQuery,
    query: listPhoneNumbersQuery,
    responses: { 200: phoneNumberPage },
    errors: [],
    handle: async ({ ctx, query }) => ({ body: await listPhoneNumbers(ctx, query) }),
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
    summary: "Share a number or label it",
    access: ["phone_numbers:manage"],
    params: number,
    query: noQuery,
    body: updatePhoneNumberBody,
    responses: { 200: phoneNumber },
    ifMatch: true,
    errors: ["not_found", "stale_edit"],
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
      "paperwork_required",
      ...carrierErrors,
    ],
    handle: async ({ ctx, params, query, expectedVersion }) => {
      if (query.dry_run) return { body: await planRelease(ctx, params.phone_number) };
      const input = { phoneNumber: params.phone_number, unassign: query.unassign ?? false, expectedVersion };
      const { outcome, number: released } = await releasePhoneNumber(ctx, input);
      return withETag(released, outcome === "released" ? 200 : 202);
    },
  }),
  endpoint({
    method: "PUT",
    path: "/core/phone-numbers/{phone_number}/slots/{direction}",
    operationId: "assignSlot",
    tag: "Phone numbers",
    summary: "Assign an agent to a slot",
    access: ["phone_numbers:manage"],
    params: slot,
    query: noQuery,
    body: assignSlotBody,
    responses: { 200: phoneNumber },
    ifMatch: true,
    errors: ["not_found", "stale_edit", "slot_occupied", "version_not_published", "number_not_active"],
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
