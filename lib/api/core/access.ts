import { z } from "zod";
import {
  createApiKey,
  createPersonalToken,
  listApiKeys,
  listPersonalTokens,
  revokeApiKey,
  revokePersonalToken,
} from "../../api-keys";
import {
  apiKey,
  apiKeyList,
  createCredentialBody,
  newApiKey,
  newPersonalToken,
  personalToken,
  personalTokenList,
  scope,
} from "../../api-keys/schema";
import { getOrganization } from "../../organizations";
import { organization } from "../../organizations/schema";
import { scopeList } from "../../permissions";
import { endpoint, noQuery } from "../endpoint";

const keyId = z.strictObject({
  api_key_id: z.string().max(40).meta({ description: "The key's id.", example: "ak_0Qx5XNqG3vJ8sC1bT7yZ2k" }),
});
const tokenId = z.strictObject({
  personal_token_id: z
    .string()
    .max(40)
    .meta({ description: "The token's id.", example: "pat_0Qx5XNqG3vJ8sC1bT7yZ2k" }),
});

const caller = z
  .object({
    organization_id: z
      .string()
      .meta({ description: "Which organization this is about.", example: "org_1xSgNwTq5bYf8Kd3Lz7RmC" }),
    kind: z.enum(["user", "key", "token"]).meta({
      description: "A person signed in, a key of the organization, or a person's token.",
      example: "key",
    }),
    id: z
      .string()
      .meta({ description: "Of the person, key or token.", example: "ak_0Qx5XNqG3vJ8sC1bT7yZ2k" }),
    name: z.string().meta({ example: "Nightly import" }),
    scopes: z.array(scope).meta({ description: "What it may do.", example: ["phone_numbers:read"] }),
  })
  .meta({ id: "Caller", description: "Who sends this request, and what they may do." });

const example = { name: "Nightly import", scopes: ["phone_numbers:read"] };

export const accessEndpoints = [
  endpoint({
    method: "GET",
    path: "/core/me",
    operationId: "getCaller",
    tag: "Access",
    summary: "See who you are and what you may do",
    description: "The quickest way to try a key.",
    access: "anybody",
    params: noQuery,
    query: noQuery,
    responses: { 200: caller },
    errors: [],
    handle: async ({ ctx }) => ({
      body: {
        organization_id: ctx.organizationId,
        kind: ctx.actor.kind === "job" ? "user" : ctx.actor.kind,
        id: ctx.actor.id,
        name: ctx.actor.name,
        scopes: scopeList.filter((name) => ctx.scopes.has(name)),
      },
    }),
  }),
  endpoint({
    method: "GET",
    path: "/core/organization",
    operationId: "getOrganization",
    tag: "Access",
    summary: "See the organization, how many numbers it has and what they cost",
    access: ["phone_numbers:read"],
    params: noQuery,
    query: noQuery,
    responses: { 200: organization },
    errors: [],
    handle: async ({ ctx }) => ({ body: await getOrganization(ctx) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/api-keys",
    operationId: "listApiKeys",
    tag: "Access",
    summary: "List the keys of the organization",
    description: "Revoked and expired ones too. Secrets are never shown again.",
    access: ["members:read"],
    params: noQuery,
    query: noQuery,
    responses: { 200: apiKeyList },
    errors: [],
    handle: async ({ ctx }) => ({ body: { data: await listApiKeys(ctx), next_cursor: null } }),
  }),
  endpoint({
    method: "POST",
    path: "/core/api-keys",
    operationId: "createApiKey",
    tag: "Access",
    summary: "Make a key of the organization",
    description: "The answer tells the secret, once. A key can do at most what its maker can.",
    access: ["members:manage"],
    params: noQuery,
    query: noQuery,
    body: createCredentialBody,
    responses: { 201: newApiKey },
    errors: [],
    example,
    idempotency: false,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createApiKey(ctx, body) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/api-keys/{api_key_id}",
    operationId: "revokeApiKey",
    tag: "Access",
    summary: "Revoke a key of the organization",
    description: "It holds from the next request. The key stays in the list.",
    access: ["members:manage"],
    params: keyId,
    query: noQuery,
    responses: { 200: apiKey },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => ({ body: await revokeApiKey(ctx, params.api_key_id) }),
  }),
  endpoint({
    method: "GET",
    path: "/core/personal-tokens",
    operationId: "listPersonalTokens",
    tag: "Access",
    summary: "List your personal tokens",
    access: "person",
    params: noQuery,
    query: noQuery,
    responses: { 200: personalTokenList },
    errors: [],
    handle: async ({ ctx }) => ({ body: { data: await listPersonalTokens(ctx), next_cursor: null } }),
  }),
  endpoint({
    method: "POST",
    path: "/core/personal-tokens",
    operationId: "createPersonalToken",
    tag: "Access",
    summary: "Make a personal token",
    description:
      "The answer tells the secret, once. The token opens every organization you are a member of, named in X-Organization-Id, and never does more than you may there.",
    access: "person",
    params: noQuery,
    query: noQuery,
    body: createCredentialBody,
    responses: { 201: newPersonalToken },
    errors: ["missing_scope"],
    example,
    idempotency: false,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createPersonalToken(ctx, body) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/core/personal-tokens/{personal_token_id}",
    operationId: "revokePersonalToken",
    tag: "Access",
    summary: "Revoke a personal token of yours",
    access: "person",
    params: tokenId,
    query: noQuery,
    responses: { 200: personalToken },
    errors: ["not_found"],
    handle: async ({ ctx, params }) => ({ body: await revokePersonalToken(ctx, params.personal_token_id) }),
  }),
] as const;
