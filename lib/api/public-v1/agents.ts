import { getAgent, listAgentsByOffset } from "../../agents";
import { AppError } from "../../errors";
import { listNumbersOfAgent } from "../../phone-numbers";
import { noQuery, publicEndpoint } from "../endpoint";
import { agentList, agentNumbers, agentParams, agentWebhook, listAgentsQuery } from "./schema";
import { toPagination, toPublicAgent, toPublicNumber } from "./serialize";

export const publicAgentEndpoints = [
  publicEndpoint({
    method: "GET",
    path: "/api/public/v1/telephony/agents/{agent_id}/numbers",
    operationId: "listTelephonyNumbersOfAgent",
    tag: "Telephony",
    summary: "List the numbers of an agent",
    description: "All it answers and all it calls from, newest first. A number may be in both lists.",
    access: ["phone_numbers:read"],
    params: agentParams,
    query: noQuery,
    responses: { 200: agentNumbers },
    errors: ["not_found"],
    handle: async ({ ctx, params: { agent_id } }) => {
      const { inbound, outbound } = await listNumbersOfAgent(ctx, agent_id);
      return {
        body: {
          data: { agent_id, inbound: inbound.map(toPublicNumber), outbound: outbound.map(toPublicNumber) },
        },
      };
    },
  }),
  publicEndpoint({
    method: "GET",
    path: "/api/public/v1/telephony/agents/{agent_id}/webhook-url",
    operationId: "getTelephonyAgentWebhookUrl",
    tag: "Telephony",
    summary: "Get the address a carrier of your own calls for an agent",
    description:
      "Not available yet: for an agent of yours the answer is 501. Numbers bought here need no such address.",
    access: ["agents:read"],
    params: agentParams,
    query: noQuery,
    responses: { 200: agentWebhook },
    errors: ["not_found", "not_implemented"],
    handle: async ({ ctx, params }) => {
      await getAgent(ctx, params.agent_id);
      throw new AppError("not_implemented", "Agents have no webhook address of their own yet.");
    },
  }),
  publicEndpoint({
    method: "GET",
    path: "/api/public/v1/agents",
    operationId: "listTelephonyAgents",
    tag: "Agents",
    summary: "List agents with their numbers",
    description: "Newest first, each with the numbers it answers and calls from.",
    access: ["agents:read"],
    params: noQuery,
    query: listAgentsQuery,
    responses: { 200: agentList },
    errors: [],
    handle: async ({ ctx, query: { status, ...query } }) => {
      const never = status === "creating" || status === "failed";
      const { agents, total } = never
        ? { agents: [], total: 0 }
        : await listAgentsByOffset(ctx, { ...query, ready: status && status === "active" });
      return {
        body: {
          data: agents.map(toPublicAgent),
          pagination: toPagination(query, { shown: agents.length, total }),
        },
      };
    },
  }),
] as const;
