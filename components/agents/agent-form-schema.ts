import { z } from "zod";
import { agentBody, agentEndpoint } from "@/lib/agents/schema";

/** What people edit of an agent. An empty description is none. */
export const agentWords = agentBody.pick({ name: true }).extend({
  description: z.string().trim().max(500, "A description has at most 500 characters."),
});

/** An agent and where its first version sends calls, in one form. */
export const agentForm = agentWords.extend({ endpoint: agentEndpoint });

export const versionForm = z.strictObject({ endpoint: agentEndpoint });

export type AgentWords = z.infer<typeof agentWords>;
export type AgentForm = z.infer<typeof agentForm>;
export type VersionForm = z.infer<typeof versionForm>;
