import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionCookieName } from "../auth/session";
import { database } from "../db/client";
import { env } from "../env";
import { newId } from "../ids";
import { openBrowser, origin, send } from "../testing/browser";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { insertNumber, insertPurchase } from "../testing/rows";
import type { Endpoint } from "./endpoint";
import { coreEndpoints } from "./operations";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const endpoints = coreEndpoints as readonly Endpoint[];
const named = endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const);
const writes = named.filter(([, endpoint]) => endpoint.method !== "GET");
const scoped = writes.filter(([, endpoint]) => typeof endpoint.description.access !== "string");

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** An address of the endpoint in which every parameter is well formed and names nothing there is. */
function nowhere(endpoint: Endpoint): string {
  return endpoint.path
    .replace("{managed_account_id}", "mac_none")
    .replace("{purchase_order_id}", "po_none")
    .replace("{phone_number}", "num_none")
    .replace("{agent_id}", "agt_none")
    .replace("{version}", "1")
    .replace("{direction}", "inbound")
    .replace("{api_key_id}", "ak_none")
    .replace("{personal_token_id}", "pat_none");
}

describe("without a session", () => {
  test.each(named)("%s answers 401", async (_, endpoint) => {
    const reply = await send(endpoint.method, nowhere(endpoint), endpoint.method === "GET" ? undefined : {}, {
      origin,
    });
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({
      code: "unauthenticated",
      status: 401,
      request_id: reply.headers.get("x-request-id"),
    });
    expect(reply.headers.get("cache-control")).toBe("private, no-store");
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
  });

  test.each([
    ["garbage", async () => "garbage"],
    ["nothing", async () => ""],
    ["another secret", (sub: string) => encode({ token: { sub, epoch: 0 }, secret: "x".repeat(40) })],
    ["no epoch", (sub: string) => encode({ token: { sub }, secret: env().NEXTAUTH_SECRET })],
    [
      "an epoch as text",
      (sub: string) => encode({ token: { sub, epoch: "0" }, secret: env().NEXTAUTH_SECRET }),
    ],
    ["a future epoch", (sub: string) => encode({ token: { sub, epoch: 1 }, secret: env().NEXTAUTH_SECRET })],
    ["nobody", () => encode({ token: { sub: newId("usr"), epoch: 0 }, secret: env().NEXTAUTH_SECRET })],
    [
      "its time over",
      (sub: string) => encode({ token: { sub, epoch: 0 }, secret: env().NEXTAUTH_SECRET, maxAge: -60 }),
    ],
  ])("a cookie with %s is none", async (_, make) => {
    const browser = await openBrowser(await openOrganization());
    const cookie = `${sessionCookieName()}=${await make(browser.userId)}`;
    expect((await browser.call("GET", "/core/organization", { headers: { cookie } })).status).toBe(401);
    expect((await browser.call("GET", "/core/organization")).status).toBe(200);
  });
});

describe("rights are read at every request", () => {
  test("a raised session epoch signs out at the next one", async () => {
    const browser = await openBrowser(await openOrganization());
    expect((await browser.call("GET", "/core/organization")).status).toBe(200);
    await database().user.update({ where: { id: browser.userId }, data: { sessionEpoch: { increment: 1 } } });
    expect((await browser.call("GET", "/core/organization")).status).toBe(401);
  });

  test("a removed member is out, a demoted one loses the right", async () => {
    const ctx = await openOrganization();
    const browser = await openBrowser(ctx, "operator");
    const where = { organizationId_userId: { organizationId: ctx.organizationId, userId: browser.userId } };
    expect((await browser.call("POST", "/core/agents", { body: { name: "Anna" } })).status).toBe(201);
    await database().membership.update({ where, data: { role: "viewer" } });
    const refused = await browser.call("POST", "/core/agents", { body: { name: "Ben" } });
    expect([refused.status, refused.body.code, refused.body.scopes]).toEqual([
      403,
      "missing_scope",
      ["agents:manage"],
    ]);
    await database().membership.delete({ where });
    expect((await browser.call("GET", "/core/organization")).status).toBe(401);
    expect(await database().agent.count({ where: { organizationId: ctx.organizationId } })).toBe(1);
  });

  test("a member of two acts in the one named, and in no third", async () => {
    const [one, two, third] = [await openOrganization(), await openOrganization(), await openOrganization()];
    const browser = await openBrowser(one);
    await database().membership.create({
      data: { organizationId: two.organizationId, userId: browser.userId, role: "viewer" },
    });
    for (const [header, ctx] of [
      ["x-organization-id", one],
      ["x-anyreach-org", two],
    ] as const) {
      const reply = await browser.call("GET", "/core/organization", {
        headers: { [header]: ctx.organizationId },
      });
      expect(reply.body.id).toBe(ctx.organizationId);
    }
    const headers = { "x-organization-id": third.organizationId };
    expect((await browser.call("GET", "/core/organization", { headers })).status).toBe(401);
    const asViewer = { "x-organization-id": two.organizationId };
    expect(
      (await browser.call("POST", "/core/agents", { body: { name: "A" }, headers: asViewer })).status,
    ).toBe(403);
  });

  test.each(scoped)("a viewer is refused %s, by the scope's name", async (_, endpoint) => {
    const browser = await openBrowser(await openOrganization(), "viewer");
    const reply = await browser.call(endpoint.method, nowhere(endpoint), { body: {} });
    expect([reply.status, reply.body.code]).toEqual([403, "missing_scope"]);
    for (const scope of endpoint.description.access) expect(reply.body.detail).toContain(scope);
  });
});

describe("writes from other sites", () => {
  test.each([
    ["no Origin", { origin: "" }],
    ["a foreign Origin", { origin: "https://evil.example.com" }],
    ["a look-alike Origin", { origin: "http://localhost:3000.evil.example.com" }],
    ["another port", { origin: "http://localhost:3001" }],
    ["an opaque Origin", { origin: "null" }],
    ["no URL as Origin", { origin: "localhost:3000" }],
    ["Sec-Fetch-Site cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site same-site", { "sec-fetch-site": "same-site" }],
    ["Sec-Fetch-Site none", { "sec-fetch-site": "none" }],
  ])("%s: refused, nothing done", async (_, headers) => {
    const ctx = await openOrganization();
    const browser = await openBrowser(ctx);
    const reply = await browser.call("POST", "/core/agents", { body: { name: "Anna" }, headers });
    expect([reply.status, reply.body.code]).toEqual([403, "cross_site_request"]);
    expect(await database().agent.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
    expect((await browser.call("GET", "/core/organization", { headers })).status).toBe(200);
  });

  test.each(writes)("%s is refused from elsewhere", async (_, endpoint) => {
    const browser = await openBrowser(await openOrganization());
    const headers = { origin: "https://evil.example.com", "sec-fetch-site": "cross-site" };
    const reply = await browser.call(endpoint.method, nowhere(endpoint), { body: {}, headers });
    expect(reply.body.code).toBe("cross_site_request");
  });

  test("an older browser without Sec-Fetch-Site may write from our own pages", async () => {
    const browser = await openBrowser(await openOrganization());
    const headers = { "sec-fetch-site": "" };
    expect((await browser.call("POST", "/core/agents", { body: { name: "Anna" }, headers })).status).toBe(
      201,
    );
  });
});

describe("another organization's things are as if they never were", () => {
  const bare = (text: string) => text.replace(/req_\w+/g, "req");
  const body = { agent_id: "agt_none", version: "latest" };

  test("in paths, bodies and filters: the same bytes as for what never existed", async () => {
    const [ctx, others] = [await openOrganization(), await openOrganization()];
    const [browser, theirNumber] = [await openBrowser(ctx), takeNumber()];
    const theirs = {
      number: await insertNumber(others, theirNumber),
      agent: await openAgent(others),
      order: (await insertPurchase(others, takeNumber(), { state: "unknown" })).orderId,
    };
    const [mine, anna] = [takeNumber(), await openAgent(ctx)];
    await insertNumber(ctx, mine);
    const free = takeNumber();

    const calls: [string, string, unknown, string, unknown][] = [];
    for (const [id, none] of [
      [theirs.number, newId("num")],
      [theirNumber, takeNumber()],
    ] as const) {
      const [at, gone] = [`/core/phone-numbers/${id}`, `/core/phone-numbers/${none}`];
      const wish = { agent_id: anna };
      calls.push(["GET", at, undefined, gone, undefined]);
      calls.push(["PATCH", at, { label: "x" }, gone, { label: "x" }]);
      calls.push(["DELETE", at, undefined, gone, undefined]);
      calls.push(["DELETE", `${at}?dry_run=true`, undefined, `${gone}?dry_run=true`, undefined]);
      calls.push(["PUT", `${at}/slots/inbound`, wish, `${gone}/slots/inbound`, wish]);
      calls.push(["DELETE", `${at}/slots/inbound`, undefined, `${gone}/slots/inbound`, undefined]);
    }
    const config = { config: { endpoint: { type: "sip", url: "sip:a@b.example" } } };
    const [at, gone] = [`/core/agents/${theirs.agent}`, `/core/agents/${newId("agt")}`];
    calls.push(["GET", at, undefined, gone, undefined]);
    calls.push(["GET", `${at}/versions`, undefined, `${gone}/versions`, undefined]);
    calls.push(["POST", `${at}/versions`, config, `${gone}/versions`, config]);
    calls.push(["POST", `${at}/versions/1/publish`, {}, `${gone}/versions/1/publish`, {}]);
    calls.push([
      "GET",
      `/core/purchase-orders/${theirs.order}`,
      undefined,
      `/core/purchase-orders/${newId("po")}`,
      undefined,
    ]);
    const slot = `/core/phone-numbers/${mine}/slots/inbound`;
    calls.push(["PUT", slot, { ...body, agent_id: theirs.agent }, slot, { ...body, agent_id: newId("agt") }]);
    const buy = "/core/managed-accounts/default/purchase-number";
    const purchase = (agent_id: string) => ({ phone_number: free, inbound: { agent_id } });
    calls.push(["POST", buy, purchase(theirs.agent), buy, purchase(newId("agt"))]);
    const publish = `/core/agents/${anna}/versions/1/publish`;
    calls.push([
      "POST",
      publish,
      { phone_numbers: [mine, theirNumber] },
      publish,
      { phone_numbers: [mine, takeNumber()] },
    ]);
    calls.push([
      "POST",
      publish,
      { unassign_phone_numbers: [theirNumber] },
      publish,
      { unassign_phone_numbers: [takeNumber()] },
    ]);

    const before = await everythingOf(others.organizationId);
    for (const [method, theirAddress, theirBody, noAddress, noBody] of calls) {
      const foreign = await browser.call(method, theirAddress, { body: theirBody });
      const absent = await browser.call(method, noAddress, { body: noBody });
      expect([foreign.status, bare(foreign.text)], `${method} ${theirAddress}`).toEqual([
        404,
        bare(absent.text),
      ]);
      const names = (reply: typeof foreign) => [...reply.headers.keys()].sort();
      expect(names(foreign)).toEqual(names(absent));
    }
    for (const filter of ["agent_id", "inbound_agent_id", "outbound_agent_id"]) {
      const reply = await browser.call("GET", `/core/phone-numbers?${filter}=${theirs.agent}`);
      expect([reply.status, reply.body]).toEqual([200, { data: [], next_cursor: null }]);
    }
    const list = await browser.call("GET", `/core/phone-numbers?q=${theirNumber.slice(2)}`);
    expect(list.body.data).toEqual([]);
    expect(await everythingOf(others.organizationId)).toEqual(before);
    expect(await database().assignment.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
    expect(await desk.control.purchasesSent(free)).toBe(0);
  });

  async function everythingOf(organizationId: string) {
    const where = { organizationId };
    return JSON.stringify([
      await database().phoneNumber.findMany({ where, orderBy: { id: "asc" } }),
      await database().agent.findMany({ where, orderBy: { id: "asc" } }),
      await database().agentVersion.findMany({ where, orderBy: { id: "asc" } }),
      await database().assignment.findMany({ where }),
      await database().auditEvent.count({ where }),
    ]);
  }
});
