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
import { phoneNumberPage } from "../../phone-numbers/schema";
import { endpoint, noQuery } from "../endpoint";

const agentId = z.strictObject({ agent_id: z.string().max(40) });
const version = z.strictObject({ ...agentId.shape, version: versionParam });

export const agentEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/agents",
    summary: "List agents",
    scopes: ["agents:read"],
    params: noQuery,
    query: listAgentsQuery,
    response: agentPage,
    handle: async ({ ctx, query }) => ({ body: await listAgents(ctx, query) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents",
    summary: "Create an agent",
    scopes: ["agents:manage"],
    params: noQuery,
    query: noQuery,
    body: createAgentBody,
    response: agent,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createAgent(ctx, body) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}",
    summary: "Get an agent",
    scopes: ["agents:read"],
    params: agentId,
    query: noQuery,
    response: agent,
    handle: async ({ ctx, params }) => ({ body: await getAgent(ctx, params.agent_id) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}/versions",
    summary: "List the versions of an agent",
    scopes: ["agents:read"],
    params: agentId,
    query: listVersionsQuery,
    response: agentVersionPage,
    handle: async ({ ctx, params, query }) => ({ body: await listVersions(ctx, params.agent_id, query) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents/{agent_id}/versions",
    summary: "Create a draft version",
    scopes: ["agents:manage"],
    params: agentId,
    query: noQuery,
    body: createVersionBody,
    response: agentVersion,
    handle: async ({ ctx, params, body }) => ({
      status: 201,
      body: await createVersion(ctx, params.agent_id, body),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents/{agent_id}/versions/{version}/publish",
    summary: "Publish a version, and assign it to numbers",
    scopes: ["agents:manage"],
    params: version,
    query: noQuery,
    body: publishVersionBody,
    response: phoneNumberPage,
    handle: async ({ ctx, params, body }) => ({
      body: { data: await publishVersion(ctx, params.agent_id, params.version, body), next_cursor: null },
    }),
  }),
] as const;
