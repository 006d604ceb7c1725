import { z } from "zod";
import { createAgent, createVersion, getAgent, listAgents, listVersions, publishVersion } from "../../agents";
import {
  agent,
  agentPage,
  agentVersion,
  agentVersionPage,
  createAgentBody,
  createVersionBody,
  listAgentsQuery,
  listVersionsQuery,
  publishVersionBody,
  versionParam,
} from "../../agents/schema";
import { findAudited } from "../../audit";
import { phoneNumberPage } from "../../phone-numbers/schema";
import { endpoint, noQuery } from "../endpoint";

const agentId = z.strictObject({ agent_id: z.string().max(40) });
const version = z.strictObject({ ...agentId.shape, version: versionParam });

export const agentEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/agents",
    operationId: "listAgents",
    tag: "Agents",
    summary: "List agents",
    access: ["agents:read"],
    params: noQuery,
    query: listAgentsQuery,
    responses: { 200: agentPage },
    errors: [],
    handle: async ({ ctx, query }) => ({ body: await listAgents(ctx, query) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents",
    operationId: "createAgent",
    tag: "Agents",
    summary: "Create an agent",
    access: ["agents:manage"],
    params: noQuery,
    query: noQuery,
    body: createAgentBody,
    responses: { 201: agent },
    errors: [],
    handle: async ({ ctx, body }) => ({ status: 201, body: await createAgent(ctx, body) }),
    findEarlier: async (ctx, requestId) => {
      const id = await findAudited(ctx, requestId, "agent.created");
      return id === null ? null : { answer: { status: 201, body: await getAgent(ctx, id) } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}",
    operationId: "getAgent",
    tag: "Agents",
    summary: "Get an agent",
    access: ["agents:read"],
    params: agentId,
    query: noQuery,
    responses: { 200: agent },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => ({ body: await getAgent(ctx, params.agent_id) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}/versions",
    operationId: "listVersions",
    tag: "Agents",
    summary: "List the versions of an agent",
    access: ["agents:read"],
    params: agentId,
    query: listVersionsQuery,
    responses: { 200: agentVersionPage },
    errors: ["not_found"],
    handle: async ({ ctx, params, query }) => ({ body: await listVersions(ctx, params.agent_id, query) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents/{agent_id}/versions",
    operationId: "createVersion",
    tag: "Agents",
    summary: "Create a draft version",
    access: ["agents:manage"],
    params: agentId,
    query: noQuery,
    body: createVersionBody,
    responses: { 201: agentVersion },
    errors: ["not_found"],
    handle: async ({ ctx, params, body }) => ({
      status: 201,
      body: await createVersion(ctx, params.agent_id, body),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents/{agent_id}/versions/{version}/publish",
    operationId: "publishVersion",
    tag: "Agents",
    summary: "Publish a version, and assign it to numbers",
    access: ["agents:manage"],
    params: version,
    query: noQuery,
    body: publishVersionBody,
    responses: { 200: phoneNumberPage },
    errors: ["not_found", "number_not_active"],
    handle: async ({ ctx, params, body }) => ({
      body: { data: await publishVersion(ctx, params.agent_id, params.version, body), next_cursor: null },
    }),
  }),
] as const;
