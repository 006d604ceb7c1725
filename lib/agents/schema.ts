import { z } from "zod";
import {
  booleanParam,
  direction,
  e164,
  moment,
  phoneNumber,
  versionInPath,
  versionNumber,
} from "../phone-numbers/schema";

/** One kind of address. The scheme is written out in both cases: JSON Schema has no flag for that. */
function endpointOf<T extends string>(type: T, form: RegExp, hint: string, example: string) {
  const url = z.string().trim().max(500, "An address has at most 500 characters.").regex(form, hint);
  return z.strictObject({ type: z.literal(type), url: url.meta({ description: hint, example }) });
}

/** Where calls of a version go. A media stream takes no query string: the carrier drops it. */
export const agentEndpoint = z
  .discriminatedUnion("type", [
    endpointOf(
      "sip",
      /^[sS][iI][pP][sS]?:[^\s@]+@[^\s@]+$/,
      "A SIP address looks like sip:agent@example.com.",
      "sip:anna@agents.example.com",
    ),
    endpointOf(
      "websocket",
      /^[wW][sS][sS]:\/\/[^\s?#]+$/,
      "A media stream address starts with wss:// and has no query string.",
      "wss://agents.example.com/stream",
    ),
    endpointOf(
      "webhook",
      /^[hH][tT][tT][pP][sS]:\/\/\S+$/,
      "A webhook address starts with https://.",
      "https://agents.example.com/voice",
    ),
  ])
  .meta({ id: "AgentEndpoint", description: "Where the calls of a version go." });

export const agentConfig = z
  .strictObject({ endpoint: agentEndpoint })
  .meta({ id: "AgentConfig", description: "What a version does. A published version never changes." });

const name = z
  .string()
  .trim()
  .min(1, "Give the agent a name.")
  .max(80, "A name has at most 80 characters.")
  .meta({ example: "Anna" });

const description = z
  .string()
  .trim()
  .max(500, "A description has at most 500 characters.")
  .nullable()
  .transform((text) => text || null);

const metadataDepth = 8;
const metadataLength = 16_000;

const metadata = z
  .record(z.string(), z.unknown(), "Metadata is a JSON object.")
  .refine(
    (fields) => fits(fields, metadataDepth) && JSON.stringify(fields).length <= metadataLength,
    "Metadata is text, numbers and the like, nested at most 8 deep, with at most 16,000 characters as JSON.",
  )
  .meta({
    description: "Whatever you want to keep with the agent, and filter agents by.",
    example: { team: "support" },
  });

/** Whether the database can hold it: no endless nesting, no text with a NUL or half of a surrogate pair, no 1e999. */
function fits(value: unknown, levels: number): boolean {
  if (typeof value === "string") return !/[\0\p{Surrogate}]/u.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.entries(value).every(([key, part]) => fits(key, 0) && fits(part, levels - 1));
}

/** Body of `POST /core/agents` and of `PUT /core/agents/{agent_id}`. */
export const agentBody = z
  .strictObject({
    name,
    description: description.default(null).meta({ example: "Answers the support line" }),
    active: z.boolean().default(true).meta({
      description: "Whether the agent is in service. Switching it off leaves its slots as they are.",
    }),
    is_demo: z.boolean().default(false).meta({ description: "Marks agents made for showing around." }),
    metadata: metadata.default({}),
  })
  .meta({ id: "AgentFields", description: "What an agent is made of; what is left out gets its default." });

const moments = {
  created: z.iso.datetime().meta({ description: "When it was made.", example: "2026-11-22T09:14:05.102Z" }),
  updated: z.iso
    .datetime()
    .meta({ description: "When it last changed.", example: "2026-11-22T09:20:41.730Z" }),
};

const revision = z
  .number()
  .int()
  .meta({ description: "Rises with every edit; send it as If-Match.", example: 1 });

export const agent = z
  .object({
    id: z.string().meta({ example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" }),
    name,
    description: z
      .string()
      .nullable()
      .meta({ description: "What it is for, or null.", example: "Answers the support line" }),
    active: z.boolean().meta({ description: "Whether the agent is in service.", example: true }),
    is_demo: z.boolean().meta({ description: "Whether it was made for showing around.", example: false }),
    metadata: z
      .record(z.string(), z.unknown())
      .meta({ description: "What you keep with it.", example: { team: "support" } }),
    latest_version: z
      .number()
      .int()
      .nullable()
      .meta({ description: "The newest published version; null before the first.", example: 3 }),
    inbound_numbers: z.number().int().meta({ description: "How many numbers it answers.", example: 2 }),
    outbound_numbers: z.number().int().meta({ description: "How many numbers it calls from.", example: 1 }),
    created_at: moments.created,
    updated_at: moments.updated,
    revision,
  })
  .meta({ id: "Agent", description: "Who answers calls, and who makes them." });

export const agentVersion = z
  .object({
    id: z.string().meta({ example: "ver_1xSgOxHp7wgq7oD0cYf1Wt" }),
    agent_id: z.string().meta({ example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" }),
    version: z.number().int().meta({ description: "Counted from 1 for each agent.", example: 3 }),
    config: agentConfig,
    published: z.boolean().meta({ description: "False for a draft. Only published versions take calls." }),
    published_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it was published; null for a draft.", example: "2026-11-22T09:20:41.730Z" }),
    created_at: moments.created,
    updated_at: moments.updated,
    revision,
  })
  .meta({ id: "AgentVersion", description: "A draft, or what was published and never changes." });

/** How many of each an agent is shown with. */
export const shownVersions = 20;
export const shownNumbers = 50;

/** One agent with what is newest of it. */
export const agentDetail = agent
  .extend({
    versions: z
      .array(agentVersion)
      .meta({ description: `The newest ${shownVersions}, drafts included, highest first.` }),
    phone_numbers: z
      .array(phoneNumber)
      .nullable()
      .meta({
        description: `The newest ${shownNumbers} numbers with this agent in a slot; null for a caller without \`phone_numbers:read\`.`,
      }),
  })
  .meta({ id: "AgentDetail", description: "An agent with what is newest of it." });

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .meta({ description: "How many to a page.", example: 20 });
const cursor = z.string().max(500).optional().meta({ description: "`next_cursor` of the page before." });
const nextCursor = z.string().nullable().meta({
  description: "What to send as `cursor` for the page after this one; null on the last page.",
  example: null,
});

const inTime = {
  created_after: moment.optional().meta({ description: "Made later than this." }),
  created_before: moment.optional().meta({ description: "Made earlier than this." }),
  updated_after: moment.optional().meta({ description: "Changed later than this." }),
  updated_before: moment.optional().meta({ description: "Not changed since this." }),
};

/** Metadata written into an address. */
const metadataParam = z
  .string()
  .max(2000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: 'Write a JSON object, like {"team":"support"}.' });
      return z.NEVER;
    }
  })
  .pipe(metadata);

export const listAgentsQuery = z.strictObject({
  name: z.string().trim().max(80).optional().meta({ description: "Part of a name." }),
  active: booleanParam.optional().meta({ description: "Whether it is in service." }),
  is_demo: booleanParam.optional().meta({ description: "Whether it was made for showing around." }),
  metadata: metadataParam.optional().meta({
    description: "A JSON object; agents whose metadata contains all of it.",
    example: '{"team":"support"}',
  }),
  ...inTime,
  limit,
  cursor,
});

export const listVersionsQuery = z.strictObject({
  version: versionInPath.optional().meta({ description: "This version only." }),
  published: booleanParam.optional().meta({ description: "Published versions only, or drafts only." }),
  ...inTime,
  limit,
  cursor,
});

export const agentPage = z
  .object({ data: z.array(agent), next_cursor: nextCursor })
  .meta({ id: "AgentPage" });
export const agentVersionPage = z
  .object({ data: z.array(agentVersion), next_cursor: nextCursor })
  .meta({ id: "AgentVersionPage" });

/** Body of `POST /core/agents/{agent_id}/versions`: exactly one of the two. */
export const createVersionBody = z
  .strictObject({
    config: agentConfig.optional(),
    base_version: versionNumber.optional().meta({ description: "The version to copy.", example: 2 }),
  })
  .refine(
    (body) => (body.config === undefined) !== (body.base_version === undefined),
    "Send either config or base_version.",
  )
  .meta({ id: "CreateVersion", description: "Exactly one of the two." });

/** Body of `PUT /core/agents/{agent_id}/versions/{version}`. */
export const updateVersionBody = z.strictObject({ config: agentConfig }).meta({ id: "UpdateVersion" });

export const versionParam = z.union([z.literal("latest"), versionInPath]).meta({
  description: "A version's number, or `latest` for the newest one, draft or not.",
  example: "latest",
});

const comparedVersion = z
  .union([z.literal("latest"), versionNumber])
  .meta({ description: "A version's number, or `latest`." });

/** Body of `POST /core/agents/{agent_id}/versions/compare`. */
export const compareVersionsBody = z
  .strictObject({
    from_version: comparedVersion,
    to_version: comparedVersion,
  })
  .meta({ id: "CompareVersions" });

const numbers = z.array(e164).min(1).max(200);

/** Body of `POST /core/agents/{agent_id}/versions/{version}/publish`. */
export const publishVersionBody = z
  .strictObject({
    phone_numbers: numbers.optional().meta({ description: "Numbers to assign this version to." }),
    unassign_phone_numbers: numbers.optional().meta({ description: "Numbers to clear this agent from." }),
    direction: z
      .union([direction, z.literal("both")])
      .default("inbound")
      .meta({ description: "The slots that are filled and cleared." }),
  })
  .meta({ id: "PublishVersion" });

export type Agent = z.infer<typeof agent>;
export type AgentDetail = z.infer<typeof agentDetail>;
export type AgentPage = z.infer<typeof agentPage>;
export type AgentVersion = z.infer<typeof agentVersion>;
export type AgentVersionPage = z.infer<typeof agentVersionPage>;
export type AgentConfig = z.infer<typeof agentConfig>;
export type AgentBody = z.output<typeof agentBody>;
export type CreateVersionBody = z.output<typeof createVersionBody>;
export type CompareVersionsBody = z.output<typeof compareVersionsBody>;
export type PublishVersionBody = z.output<typeof publishVersionBody>;
export type ListAgentsQuery = z.output<typeof listAgentsQuery>;
export type ListVersionsQuery = z.output<typeof listVersionsQuery>;
