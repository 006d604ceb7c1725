import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionCookieName } from "../auth/session";
import { database } from "../db/client";
import { env } from "../env";
import { newId } from "../ids";
import { headersOfSession, openBrowser, send } from "../testing/browser";
import { callOf, prepareCall } from "../testing/calls";
import { openDesk, openMember, openOrganization } from "../testing/desk";
import { expectProblem } from "../testing/problems";
import { dumpOrganization } from "../testing/rows";
import { endpoints } from "./operations";

/** What is particular to people at the dashboard: the cookie, and that no other site can use it. */

let desk: Awaited<ReturnType<typeof openDesk>>;
const writes = endpoints
  .filter(({ method }) => method !== "GET")
  .map((endpoint) => [endpoint.description.operationId, endpoint] as const);

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe("a cookie that is no session", () => {
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

  test.each(writes)("%s is refused from elsewhere, the same from our pages is done", async (_, endpoint) => {
    const member = await openMember(await openOrganization({ operator: true }));
    const ours = await headersOfSession(member.userId);
    const { method, address, body } = await prepareCall(endpoint, member);
    const before = await dumpOrganization(member.organizationId);
    const theirs = { ...ours, origin: "https://evil.example.com", "sec-fetch-site": "cross-site" };
    expectProblem(endpoint, await send(method, address, body, theirs), "cross_site_request");
    expect(await dumpOrganization(member.organizationId)).toBe(before);
    expect((await send(method, address, body, ours)).status).toBe(callOf(endpoint).answers);
  });

  test("an older browser without Sec-Fetch-Site may write from our own pages", async () => {
    const browser = await openBrowser(await openOrganization());
    const headers = { "sec-fetch-site": "" };
    expect((await browser.call("POST", "/core/agents", { body: { name: "Anna" }, headers })).status).toBe(
      201,
    );
  });
});
