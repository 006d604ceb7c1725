import { z } from "zod";
import { dryRun, release, type releasePlan } from "./release-schema";
import {
  availableNumber,
  type searchAlternative,
  type searchNumbersQuery,
  type searchResult,
} from "./search-schema";
import {
  agentId,
  agentVersionId,
  booleanParam,
  capabilities,
  costInformation,
  countryCode,
  decimal,
  type direction,
  driftKind,
  e164,
  formatted,
  locality,
  managedAccountId,
  moment,
  money,
  numberId,
  numberStatus,
  numberType,
  purchaseOrderId,
  region,
  slot,
  trunkId,
  versionNumber,
} from "./vocabulary";

export { releasePlan, releaseQuery } from "./release-schema";
export { availableNumber, searchAlternative, searchNumbersQuery, searchResult } from "./search-schema";
export {
  booleanParam,
  costInformation,
  countryCode,
  direction,
  e164,
  moment,
  money,
  numberStatus,
  numberType,
  slot,
  versionInPath,
  versionNumber,
} from "./vocabulary";

export const phoneNumber = z
  .object({
    id: numberId,
    phone_number: e164,
    formatted,
    country_code: z.string().meta({ description: "ISO 3166-1 alpha-2 country code.", example: "US" }),
    phone_number_type: numberType,
    region,
    locality,
    capabilities,
    label: z.string().nullable().meta({ description: "A name of your own for it.", example: "Support line" }),
    status: numberStatus,
    source: z.enum(["managed", "imported", "byoc"]).meta({
      description:
        "`managed`: bought here, given back to the carrier when released. `imported`, `byoc`: brought along.",
      example: "managed",
    }),
    inbound: slot.nullable().meta({ description: "Who answers calls; null when nobody does." }),
    outbound: slot.nullable().meta({ description: "Who calls from it; null when nobody is bound to it." }),
    inbound_agent_version_id: agentVersionId
      .nullable()
      .meta({ description: "The version in `inbound`, or null." }),
    outbound_agent_version_id: agentVersionId
      .nullable()
      .meta({ description: "The version in `outbound`, or null." }),
    outbound_shareable: z.boolean().meta({
      description: "Whether agents other than the one in `outbound` may call from it.",
      example: false,
    }),
    locked: z.boolean().meta({
      description: "Whether it cannot be released until somebody unlocks it.",
      example: false,
    }),
    release: release.nullable().meta({
      description: "The newest release of it, waiting, under way or done; null otherwise.",
      example: null,
    }),
    drift: z
      .object({ id: z.string().meta({ example: "drf_1xSgQz7Yt2nWb5Hc9Ke3Vm" }), kind: driftKind })
      .nullable()
      .meta({
        description: "What the carrier's list says against it and nobody has decided yet; null when nothing.",
        example: null,
      }),
    trunk_id: trunkId,
    managed_account_id: managedAccountId
      .nullable()
      .meta({ description: "The carrier account it was bought on; null for a number brought along." }),
    cost_information: costInformation
      .nullable()
      .meta({ description: "What it costs; null when the carrier publishes no price for this kind." }),
    renews_on: z.iso
      .date()
      .nullable()
      .meta({ description: "The day the next month is charged (UTC), or null.", example: "2026-12-22" }),
    purchase_order_id: purchaseOrderId
      .nullable()
      .meta({ description: "The purchase that brought it, if it was bought here." }),
    created_at: z.iso
      .datetime()
      .meta({ description: "When the record was made.", example: "2026-11-22T09:14:05.102Z" }),
    updated_at: z.iso
      .datetime()
      .meta({ description: "When a slot last changed.", example: "2026-11-22T09:20:41.730Z" }),
    purchased_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the carrier confirmed the purchase.", example: "2026-11-22T09:14:06.418Z" }),
    released_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it was given back or detached; null until then.", example: null }),
    version: z
      .number()
      .int()
      .meta({ description: "Rises with every edit; send it as If-Match.", example: 4 }),
  })
  .meta({ id: "PhoneNumber", description: "A phone number of the organization." });

export const numberSort = z.enum([
  "created_at",
  "-created_at",
  "updated_at",
  "-updated_at",
  "phone_number",
  "-phone_number",
  "monthly_cost",
  "-monthly_cost",
]);

const cursor = z.string().max(500).meta({ description: "`next_cursor` of the page before." });
const nextCursor = z.string().nullable().meta({
  description: "What to send as `cursor` for the page after this one; null on the last page.",
  example: null,
});

/** Query of `GET /core/phone-numbers`. Without `status`, every number that counts against the limit. */
export const listPhoneNumbersQuery = z
  .strictObject({
    q: z
      .string()
      .trim()
      .max(100)
      .optional()
      .meta({ description: "Free text over number, label and agent name.", example: "support" }),
    phone_number: z
      .string()
      .trim()
      .max(16)
      .optional()
      .meta({ description: "Part of a number.", example: "415555" }),
    status: z
      .string()
      .transform((value) => value.split(","))
      .pipe(z.array(numberStatus))
      .optional()
      .meta({
        description:
          "One or more statuses, separated by commas. Without it, every number that counts against the limit.",
        example: "active,checking",
      }),
    assigned: booleanParam.optional().meta({ description: "Whether any slot is filled." }),
    outbound_shareable: booleanParam
      .optional()
      .meta({ description: "Whether other agents may call from it." }),
    agent_id: z.string().max(40).optional().meta({ description: "Numbers this agent holds, either slot." }),
    inbound_agent_id: z.string().max(40).optional().meta({ description: "Numbers this agent answers." }),
    outbound_agent_id: z.string().max(40).optional().meta({ description: "Numbers this agent calls from." }),
    country_code: countryCode.optional(),
    phone_number_type: numberType.optional(),
    trunk_id: z.string().max(40).optional().meta({ description: "Numbers on this trunk." }),
    created_after: moment.optional().meta({ description: "Made later than this." }),
    created_before: moment.optional().meta({ description: "Made earlier than this." }),
    updated_after: moment.optional().meta({ description: "A slot changed later than this." }),
    updated_before: moment.optional().meta({ description: "No slot changed since this." }),
    sort: numberSort.default("-created_at").meta({ description: "The order; a minus turns it around." }),
    limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "Numbers to a page." }),
    cursor: cursor.optional(),
  })
  .meta({ example: { assigned: "false", limit: 20 } });

export const phoneNumberPage = z
  .object({ data: z.array(phoneNumber), next_cursor: nextCursor })
  .meta({ id: "PhoneNumberPage" });

const versionWish = z
  .union([z.literal("latest"), versionNumber])
  .default("latest")
  .meta({
    description: "A published version, or `latest`: whichever is newest, also later.",
    example: "latest",
  });

export const slotWish = z
  .strictObject({ agent_id: agentId.max(40), version: versionWish })
  .meta({ id: "SlotWish" });

const label = z
  .string()
  .trim()
  .max(80, "A label has at most 80 characters.")
  .meta({ description: "A name of your own for the number.", example: "Support line" });

/** Body of `POST /core/managed-accounts/{managed_account_id}/purchase-number`. */
export const purchaseNumberBody = z
  .strictObject({
    phone_number: e164,
    expected_monthly_cost: decimal.optional().meta({
      description: "What you were shown. The purchase is refused when the carrier now asks for more.",
      example: "1.15",
    }),
    label: label.optional(),
    inbound: slotWish.optional().meta({ description: "Who shall answer it." }),
    outbound: slotWish.optional().meta({ description: "Who shall call from it." }),
  })
  .meta({
    id: "PurchaseNumber",
    example: { phone_number: "+14155550123", expected_monthly_cost: "1.15", label: "Support line" },
  });

/** Body of `POST /core/phone-numbers`. */
export const registerNumberBody = z
  .strictObject({
    phone_number: e164,
    trunk_id: trunkId.max(40).meta({
      description: "A trunk of your own; managed trunks take numbers by purchase only.",
      example: "trk_1xSgP4nD7cRw2Hy5mKs9Ea",
    }),
    label: label.optional(),
  })
  .meta({ id: "RegisterNumber" });

export const dryRunQuery = z.strictObject({ dry_run: dryRun });

/** What a purchase would do: the answer to `dry_run=true`. Nothing is written and nothing bought. */
export const purchasePlan = z
  .object({
    phone_number: e164,
    offer: availableNumber,
    first_charge: money.nullable().meta({ description: "Charged at once: the first month and any setup." }),
    monthly_cost: money.nullable().meta({ description: "Charged every month from then on." }),
    renews_on: z.iso.date().meta({ description: "The day of the second charge.", example: "2026-12-22" }),
    numbers_after: z.number().int().meta({ description: "Numbers held after it.", example: 13 }),
    number_limit: z.number().int().meta({ description: "How many may be held.", example: 50 }),
  })
  .meta({ id: "PurchasePlan", description: "What a purchase would do: the answer to a dry run." });

const problemNote = z.object({
  code: z.string().meta({ description: "One of the error codes.", example: "number_unavailable" }),
  detail: z.string().meta({ example: "This number is no longer available. Choose another one." }),
  carrier_code: z.string().nullable().meta({ description: "The carrier's own code.", example: "21422" }),
});

/** One intent to buy one number. `checking`: the carrier's answer was lost and is being looked up. */
export const purchaseOrder = z
  .object({
    id: purchaseOrderId,
    phone_number: e164,
    phone_number_id: numberId,
    managed_account_id: managedAccountId,
    status: z.enum(["buying", "checking", "bought", "refused"]).meta({
      description:
        "`buying` and `checking` settle by themselves, without a second charge: ask again in a moment.",
      example: "bought",
    }),
    error: problemNote.nullable().meta({ description: "Why it was refused; null otherwise.", example: null }),
    claimed_at: z.iso
      .datetime()
      .meta({ description: "When it was asked for.", example: "2026-11-22T09:14:05.102Z" }),
    called_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When the carrier was asked.", example: "2026-11-22T09:14:05.217Z" }),
    settled_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it was bought or refused.", example: "2026-11-22T09:14:06.418Z" }),
  })
  .meta({ id: "PurchaseOrder", description: "One intent to buy one number." });

export const updatePhoneNumberBody = z
  .strictObject({
    locked: z.boolean().optional().meta({
      description: "`true`: it cannot be released. Setting it to `false` takes `phone_numbers:release`.",
      example: true,
    }),
    outbound_shareable: z
      .boolean()
      .optional()
      .meta({ description: "Whether other agents may call from it.", example: true }),
    label: label.nullable().optional().meta({ description: "A name of your own, or null for none." }),
  })
  .refine((body) => Object.keys(body).length > 0, "Send outbound_shareable, label or locked.")
  .meta({ id: "UpdatePhoneNumber" });

/** Body of `PUT /core/phone-numbers/{phone_number}/slots/{direction}`. */
export const assignSlotBody = z
  .strictObject({
    agent_id: agentId.max(40),
    version: versionWish,
    replace: z
      .boolean()
      .default(false)
      .meta({ description: "Needed to take a slot from another agent.", example: true }),
  })
  .meta({ id: "AssignSlot" });

export type PhoneNumber = z.infer<typeof phoneNumber>;
export type PhoneNumberPage = z.infer<typeof phoneNumberPage>;
export type ListPhoneNumbersQuery = z.output<typeof listPhoneNumbersQuery>;
export type SearchNumbersQuery = z.output<typeof searchNumbersQuery>;
export type AvailableNumber = z.infer<typeof availableNumber>;
export type SearchResult = z.infer<typeof searchResult>;
export type SearchAlternative = z.infer<typeof searchAlternative>;
export type PurchaseNumberBody = z.output<typeof purchaseNumberBody>;
export type PurchasePlan = z.infer<typeof purchasePlan>;
export type PurchaseOrder = z.infer<typeof purchaseOrder>;
export type RegisterNumberBody = z.output<typeof registerNumberBody>;
export type UpdatePhoneNumberBody = z.output<typeof updatePhoneNumberBody>;
export type ReleasePlan = z.infer<typeof releasePlan>;
export type Slot = z.infer<typeof slot>;
export type SlotWish = z.output<typeof slotWish>;
export type Direction = z.infer<typeof direction>;
export type NumberType = z.infer<typeof numberType>;
export type NumberStatus = z.infer<typeof numberStatus>;
export type NumberSort = z.infer<typeof numberSort>;
export type CostInformation = z.infer<typeof costInformation>;
export type Money = z.infer<typeof money>;
