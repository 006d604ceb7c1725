import { z } from "zod";
import {
  costInformation,
  countryCode,
  direction,
  e164,
  numberStatus,
  searchNumbersQuery,
} from "../../phone-numbers/schema";

/** Names and shapes of the compatible API; the rules of what they name are those of the native one. */

/** Programs write null where they have nothing to say. */
function orNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Paging by position, for query strings. */
const positions = {
  limit: z.coerce.number().int().min(1).max(100).default(50).meta({ description: "How many to list." }),
  offset: z.coerce.number().int().min(0).default(0).meta({ description: "How many to skip first." }),
};

const pagination = z
  .object({
    total: z.number().int().meta({ description: "How many there are in all.", example: 120 }),
    limit: z.number().int().meta({ description: "How many were asked for.", example: 50 }),
    offset: z.number().int().meta({ description: "How many were skipped.", example: 0 }),
    has_more: z.boolean().meta({ description: "Whether others follow.", example: true }),
  })
  .meta({ id: "PublicPagination" });

const numberId = z.string("Send the id of a number.").min(1, "Send the id of a number.").max(64).meta({
  description: "The number's id, or the number in E.164 form.",
  example: "num_1xSgOxHp7wgq7oD0cYf1Wt",
});

const agentId = z
  .string("Send the id of an agent.")
  .min(1, "Send the id of an agent.")
  .max(64)
  .meta({ description: "The agent's id.", example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" });

export const numberParams = z.strictObject({ number_id: numberId });
export const agentParams = z.strictObject({ agent_id: agentId });

const numberType = z
  .enum(["local", "toll-free", "mobile"])
  .meta({ description: "What kind of number it is.", example: "local" });

const country = z.string().meta({ description: "ISO 3166-1 alpha-2 country code.", example: "US" });
const createdAt = z.iso
  .datetime()
  .meta({ description: "When the record was made.", example: "2026-11-22T09:14:05.102Z" });

const features = z.array(z.enum(["voice", "sms", "mms"])).meta({
  description: "What the number can do.",
  example: ["voice", "sms"],
});

const { monthly_cost, upfront_cost, currency } = costInformation.shape;

/** Always an object, so that programs may read a field of it without looking first. */
const cost = z
  .object({
    monthly_cost: monthly_cost.nullable().meta({ description: "What a month costs.", example: "1.15" }),
    upfront_cost: upfront_cost
      .nullable()
      .meta({ description: "What the purchase itself costs.", example: "0.00" }),
    currency: currency.nullable().meta({ description: "ISO 4217 currency code.", example: "USD" }),
  })
  .meta({
    id: "PublicCostInformation",
    description: "Decimal strings; null, each of them, when the carrier publishes no price.",
  });

const publicPhoneNumber = z
  .object({
    id: z.string().meta({ example: "num_1xSgOxHp7wgq7oD0cYf1Wt" }),
    phone_number: e164,
    friendly_name: z.string().nullable().meta({ description: "Its label.", example: "Support line" }),
    status: numberStatus.meta({
      description:
        "`buying` and `checking` become `active` or `refused` by themselves, `releasing` becomes `released`.",
      example: "active",
    }),
    is_truedy_managed: z.boolean().meta({
      description: "True for a number bought here; false for one that was brought along.",
      example: true,
    }),
    provider_type: z.enum(["telnyx", "twilio", "custom_sip"]).nullable().meta({
      description: "How a number that was brought along is connected; null for one bought here.",
      example: null,
    }),
    phone_number_type: numberType,
    country_code: country,
    features,
    cost_information: cost,
    inbound_agent_id: z
      .string()
      .nullable()
      .meta({ description: "The agent that answers the number.", example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" }),
    outbound_agent_id: z
      .string()
      .nullable()
      .meta({ description: "The agent that calls from the number.", example: null }),
    created_at: createdAt,
    updated_at: z.iso.datetime().meta({
      description: "When an assignment of the number last changed.",
      example: "2026-11-22T09:20:41.730Z",
    }),
  })
  .meta({ id: "PublicPhoneNumber", description: "A number of the organization." });

export const listNumbersQuery = z.strictObject(positions);
export const numberList = z.object({ data: z.array(publicPhoneNumber), pagination });
export const numberAnswer = z.object({ data: publicPhoneNumber });

const ownCarrierKey = orNull(z.string().max(500)).meta({
  description:
    "A carrier key of your own. Not available yet: with it, the answer is 501 and nothing is done.",
});

/** Area codes are text in one of the documents this API follows, and an integer in another. */
const areaCode = z
  .union([z.string(), z.int()], "Write an area code like 415.")
  .transform(String)
  .pipe(searchNumbersQuery.shape.area_code.unwrap());

/** Body of `POST /telephony/numbers/search`. */
export const searchBody = z
  .strictObject({
    country_code: countryCode.default("US"),
    area_code: orNull(areaCode).meta({ description: "Area code, US and Canada only.", example: "415" }),
    administrative_area: orNull(searchNumbersQuery.shape.in_region.unwrap()).meta({
      description: "State or province, as its abbreviation.",
      example: "CA",
    }),
    locality: orNull(searchNumbersQuery.shape.in_locality.unwrap()).meta({
      description: "City.",
      example: "San Francisco",
    }),
    phone_number_type: z
      .enum(["local", "toll-free", "toll_free", "mobile"], "Use local, toll-free or mobile.")
      .default("local")
      .transform((type) => (type === "toll-free" ? "toll_free" : type))
      .meta({ description: "`toll_free` means the same as `toll-free`." }),
    page: z.int().min(1).default(1).meta({ description: "Which page of what was found." }),
    page_size: z.int().min(1).max(50).default(20).meta({ description: "Numbers to a page." }),
    api_key: ownCarrierKey,
  })
  .meta({ id: "PublicNumberSearch" });

const availableNumber = z
  .object({
    phone_number: e164,
    phone_number_type: numberType,
    country_code: country,
    features,
    cost_information: cost,
    region_information: z
      .array(
        z.object({
          region_type: z.enum(["country_code", "state", "location"]),
          region_name: z.string(),
        }),
      )
      .meta({
        description: "Where the number is at home, as far as the carrier tells.",
        example: [
          { region_type: "country_code", region_name: "US" },
          { region_type: "state", region_name: "CA" },
          { region_type: "location", region_name: "San Francisco" },
        ],
      }),
  })
  .meta({ id: "PublicAvailableNumber", description: "A number for sale; nothing is reserved by looking." });

export const searchAnswer = z.object({
  data: z.array(availableNumber),
  pagination: z
    .object({
      page: z.number().int().meta({ description: "Which page this is.", example: 1 }),
      page_size: z.number().int().meta({ description: "Numbers to a page.", example: 10 }),
      total_results: z
        .number()
        .int()
        .meta({ description: "At most 50, however many the carrier has.", example: 50 }),
      total_pages: z.number().int().meta({ description: "How many pages those fill.", example: 5 }),
      has_more: z.boolean().meta({ description: "Whether there is a page after this one.", example: true }),
    })
    .meta({ id: "PublicSearchPagination" }),
});

/** Body of `POST /telephony/numbers/purchase`. */
export const purchaseBody = z
  .strictObject({ phone_number: e164, api_key: ownCarrierKey })
  .meta({ id: "PublicPurchase" });

const imported = {
  phone_number: e164,
  friendly_name: orNull(z.string().trim().max(80, "A label has at most 80 characters.")).meta({
    description: "A label for it.",
  }),
};

const twilioSentence = "Send account_sid and auth_token of your Twilio account, or an api_key.";
const credential = (sentence: string) =>
  z.string(sentence).min(1, sentence).max(500).meta({ description: sentence });
const twilioCredential = orNull(z.string().max(500)).meta({ description: twilioSentence });

/** Body of `POST /telephony/numbers/import`; each provider asks for credentials of its own. */
export const importBody = z
  .discriminatedUnion(
    "provider_type",
    [
      z.strictObject({
        ...imported,
        provider_type: z.literal("telnyx"),
        api_key: credential("Send api_key, the key of your Telnyx account."),
      }),
      z
        .strictObject({
          ...imported,
          provider_type: z.literal("twilio"),
          api_key: twilioCredential,
          account_sid: twilioCredential,
          auth_token: twilioCredential,
        })
        .superRefine(requireTwilioCredentials),
      z.strictObject({
        ...imported,
        provider_type: z.literal("custom_sip"),
        sip_username: credential("Send sip_username, as your SIP server knows it."),
        sip_password: credential("Send sip_password, as your SIP server knows it."),
        sip_server: credential("Send sip_server, the host of your SIP server."),
      }),
    ],
    "Use telnyx, twilio or custom_sip.",
  )
  .meta({ id: "PublicImport" });

/** Twilio knows its callers by account and token, or by a key alone. */
function requireTwilioCredentials(
  body: { api_key?: string | undefined; account_sid?: string | undefined; auth_token?: string | undefined },
  context: z.RefinementCtx,
): void {
  if (body.api_key || (body.account_sid && body.auth_token)) return;
  const path = body.account_sid ? "auth_token" : "account_sid";
  context.addIssue({ code: "custom", path: [path], message: twilioSentence });
}

const assignmentType = z.enum(direction.options, "Use inbound or outbound.").meta({
  description: "`inbound`: the agent answers the number. `outbound`: it calls from the number.",
});

/** Body of `POST /telephony/numbers/assign`. */
export const assignBody = z
  .strictObject({ number_id: numberId, agent_id: agentId, assignment_type: assignmentType })
  .meta({ id: "PublicAssignment" });

/** Body of `POST /telephony/numbers/unassign`. */
export const unassignBody = z
  .strictObject({ number_id: numberId, assignment_type: assignmentType })
  .meta({ id: "PublicUnassignment" });

const heldBy = z.string().meta({ description: "The agent.", example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" });
const changedAt = z.iso.datetime().meta({
  description: "When an assignment of the number last changed.",
  example: "2026-11-22T09:20:41.730Z",
});

export const assignAnswer = z.object({
  data: z
    .object({
      number: publicPhoneNumber,
      agent_id: heldBy,
      assignment_type: direction,
      assigned_at: changedAt,
    })
    .meta({ id: "PublicAssigned" }),
});

export const unassignAnswer = z.object({
  data: z
    .object({
      number: publicPhoneNumber,
      agent_id: z.null().meta({ description: "Always null." }),
      assignment_type: direction,
      unassigned_at: changedAt,
    })
    .meta({ id: "PublicUnassigned" }),
});

export const releaseQuery = z.strictObject({
  unassign: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional()
    .meta({ description: "Take the number from its agents first; without it a number in use is refused." }),
});

export const agentNumbers = z.object({
  data: z
    .object({
      agent_id: heldBy,
      inbound: z.array(publicPhoneNumber).meta({ description: "The numbers it answers." }),
      outbound: z.array(publicPhoneNumber).meta({ description: "The numbers it calls from." }),
    })
    .meta({ id: "PublicAgentNumbers" }),
});

export const agentWebhook = z.object({
  data: z
    .object({
      agent_id: heldBy,
      webhook_url: z.url().meta({
        description: "What to enter at the carrier.",
        example: "https://desk.example.com/hooks/agents/agt_1xSgOxHp7wgq7oD0cYf1Wt",
      }),
    })
    .meta({ id: "PublicAgentWebhook" }),
});

export const listAgentsQuery = z.strictObject({
  status: z
    .enum(["active", "draft", "creating", "failed"], "Use active, draft, creating or failed.")
    .optional()
    .meta({ description: "No agent is ever `creating` or `failed` here." }),
  name: z.string().trim().max(80).optional().meta({ description: "Part of the name, in any case." }),
  ...positions,
});

const heldNumbers = z.array(
  z
    .object({ id: z.string().meta({ example: "num_1xSgOxHp7wgq7oD0cYf1Wt" }), phone_number: e164 })
    .meta({ id: "PublicHeldNumber" }),
);

const publicAgent = z
  .object({
    id: z.string().meta({ example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" }),
    name: z.string().meta({ example: "Anna" }),
    description: z.string().nullable().meta({ description: "What it is for.", example: "Front desk" }),
    status: z.enum(["active", "draft"]).meta({
      description: "`active`: it has a published version and is switched on.",
      example: "active",
    }),
    inbound_phone_numbers: heldNumbers.optional().meta({
      description: "The numbers it answers; left out for a key that may not read phone numbers.",
    }),
    outbound_phone_numbers: heldNumbers.optional().meta({
      description: "The numbers it calls from; left out for a key that may not read phone numbers.",
    }),
    created_at: createdAt,
    updated_at: z.iso
      .datetime()
      .meta({ description: "When it was last edited.", example: "2026-11-22T09:20:41.730Z" }),
  })
  .meta({ id: "PublicAgent", description: "An agent of the organization." });

export const agentList = z.object({ data: z.array(publicAgent), pagination });

export type PublicPhoneNumber = z.infer<typeof publicPhoneNumber>;
export type PublicAvailableNumber = z.infer<typeof availableNumber>;
export type PublicAgent = z.infer<typeof publicAgent>;
export type Pagination = z.infer<typeof pagination>;
export type SearchBody = z.output<typeof searchBody>;
export type SearchAnswer = z.infer<typeof searchAnswer>;
