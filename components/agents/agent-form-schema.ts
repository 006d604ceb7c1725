import { z } from "zod";
import { agentEndpoint, createAgentBody } from "@/lib/agents/schema";

/** An agent and where its first version sends calls, in one form. */
export const agentForm = createAgentBody.extend({ endpoint: agentEndpoint });

export const versionForm = z.strictObject({ endpoint: agentEndpoint });

export type AgentForm = z.infer<typeof agentForm>;
export type VersionForm = z.infer<typeof versionForm>;
