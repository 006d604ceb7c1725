import { encode } from "next-auth/jwt";
import { fingerprint } from "../database";
import { stack } from "../environment";
import { expect, test } from "../fixtures";
import { sessionCookie } from "../session";
import { account, expectJson, expectProblem, sipEndpoint } from "./answers";

test.describe("health", () => {
  test("healthz and readyz answer without a session", async ({ request }) => {
    expect(await expectJson(await request.get("/healthz"))).toEqual({ status: "ok" });
    expect(await expectJson(await request.get("/readyz"))).toEqual({ status: "ready" });
  });

  test("an unknown address is a 404 problem", async ({ api }) => {
    for (const address of [
      "/core",
      "/core/",
      "/core/nothing",
      "/core/phone-numbers/+14155550100/nothing/here",
    ])
      await expectProblem(await api.get(address), 404, "not_found");
  });

  test("a known address with another method is a 405 that names the methods there are", async ({ api }) => {
    const response = await api.patch("/core/phone-numbers", { data: {} });
    await expectProblem(response, 405, "method_not_allowed");
    expect(response.headers().allow).toBe("GET, POST");
    await expectProblem(await api.delete("/core/organization"), 405, "method_not_allowed");
    const number = await api.post("/core/phone-numbers/+14155550100", { data: {} });
    await expectProblem(number, 405, "method_not_allowed");
    expect(number.headers().allow?.split(", ").sort()).toEqual(["DELETE", "GET", "PATCH"]);
  });
});

const operations: [string, string][] = [
  ["GET", "/core/organization"],
  ["GET", "/core/phone-numbers"],
  ["POST", "/core/phone-numbers"],
  ["GET", "/core/phone-numbers/+14155550100"],
  ["PATCH", "/core/phone-numbers/+14155550100"],
  ["DELETE", "/core/phone-numbers/+14155550100"],
  ["PUT", "/core/phone-numbers/+14155550100/slots/inbound"],
  ["DELETE", "/core/phone-numbers/+14155550100/slots/inbound"],
  ["GET", "/core/managed-accounts"],
  ["GET", account],
  ["GET", `${account}/countries`],
  ["GET", `${account}/search-numbers`],
  ["POST", `${account}/purchase-number`],
  ["GET", "/core/purchase-orders/po_0"],
  ["GET", "/core/agents"],
  ["POST", "/core/agents"],
  ["GET", "/core/agents/agt_0"],
  ["PUT", "/core/agents/agt_0"],
  ["DELETE", "/core/agents/agt_0"],
  ["GET", "/core/agents/agt_0/versions"],
  ["POST", "/core/agents/agt_0/versions"],
  ["POST", "/core/agents/agt_0/versions/compare"],
  ["GET", "/core/agents/agt_0/versions/latest"],
  ["PUT", "/core/agents/agt_0/versions/latest"],
  ["POST", "/core/agents/agt_0/versions/1/publish"],
  ["GET", "/core/agent-config-schema"],
];

test.describe("who may ask", () => {
  for (const [method, address] of operations) {
    test(`${method} ${address} needs a session`, async ({ request }) => {
      const response = await request.fetch(address, { method, ...(method === "GET" ? {} : { data: {} }) });
      await expectProblem(response, 401, "unauthenticated");
    });
  }

  test("a cookie signed with another secret is no session", async ({ playwright, desk }) => {
    const token = { sub: desk.user.id, epoch: 0 };
    const forged = await encode({ token, secret: "another secret, as long as ours" });
    const context = await playwright.request.newContext({
      baseURL: stack.url,
      extraHTTPHeaders: { Cookie: `linedesk.session=${forged}` },
    });
    await expectProblem(await context.get("/core/organization"), 401, "unauthenticated");
    await context.dispose();
  });

  test("a write that does not come from our own pages is refused", async ({ playwright, desk }) => {
    const cookie = await sessionCookie(desk.user.id);
    for (const origin of [undefined, "https://evil.example", "null", stack.url.replace(/\d+$/, "1")]) {
      const context = await playwright.request.newContext({
        baseURL: stack.url,
        extraHTTPHeaders: {
          Cookie: `${cookie.name}=${cookie.value}`,
          ...(origin ? { Origin: origin } : {}),
        },
      });
      const response = await context.post("/core/agents", { data: { name: "Forged" } });
      await expectProblem(response, 403, "cross_site_request");
      expect((await context.get("/core/agents")).status(), "reading is allowed").toBe(200);
      await context.dispose();
    }
  });

  test("an organization one is no member of cannot be asked for", async ({ api, neighbour }) => {
    for (const header of ["X-Organization-Id", "X-Anyreach-Org"]) {
      const response = await api.get("/core/organization", {
        headers: { [header]: neighbour.organizationId },
      });
      await expectProblem(response, 401, "unauthenticated");
    }
  });

  test("a viewer reads and changes nothing", async ({ desk }) => {
    const agent = await desk.addAgent("Anna");
    const { phone_number: number } = await desk.buyNumber();
    const viewer = await desk.openApi(await desk.addMember("viewer"));
    const before = await fingerprint(desk.organizationId);
    for (const address of [
      "/core/organization",
      "/core/phone-numbers",
      "/core/agents",
      "/core/managed-accounts",
    ])
      expect((await viewer.get(address)).status(), address).toBe(200);
    const writes: [string, string, object | undefined][] = [
      ["PATCH", `/core/phone-numbers/${number}`, { label: "Mine" }],
      ["DELETE", `/core/phone-numbers/${number}`, undefined],
      ["PUT", `/core/phone-numbers/${number}/slots/inbound`, { agent_id: agent.id }],
      ["DELETE", `/core/phone-numbers/${number}/slots/inbound`, undefined],
      ["POST", `${account}/purchase-number`, { phone_number: number }],
      ["POST", "/core/phone-numbers", { phone_number: number, trunk_id: "trk_0" }],
      ["POST", "/core/agents", { name: "Bert" }],
      ["PUT", `/core/agents/${agent.id}`, { name: "Bert" }],
      ["DELETE", `/core/agents/${agent.id}`, undefined],
      ["POST", `/core/agents/${agent.id}/versions`, { base_version: 1 }],
      ["PUT", `/core/agents/${agent.id}/versions/latest`, { config: { endpoint: sipEndpoint } }],
      ["POST", `/core/agents/${agent.id}/versions/1/publish`, {}],
    ];
    for (const [method, address, data] of writes) {
      const body = await expectProblem(
        await viewer.fetch(address, { method, ...(data ? { data } : {}) }),
        403,
        "missing_scope",
      );
      expect(body.detail).toMatch(/^This needs the scope \w+:\w+/);
    }
    expect(await fingerprint(desk.organizationId)).toBe(before);
  });
});

test("the organization: its numbers, what they cost, its limit", async ({ api, desk }) => {
  await desk.buyNumber();
  await desk.buyNumber();
  expect(await expectJson(await api.get("/core/organization"))).toMatchObject({
    id: desk.organizationId,
    numbers: 2,
    number_limit: 50,
    monthly_cost: [{ amount: "2.30", currency: "USD" }],
  });
});
