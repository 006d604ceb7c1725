import { z } from "zod";
import { listAgents } from "../agents";
import { type Agent, agentPage, listAgentsQuery } from "../agents/schema";
import { readsOnly, tool } from "./tool";
import { describePage } from "./words";

const listAgentsTool = tool({
  name: "list_agents",
  title: "List agents",
  description:
    "Lists the voice agents of the organization with their ids, newest published version and how many numbers they hold. Use it to find the agent_id other tools take.",
  access: [["agents:read"]],
  annotations: readsOnly,
  input: listAgentsQuery.pick({ name: true, cursor: true }).extend({
    active: z.boolean().optional().meta({ description: "Whether the agent is in service." }),
    limit: z.number().int().min(1).max(200).default(50).meta({ description: "Agents to a page." }),
  }),
  output: agentPage,
  async run(ctx, input) {
    const page = await listAgents(ctx, input);
    return { facts: page, text: describePage(page.data.map(describeAgent), page.next_cursor) };
  },
});

function describeAgent({
  id,
  name,
  active,
  latest_version,
  inbound_numbers,
  outbound_numbers,
}: Agent): string {
  return [
    `${name} (${id})`,
    active ? "in service" : "not in service",
    latest_version === null ? "no published version" : `version ${latest_version}`,
    `answers ${inbound_numbers}, calls from ${outbound_numbers}`,
  ].join(" · ");
}

export const agentTools = [listAgentsTool];
