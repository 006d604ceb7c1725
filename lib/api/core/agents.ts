import { z } from "zod";
import {
  compareVersions,
  createAgent,
  createVersion,
  deleteAgent,
  getAgent,
  getAgentConfigSchema,
  getVersion,
  getVersionById,
  listAgents,
  listVersions,
  publishVersion,
  updateAgent,
  updateVersion,
} from "../../agents";
import {
  agentBody,
  agentDetail,
  agentPage,
  agentVersion,
  agentVersionPage,
  compareVersionsBody,
  createVersionBody,
  listAgentsQuery,
  listVersionsQuery,
  publishVersionBody,
  updateVersionBody,
  versionParam,
} from "../../agents/schema";
import { findAudited } from "../../audit";
import { phoneNumberPage } from "../../phone-numbers/schema";
import { type Answer, endpoint, noContent, noQuery } from "../endpoint";

const agentId = z.strictObject({
  agent_id: z.string().max(40).meta({ description: "The agent.", example: "agt_1xSgOxHp7wgq7oD0cYf1Wt" }),
});
const version = z.strictObject({ ...agentId.shape, version: versionParam });

const config = { endpoint: { type: "sip", url: "sip:anna@agents.example.com" } };

function withETag<T extends { revision: number }>(body: T, status = 200): Answer<T> {
  return { status, body, headers: { ETag: `"${body.revision}"` } };
}

export const agentEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/agents",
    operationId: "listAgents",
    tag: "Agents",
    summary: "List agents",
    description: "Newest first. Filters narrow together.",
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
    description:
      "It has no version yet. Create one, publish it, and numbers can be assigned to the agent: only published versions take calls.",
    access: ["agents:manage"],
    params: noQuery,
    query: noQuery,
    body: agentBody,
    responses: { 201: agentDetail },
    errors: [],
    example: { name: "Anna", description: "Answers the support line", metadata: { team: "support" } },
    handle: async ({ ctx, body }) => withETag(await createAgent(ctx, body), 201),
    findEarlier: async (ctx, requestId) => {
      const id = await findAudited(ctx, requestId, "agent.created");
      return id === null ? null : { answer: withETag(await getAgent(ctx, id), 201) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}",
    operationId: "getAgent",
    tag: "Agents",
    summary: "Get an agent",
    description:
      "With its newest versions and the newest numbers it holds; the lists of versions and of numbers (by `agent_id`) have all of them. The ETag is the `revision` of the agent itself: publishing and assigning do not change it.",
    access: ["agents:read"],
    params: agentId,
    query: noQuery,
    responses: { 200: agentDetail },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => withETag(await getAgent(ctx, params.agent_id)),
  }),
  endpoint({
    method: "PUT",
    path: "/core/agents/{agent_id}",
    operationId: "updateAgent",
    tag: "Agents",
    summary: "Replace what an agent is made of",
    description:
      "What is left out gets its default: send all that shall stay. Versions and slots are left alone. Repeating it changes nothing.",
    access: ["agents:manage"],
    params: agentId,
    query: noQuery,
    body: agentBody,
    responses: { 200: agentDetail },
    ifMatch: true,
    errors: ["not_found", "stale_edit"],
    example: { name: "Anna", description: "Answers the sales line", active: true },
    handle: async ({ ctx, params, body, expectedVersion }) =>
      withETag(
        await updateAgent(ctx, {
          agentId: params.agent_id,
          fields: body,
          expectedRevision: expectedVersion,
        }),
      ),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/agents/{agent_id}",
    operationId: "deleteAgent",
    tag: "Agents",
    summary: "Delete an agent",
    description:
      "For good, with its versions; the history keeps it. Refused while the agent answers or calls from a number: unassign it there first.",
    access: ["agents:manage"],
    params: agentId,
    query: noQuery,
    responses: { 204: noContent },
    ifMatch: true,
    errors: ["not_found", "stale_edit", "agent_in_use"],
    handle: async ({ ctx, params, expectedVersion }) => {
      await deleteAgent(ctx, { agentId: params.agent_id, expectedRevision: expectedVersion });
      return { status: 204, body: undefined };
    },
    findEarlier: async (ctx, requestId) => {
      const id = await findAudited(ctx, requestId, "agent.deleted");
      return id === null ? null : { answer: { status: 204, body: undefined } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}/versions",
    operationId: "listVersions",
    tag: "Agents",
    summary: "List the versions of an agent",
    description: "Highest first, drafts included.",
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
    description:
      "The next version, from a config or as a copy of another one. It takes no calls until it is published.",
    access: ["agents:manage"],
    params: agentId,
    query: noQuery,
    body: createVersionBody,
    responses: { 201: agentVersion },
    errors: ["not_found"],
    example: { config },
    handle: async ({ ctx, params, body }) => withETag(await createVersion(ctx, params.agent_id, body), 201),
    findEarlier: async (ctx, requestId) => {
      const id = await findAudited(ctx, requestId, "agent_version.created");
      return id === null ? null : { answer: withETag(await getVersionById(ctx, id), 201) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/core/agents/{agent_id}/versions/{version}",
    operationId: "getVersion",
    tag: "Agents",
    summary: "Get a version",
    description:
      "`latest` is the newest version, draft or published. Reading never writes: where that version is published, no draft is made of it. Send the config you want to `PUT …/versions/latest`, which makes the draft when there is none.",
    access: ["agents:read"],
    params: version,
    query: noQuery,
    responses: { 200: agentVersion },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => withETag(await getVersion(ctx, params.agent_id, params.version)),
  }),
  endpoint({
    method: "PUT",
    path: "/core/agents/{agent_id}/versions/{version}",
    operationId: "updateVersion",
    tag: "Agents",
    summary: "Replace the config of a draft",
    description:
      "A published version never changes. `latest` edits the newest draft; where the newest version is published, or there is none yet, it makes the next draft. Repeating it changes nothing.",
    access: ["agents:manage"],
    params: version,
    query: noQuery,
    body: updateVersionBody,
    responses: { 200: agentVersion },
    ifMatch: true,
    errors: ["not_found", "stale_edit", "version_is_published"],
    example: { config },
    handle: async ({ ctx, params, body, expectedVersion }) =>
      withETag(
        await updateVersion(ctx, {
          agentId: params.agent_id,
          version: params.version,
          config: body.config,
          expectedRevision: expectedVersion,
        }),
      ),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents/{agent_id}/versions/compare",
    operationId: "compareVersions",
    tag: "Agents",
    summary: "Compare two versions",
    description:
      "Answers a unified diff of the two configs, written as JSON, in plain text. Where they do not differ, only its two headings.",
    access: ["agents:read"],
    params: agentId,
    query: noQuery,
    body: compareVersionsBody,
    responses: {
      200: z.string().meta({
        description: "A unified diff.",
        example: "--- version 1\n+++ version 2\n@@ -1,6 +1,6 @@\n …",
      }),
    },
    plainText: true,
    errors: ["not_found"],
    example: { from_version: 1, to_version: "latest" },
    handle: async ({ ctx, params, body }) => ({ body: await compareVersions(ctx, params.agent_id, body) }),
  }),
  endpoint({
    method: "POST",
    path: "/core/agents/{agent_id}/versions/{version}/publish",
    operationId: "publishVersion",
    tag: "Agents",
    summary: "Publish a version, and assign it to numbers",
    description:
      "Published, a version never changes. Slots that follow the latest version use it at once. In the same step it is pinned to the slots of `phone_numbers`, whoever held them, and this agent leaves the slots of `unassign_phone_numbers`; slots there that other agents hold are left alone. All of it happens or nothing. Publishing again only does the second half. Answers the numbers named, each once.",
    access: ["agents:manage"],
    params: version,
    query: noQuery,
    body: publishVersionBody,
    responses: { 200: phoneNumberPage },
    errors: ["not_found", "number_not_active"],
    example: { phone_numbers: ["+14155550123"], direction: "both" },
    handle: async ({ ctx, params, body }) => ({
      body: { data: await publishVersion(ctx, params.agent_id, params.version, body), next_cursor: null },
    }),
  }),
  endpoint({
    method: "GET",
    path: "/core/agent-config-schema",
    operationId: "getAgentConfigSchema",
    tag: "Agents",
    summary: "Get the JSON Schema of a version's config",
    access: ["agents:read"],
    params: noQuery,
    query: noQuery,
    responses: {
      200: z.record(z.string(), z.unknown()).meta({ description: "A JSON Schema, draft 2020-12." }),
    },
    errors: [],
    handle: async ({ ctx }) => ({ body: getAgentConfigSchema(ctx) }),
  }),
] as const;
