import { z } from "zod";
import { getOrganization } from "../../organizations";
import { organization } from "../../organizations/schema";
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
    path: "/core/organization",
    summary: "See the organization, how many numbers it has and what they cost",
    scopes: ["phone_numbers:read"],
    params: noQuery,
    query: noQuery,
    response: organization,
    handle: async ({ ctx }) => ({ body: await getOrganization(ctx) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/phone-numbers",
    summary: "List phone numbers",
    scopes: ["phone_numbers:read"],
    params: noQuery,
    query: listPhoneNumbersQuery,
    response: phoneNumberPage,
    handle: async ({ ctx, query }) => ({ body: await listPhoneNumbers(ctx, query) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/phone-numbers/{phone_number}",
    summary: "Get a phone number",
    scopes: ["phone_numbers:read"],
    params: number,
    query: noQuery,
    response: phoneNumber,
    handle: async ({ ctx, params }) => withETag(await getPhoneNumber(ctx, params.phone_number)),
  }),
  endpoint({
    method: "PATCH",
    path: "/core/phone-numbers/{phone_number}",
    summary: "Share a number or label it",
    scopes: ["phone_numbers:manage"],
    params: number,
    query: noQuery,
    body: updatePhoneNumberBody,
    response: phoneNumber,
    handle: async ({ ctx, params, body, expectedVersion }) =>
      withETag(
        await updatePhoneNumber(ctx, { phoneNumber: params.phone_number, changes: body, expectedVersion }),
      ),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/phone-numbers/{phone_number}",
    summary: "Release a number",
    scopes: ["phone_numbers:release"],
    params: number,
    query: releaseQuery,
    response: z.union([phoneNumber, releasePlan]),
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
    summary: "Assign an agent to a slot",
    scopes: ["phone_numbers:manage"],
    params: slot,
    query: noQuery,
    body: assignSlotBody,
    response: phoneNumber,
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
    summary: "Empty a slot",
    scopes: ["phone_numbers:manage"],
    params: slot,
    query: noQuery,
    response: phoneNumber,
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
