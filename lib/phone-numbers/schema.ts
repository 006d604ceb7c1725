import { z } from "zod";

/** E.164: a plus, a country code that does not start with 0, at most 15 digits (ITU-T E.164). */
export const e164 = z
  .string()
  .regex(
    /^\+[1-9]\d{6,14}$/,
    "Write the number in E.164 form: a plus, the country code and the digits, like +14155550123.",
  )
  .meta({ description: "A phone number in E.164 form.", example: "+14155550123" });

export const numberType = z.enum(["local", "toll_free", "mobile"]);
export const direction = z.enum(["inbound", "outbound"]);

/** What a number is doing, in the words the dashboard shows. */
export const numberStatus = z.enum([
  "buying",
  "checking",
  "needs_documents",
  "active",
  "held",
  "releasing",
  "released",
  "refused",
  "quarantined",
  "gone",
]);

export const countryCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, "Use a two-letter country code, like US or GB.")
  .meta({ description: "ISO 3166-1 alpha-2 country code.", example: "US" });

const decimal = z.string().regex(/^\d+(\.\d{1,4})?$/, "Write an amount like 1.15.");

export const money = z.object({
  amount: decimal.meta({ example: "1.15" }),
  currency: z.string().length(3).meta({ example: "USD" }),
});

export const costInformation = z.object({
  monthly_cost: decimal.meta({ example: "1.15" }),
  upfront_cost: decimal.meta({ example: "0.00" }),
  currency: z.string().length(3).meta({ example: "USD" }),
});

const capabilities = z.object({ voice: z.boolean(), sms: z.boolean(), mms: z.boolean() });

/** A filled slot. `version` is the version that answers now; it moves by itself when `follows_latest`. */
export const slot = z.object({
  agent_id: z.string(),
  agent_name: z.string(),
  version: z.number().int(),
  agent_version_id: z.string(),
  follows_latest: z.boolean(),
});

/** The number as people write it. */
const formatted = z.object({
  international: z.string().meta({ example: "+1 415 555 0123" }),
  national: z.string().meta({ example: "(415) 555-0123" }),
});

export const phoneNumber = z.object({
  id: z.string().meta({ example: "num_1xSgOxHp7wgq7oD0cYf1Wt" }),
  phone_number: e164,
  formatted,
  country_code: z.string(),
  phone_number_type: numberType,
  region: z.string().nullable(),
  locality: z.string().nullable(),
  capabilities,
  label: z.string().nullable(),
  status: numberStatus,
  source: z.enum(["managed", "imported", "byoc"]),
  inbound: slot.nullable(),
  outbound: slot.nullable(),
  inbound_agent_version_id: z.string().nullable(),
  outbound_agent_version_id: z.string().nullable(),
  outbound_shareable: z.boolean(),
  trunk_id: z.string(),
  managed_account_id: z.string().nullable(),
  /** Null when the carrier publishes no price for this kind of number. */
  cost_information: costInformation.nullable(),
  /** The day the next month is charged, UTC; null unless the number is ours. */
  renews_on: z.iso.date().nullable(),
  purchase_order_id: z.string().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime().meta({ description: "When a slot last changed." }),
  purchased_at: z.iso.datetime().nullable(),
  released_at: z.iso.datetime().nullable(),
  version: z.number().int().meta({ description: "Rises with every edit; send it as If-Match." }),
});

/** Versions count from 1 and are stored in 32 bits. */
const highestVersion = 2_147_483_647;
export const versionNumber = z.number().int().positive().max(highestVersion);
export const versionInPath = z.coerce.number().int().positive().max(highestVersion);

/** A moment the database can hold too: it knows no year 0. */
const moment = z.iso
  .datetime({ offset: true })
  .refine((text) => !text.startsWith("0000"), "There is no year 0; write a date like 2026-01-31T00:00:00Z.");

const booleanParam = z.enum(["true", "false"]).transform((value) => value === "true");

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

/** Query of `GET /core/phone-numbers`. Without `status`, every number that counts against the limit. */
export const listPhoneNumbersQuery = z.strictObject({
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({ description: "Free text over number, label and agent name." }),
  phone_number: z.string().trim().max(16).optional().meta({ description: "Part of a number." }),
  status: z
    .string()
    .transform((value) => value.split(","))
    .pipe(z.array(numberStatus))
    .optional()
    .meta({ description: "One or more statuses, separated by commas.", example: "active,checking" }),
  assigned: booleanParam.optional(),
  outbound_shareable: booleanParam.optional(),
  agent_id: z.string().max(40).optional(),
  inbound_agent_id: z.string().max(40).optional(),
  outbound_agent_id: z.string().max(40).optional(),
  country_code: countryCode.optional(),
  phone_number_type: numberType.optional(),
  trunk_id: z.string().max(40).optional(),
  created_after: moment.optional(),
  created_before: moment.optional(),
  updated_after: moment.optional(),
  updated_before: moment.optional(),
  sort: numberSort.default("-created_at"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const phoneNumberPage = z.object({ data: z.array(phoneNumber), next_cursor: z.string().nullable() });

const areaCode = z
  .string()
  .regex(/^[2-9]\d{2}$/, "An area code has three digits and starts with 2 to 9, like 415.")
  .meta({ description: "Area code, US and Canada only.", example: "415" });

/** Query of `GET /core/managed-accounts/{managed_account_id}/search-numbers`. */
export const searchNumbersQuery = z.strictObject({
  country_code: countryCode.default("US"),
  phone_number_type: numberType.default("local"),
  area_code: areaCode.optional(),
  in_region: z.string().trim().max(40).optional(),
  in_locality: z.string().trim().max(80).optional(),
  in_postal_code: z.string().trim().max(12).optional(),
  contains: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{2,12}$/, "Use 2 to 12 digits or letters.")
    .optional()
    .meta({ description: "Digits or letters the number contains; letters stand for their keypad digits." }),
  match: z.enum(["anywhere", "start", "end"]).default("anywhere"),
  voice_enabled: booleanParam.optional(),
  sms_enabled: booleanParam.optional(),
  mms_enabled: booleanParam.optional(),
  no_paperwork: booleanParam.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

const addressRequirement = z.enum(["none", "any", "local", "foreign"]);

export const availableNumber = z.object({
  phone_number: e164,
  formatted,
  country_code: z.string(),
  phone_number_type: numberType,
  region: z.string().nullable(),
  locality: z.string().nullable(),
  postal_code: z.string().nullable(),
  capabilities,
  features: z.array(z.enum(["voice", "sms", "mms"])),
  /** Whether the carrier asks for a registered address, and where it must lie. */
  address_requirement: addressRequirement,
  cost_information: costInformation.nullable(),
});

/** A search near the one that found nothing, with the number of results it has (at least). */
export const searchAlternative = z.object({
  label: z.string(),
  query: z.record(z.string(), z.string()),
  results: z.number().int(),
});

export const searchResult = z.object({
  data: z.array(availableNumber),
  next_cursor: z.null(),
  /** Only when `data` is empty. */
  alternatives: z.array(searchAlternative),
});

export const slotWish = z.strictObject({
  agent_id: z.string().max(40),
  version: z.union([z.literal("latest"), versionNumber]).default("latest"),
});

const label = z.string().trim().max(80, "A label has at most 80 characters.");

/** Body of `POST /core/managed-accounts/{managed_account_id}/purchase-number`. */
export const purchaseNumberBody = z.strictObject({
  phone_number: e164,
  expected_monthly_cost: decimal.optional().meta({
    description: "What you were shown. The purchase is refused when the carrier now asks for more.",
  }),
  label: label.optional(),
  inbound: slotWish.optional(),
  outbound: slotWish.optional(),
});

export const dryRunQuery = z.strictObject({ dry_run: booleanParam.optional() });

/** What a purchase would do: the answer to `dry_run=true`. Nothing is written and nothing bought. */
export const purchasePlan = z.object({
  phone_number: e164,
  offer: availableNumber,
  first_charge: money.nullable(),
  monthly_cost: money.nullable(),
  renews_on: z.iso.date(),
  numbers_after: z.number().int(),
  number_limit: z.number().int(),
});

const problemNote = z.object({
  code: z.string(),
  detail: z.string(),
  carrier_code: z.string().nullable(),
});

/** One intent to buy one number. `checking`: the carrier's answer was lost and is being looked up. */
export const purchaseOrder = z.object({
  id: z.string(),
  phone_number: e164,
  phone_number_id: z.string(),
  managed_account_id: z.string(),
  status: z.enum(["buying", "checking", "bought", "refused"]),
  error: problemNote.nullable(),
  claimed_at: z.iso.datetime(),
  called_at: z.iso.datetime().nullable(),
  settled_at: z.iso.datetime().nullable(),
});

export const updatePhoneNumberBody = z
  .strictObject({
    outbound_shareable: z.boolean().optional(),
    label: label.nullable().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, "Send outbound_shareable, label or both.");

/** Body of `PUT /core/phone-numbers/{phone_number}/slots/{direction}`. */
export const assignSlotBody = z.strictObject({
  agent_id: z.string().max(40),
  version: z.union([z.literal("latest"), versionNumber]).default("latest"),
  replace: z.boolean().default(false).meta({ description: "Needed to take a slot from another agent." }),
});

export const releaseQuery = z.strictObject({
  unassign: booleanParam
    .optional()
    .meta({ description: "Empty both slots first; without it a number in use is refused." }),
  dry_run: booleanParam.optional(),
});

/** What a release would do: the answer to `dry_run=true`. */
export const releasePlan = z.object({
  phone_number: e164,
  inbound: slot.nullable(),
  outbound: slot.nullable(),
  monthly_saving: money.nullable(),
  paid_until: z.iso.date().nullable(),
  can_release: z.boolean(),
  reason: z.string().nullable(),
});

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
