import { z } from "zod";
import { direction, e164, versionInPath, versionNumber } from "../phone-numbers/schema";

const endpointForms = {
  sip: { pattern: /^sips?:[^\s@]+@[^\s@]+$/i, hint: "A SIP address looks like sip:agent@example.com." },
  websocket: {
    pattern: /^wss:\/\/[^\s?#]+$/i,
    hint: "A media stream address starts with wss:// and has no query string.",
  },
  webhook: { pattern: /^https:\/\/\S+$/i, hint: "A webhook address starts with https://." },
} as const;

/** Where calls of a version go. A media stream takes no query string: the carrier drops it. */
export const agentEndpoint = z
  .strictObject({ type: z.enum(["sip", "websocket", "webhook"]), url: z.string().trim().min(1).max(500) })
  .superRefine(({ type, url }, context) => {
    const form = endpointForms[type];
    if (!form.pattern.test(url)) context.addIssue({ code: "custom", path: ["url"], message: form.hint });
  });

export const agentConfig = z.strictObject({ endpoint: agentEndpoint });

const name = z.string().trim().min(1, "Give the agent a name.").max(80, "A name has at most 80 characters.");

export const createAgentBody = z.strictObject({
  name,
  description: z.string().trim().max(500).optional(),
});

export const agent = z.object({
  id: z.string().meta({ example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" }),
  name: z.string(),
  description: z.string().nullable(),
  active: z.boolean(),
  latest_version: z.number().int().nullable().meta({ description: "The newest published version." }),
  inbound_numbers: z.number().int(),
  outbound_numbers: z.number().int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});

export const agentVersion = z.object({
  id: z.string(),
  agent_id: z.string(),
  version: z.number().int(),
  config: agentConfig,
  published: z.boolean(),
  published_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});

export const listAgentsQuery = z.strictObject({
  name: z.string().trim().max(80).optional(),
  active: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const listVersionsQuery = z.strictObject({
  published: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const agentPage = z.object({ data: z.array(agent), next_cursor: z.string().nullable() });
export const agentVersionPage = z.object({ data: z.array(agentVersion), next_cursor: z.string().nullable() });

/** Body of `POST /core/agents/{agent_id}/versions`: exactly one of the two. */
export const createVersionBody = z
  .strictObject({
    config: agentConfig.optional(),
    base_version: versionNumber.optional(),
  })
  .refine(
    (body) => (body.config === undefined) !== (body.base_version === undefined),
    "Send either config or base_version.",
  );

export const versionParam = z.union([z.literal("latest"), versionInPath]);

const numbers = z.array(e164).min(1).max(200);

/** Body of `POST /core/agents/{agent_id}/versions/{version}/publish`. */
export const publishVersionBody = z.strictObject({
  phone_numbers: numbers.optional().meta({ description: "Numbers to assign this version to." }),
  unassign_phone_numbers: numbers.optional().meta({ description: "Numbers to clear this agent from." }),
  direction: z.union([direction, z.literal("both")]).default("inbound"),
});

export type Agent = z.infer<typeof agent>;
export type AgentPage = z.infer<typeof agentPage>;
export type AgentVersion = z.infer<typeof agentVersion>;
export type AgentVersionPage = z.infer<typeof agentVersionPage>;
export type AgentConfig = z.infer<typeof agentConfig>;
export type CreateAgentBody = z.output<typeof createAgentBody>;
export type CreateVersionBody = z.output<typeof createVersionBody>;
export type PublishVersionBody = z.output<typeof publishVersionBody>;
export type ListAgentsQuery = z.output<typeof listAgentsQuery>;
export type ListVersionsQuery = z.output<typeof listVersionsQuery>;
