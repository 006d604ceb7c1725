import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import packageFile from "@/package.json";
import { createApi, isApiPath } from "../api/app";
import { createApiKey, createPersonalToken, revokeApiKey } from "../api-keys";
import type { Ctx } from "../context";
import type { Scope } from "../permissions";
import { hasScope } from "../permissions";
import { getPhoneNumber } from "../phone-numbers";
import { openBrowser, origin, send } from "../testing/browser";
import { openAgent, openDesk, openMember, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { connectAs, connectClient } from "../testing/mcp-client";

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Ctx;
let bearer: Record<string, string>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  ctx = await openOrganization();
  bearer = { authorization: `Bearer ${(await createApiKey(ctx, { name: "Edge" })).key}` };
});
afterAll(() => desk.close());

const accept = { accept: "application/json, text/event-stream" };
const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  send("POST", "/mcp", body, { ...accept, ...headers });

describe.each(["legacy", "auto"] as const)("the %s handshake", (handshake) => {
  test("says who is there, what it can do and how to use it", async () => {
    const { client } = await connectClient(bearer, handshake);
    expect(client.getServerVersion()).toMatchObject({ name: "linedesk", version: packageFile.version });
    expect(client.getServerCapabilities()).toEqual({ tools: { listChanged: false } });
    expect(client.getInstructions()).toContain("Buying and releasing take two calls");
    expect(client.getNegotiatedProtocolVersion()).toBe(handshake === "legacy" ? "2025-11-25" : "2026-07-28");
  });
});

const toolsOf: Record<string, [Scope, ...Scope[]][]> = {
  search_numbers: [["managed_accounts:read", "phone_numbers:manage"]],
  plan_purchase: [["phone_numbers:manage", "managed_accounts:manage"]],
  buy_number: [["phone_numbers:manage", "managed_accounts:manage"]],
  list_phone_numbers: [["phone_numbers:read"]],
  get_phone_number: [["phone_numbers:read"]],
  assign_agent: [["phone_numbers:manage"]],
  unassign_agent: [["phone_numbers:manage"]],
  share_number: [["phone_numbers:manage"]],
  list_agents: [["agents:read"]],
  plan_release: [["phone_numbers:release"], ["phone_numbers:read"]],
  release_number: [["phone_numbers:release"]],
  undo_release: [["phone_numbers:release"]],
};

describe("what a caller is shown", () => {
  const grants: Scope[][] = [
    ["phone_numbers:read"],
    ["phone_numbers:manage"],
    ["phone_numbers:release"],
    ["phone_numbers:read", "phone_numbers:release"],
    ["managed_accounts:read"],
    ["managed_accounts:manage"],
    ["agents:read"],
    ["agents:manage"],
    ["billing:read"],
  ];

  test.each(grants.map((scopes) => [scopes.join(" and "), scopes] as const))(
    "with %s: what these open, and the rest names what it needs",
    async (_, scopes) => {
      const assistant = await connectAs(ctx, [...scopes]);
      const held = new Set(scopes);
      const opens = (accepted: Scope[]) => accepted.some((scope) => hasScope(held, scope));
      const open = Object.keys(toolsOf).filter((name) => toolsOf[name]?.every(opens));
      expect((await assistant.listTools()).map(({ name }) => name)).toEqual(open);
      for (const [name, access] of Object.entries(toolsOf)) {
        const missing = access.find((accepted) => !opens(accepted));
        if (!missing) continue;
        const reply = await assistant.call(name, {});
        expect(reply).toMatchObject({
          isError: true,
          text: `This needs the scope ${missing.join(" or ")}.`,
          facts: { code: "missing_scope", scopes: missing },
        });
      }
    },
  );

  test("each tool says what it does, what it takes and answers, and how careful to be with it", async () => {
    const tools = await (await connectClient(bearer)).listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(toolsOf));
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      expect(title, name).toBeTruthy();
      expect(description?.length, name).toBeGreaterThan(40);
      expect(inputSchema, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema, name).toMatchObject({ type: "object" });
      expect(JSON.stringify([inputSchema, outputSchema]), name).not.toContain("$ref");
      const changes = (toolsOf[name] ?? []).flat().some((scope) => !scope.endsWith(":read"));
      const plans = name.startsWith("plan_") || name === "search_numbers";
      expect(annotations, name).toEqual({
        readOnlyHint: !changes || plans,
        destructiveHint: expect.any(Boolean),
        idempotentHint: true,
        openWorldHint: expect.any(Boolean),
      });
    }
    const careful = tools.filter(({ annotations }) => annotations?.destructiveHint).map(({ name }) => name);
    expect(careful).toEqual(["buy_number", "assign_agent", "unassign_agent", "release_number"]);
  });
});

describe("who is let in", () => {
  test("nobody without a token: a session cookie is none", async () => {
    const browser = await openBrowser(ctx);
    for (const reply of [
      await post(list),
      await post(list, { authorization: "Basic YTpi" }),
      await browser.call("POST", "/mcp", { body: list, headers: accept }),
    ]) {
      expect([reply.status, reply.text]).toEqual([401, '{"error":"Missing Bearer token"}']);
      expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer\b/);
      expect(reply.headers.get("x-request-id")).toMatch(/^req_\w{22}$/);
    }
  });

  test("no token of another kind", async () => {
    const reply = await post(list, { authorization: "Bearer truedy_123" });
    const error =
      "Unrecognized token format. Expected a personal access token (pat_...) or organization API key (ak_...).";
    expect([reply.status, reply.body]).toEqual([401, { error }]);
    expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer\b/);
  });

  test("no key that was made up or revoked", async () => {
    const { id, key } = await createApiKey(ctx, { name: "Short-lived" });
    const headers = { authorization: `Bearer ${key}` };
    expect((await post(list, headers)).status).toBe(200);
    await revokeApiKey(ctx, id);
    for (const authorization of [headers.authorization, "Bearer ak_1.2", `${headers.authorization}x`]) {
      const reply = await post(list, { authorization });
      expect([reply.status, Object.keys(reply.body)]).toEqual([401, ["error"]]);
    }
  });

  test("a personal token for an organization of its person, named in either header", async () => {
    const member = await openMember(ctx, "viewer");
    const { token } = await createPersonalToken(member, { name: "Laptop" });
    const authorization = `Bearer ${token}`;
    const unnamed = await post(list, { authorization });
    expect([unnamed.status, unnamed.body]).toEqual([401, { error: "Token is missing organization claim." }]);
    const others = await openOrganization();
    const foreign = await post(list, { authorization, "x-organization-id": others.organizationId });
    expect(foreign.status).toBe(401);
    for (const name of ["x-organization-id", "x-anyreach-org"]) {
      const tools = await (await connectClient({ authorization, [name]: ctx.organizationId })).listTools();
      expect(tools.map((tool) => tool.name)).toEqual([
        "search_numbers",
        "list_phone_numbers",
        "get_phone_number",
        "list_agents",
      ]);
    }
  });
});

describe("what is refused before the protocol", () => {
  test.each([
    "https://elsewhere.example",
    "http://localhost:3000.elsewhere.example",
    "null",
    "http://127.0.0.1:3000",
  ])("a page at %s", async (from) => {
    const reply = await post(list, { ...bearer, origin: from });
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({
      jsonrpc: "2.0",
      id: null,
      error: { data: { code: "cross_site_request" } },
    });
  });

  test("not our own pages, nor what is no browser", async () => {
    expect((await post(list, { ...bearer, origin })).status).toBe(200);
    expect((await post(list, bearer)).status).toBe(200);
  });

  test.each(["GET", "DELETE", "PUT", "OPTIONS"])(
    "%s: there are no sessions and no streams",
    async (method) => {
      for (const address of ["/mcp", "/mcp/"]) {
        const reply = await send(method, address, undefined, { ...accept, ...bearer });
        expect([reply.status, reply.headers.get("allow")]).toEqual([405, "POST"]);
      }
    },
  );

  test.each([
    ["text that is no JSON", "{", {}, 400, -32700],
    ["a NUL", '{"jsonrpc":"2.0","id":1,"method":"\\u0000"}', {}, 400, -32700],
    ["another content type", JSON.stringify(list), { "content-type": "text/plain" }, 400, -32700],
    ["too much", `{"jsonrpc":"2.0","id":1,"method":"${"x".repeat(100_001)}"}`, {}, 413, -32000],
    ["no message", "{}", {}, 400, -32600],
    ["no object", "1", {}, 400, -32600],
    ["an empty batch", "[]", {}, 400, -32600],
    ["an older JSON-RPC", '{"id":1,"method":"tools/list"}', {}, 400, -32600],
  ] as const)("%s", async (_, body, headers, status, code) => {
    const reply = await post(body, { ...bearer, ...headers });
    expect([reply.status, reply.body?.error?.code], reply.text).toEqual([status, code]);
    expect(reply.headers.get("x-request-id")).toMatch(/^req_\w{22}$/);
    expect(reply.headers.get("cache-control")).toBe("private, no-store");
  });

  test("two headers that name different organizations", async () => {
    const headers = { "x-organization-id": ctx.organizationId, "x-anyreach-org": "org_1" };
    expect((await post(list, { ...bearer, ...headers })).status).toBe(400);
  });
});

describe("messages", () => {
  test("a method or tool that is not there is an error of the protocol", async () => {
    const { client } = await connectClient(bearer);
    await expect(client.callTool({ name: "delete_everything", arguments: {} })).rejects.toMatchObject({
      code: -32602,
    });
    const reply = await post({ jsonrpc: "2.0", id: 7, method: "resources/list" }, bearer);
    expect(reply.text).toContain('"code":-32601');
    expect(reply.text).toContain('"id":7');
  });

  test("a batch of an older client is answered whole", async () => {
    const call = { method: "tools/call", params: { name: "list_agents", arguments: {} } };
    const batch = [list, { jsonrpc: "2.0", id: 2, ...call }];
    const reply = await post(batch, { ...bearer, "mcp-protocol-version": "2025-03-26" });
    expect(reply.status).toBe(200);
    for (const part of ['"id":1', '"id":2', '"release_number"']) expect(reply.text).toContain(part);
  });

  test("no stream stays open to wait for changes", async () => {
    const { client } = await connectClient(bearer, "auto");
    await expect(client.listen({ toolsListChanged: true })).rejects.toThrow("Subscription limit reached");
  });

  test("limits of the caller come with the answer", async () => {
    const reply = await post(list, bearer);
    expect(reply.headers.get("ratelimit")).toMatch(/^"caller";r=\d+;t=\d+$/);
  });
});

describe("over a real connection", () => {
  async function listen() {
    const server = serve({ fetch: createApi().fetch, port: 0, hostname: "127.0.0.1" });
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const client = new Client({ name: "tests", version: "1.0.0" });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`), {
        requestInit: { headers: bearer },
      }),
    );
    return {
      client,
      async close() {
        await client.close();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  test("a client that hangs up leaves a purchase that is finished all the same", async () => {
    const { client, close } = await listen();
    const agent_id = await openAgent(ctx);
    const phoneNumber = takeNumber();
    const input = { phone_number: phoneNumber, inbound: { agent_id } };
    const plan = await client.callTool({ name: "plan_purchase", arguments: input });
    const { plan_token } = plan.structuredContent as { plan_token: string };
    const behaviour = { kind: "delay", ms: 3_000, when: "after" };
    await desk.control.arm({ operation: "buy", phone_number: phoneNumber, times: 1, behaviour });

    const hangUp = new AbortController();
    const buying = client.callTool(
      { name: "buy_number", arguments: { plan_token } },
      { signal: hangUp.signal },
    );
    const hungUp = expect(buying).rejects.toThrow();
    await vi.waitFor(async () => expect(await desk.control.purchasesSent(phoneNumber)).toBe(1), {
      timeout: 45_000,
      interval: 50,
    });
    hangUp.abort();
    await hungUp;
    await close();
    await vi.waitFor(
      async () =>
        expect(await getPhoneNumber(ctx, phoneNumber)).toMatchObject({
          status: "active",
          inbound: { agent_id },
        }),
      { timeout: 45_000 },
    );
    expect(await desk.control.purchasesSent(phoneNumber)).toBe(1);
  });
});

describe("where it is", () => {
  test("the server in front of Next answers it, as the route for development does", async () => {
    expect(["/mcp", "/mcp/", "/mcp/x", "/mcpx"].map(isApiPath)).toEqual([true, true, true, false]);
    const { handleMcp } = await import(".");
    expect(await import("@/app/mcp/route")).toMatchObject({
      GET: handleMcp,
      POST: handleMcp,
      DELETE: handleMcp,
    });
  });
});
