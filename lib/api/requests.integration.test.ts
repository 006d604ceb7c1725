import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "../db/client";
import { openBrowser, send } from "../testing/browser";
import { openToken } from "../testing/callers";
import { callOf, prepareCall, takeNumberElsewhere } from "../testing/calls";
import { openAgent, openDesk, openMember, openOrganization } from "../testing/desk";
import { expectProblem } from "../testing/problems";
import { insertNumber } from "../testing/rows";
import { endpoints } from "./operations";

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Awaited<ReturnType<typeof openOrganization>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
const named = endpoints.map((endpoint) => [endpoint.description.operationId, endpoint] as const);

beforeAll(async () => {
  desk = await openDesk();
  ctx = await openOrganization();
  browser = await openBrowser(ctx);
});
afterAll(() => desk.close());

async function ok(method: string, address: string, body?: unknown, status = 200) {
  const reply = await browser.call(method, address, { body });
  expect(reply.status, `${method} ${address}: ${reply.text}`).toBe(status);
  return reply;
}

describe("each operation, as it is meant", () => {
  test.each(named)("%s", async (_, endpoint) => {
    const member = await openMember(await openOrganization({ operator: true }));
    const caller = await openToken(member);
    const { method, address, body } = await prepareCall(endpoint, member);
    const reply = await send(method, address, body, caller.headers);
    const { answers } = callOf(endpoint);
    expect([reply.status, reply.text]).toEqual([answers, answers === 204 ? "" : expect.stringMatching(/./)]);
    expect(reply.headers.get("cache-control")).toBe("private, no-store");
    expect(reply.headers.get("x-request-id")).toMatch(/^req_\w{22}$/);
    const { plainText } = endpoint.description;
    if (answers === 501) expectProblem(endpoint, reply, "not_implemented");
    else if (answers === 204) expect(reply.headers.get("content-type")).toBeNull();
    else if (plainText) expect(reply.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    else expect(reply.headers.get("content-type")).toBe("application/json");
    if (answers === 501 || endpoint.surface.name === "core_api") return;
    expect(reply.body.meta).toEqual({
      request_id: reply.headers.get("x-request-id"),
      ts: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test("from an agent and a search to a released number", async () => {
    const accounts = await ok("GET", "/core/managed-accounts");
    expect(accounts.body.data).toMatchObject([
      { id: desk.managedAccountId, carrier: "twilio", is_default: true, is_local: true },
    ]);
    const countries = await ok("GET", "/core/managed-accounts/default/countries");
    expect(countries.body.data.map((entry: { country_code: string }) => entry.country_code)).toContain("GB");
    const found = await ok(
      "GET",
      `/core/managed-accounts/${desk.managedAccountId}/search-numbers?area_code=415&limit=3`,
    );
    expect(found.body.data).toHaveLength(3);

    const agent = (await ok("POST", "/core/agents", { name: "Anna" }, 201)).body;
    const config = { endpoint: { type: "sip", url: "sip:anna@agents.example.com" } };
    await ok("POST", `/core/agents/${agent.id}/versions`, { config }, 201);
    await ok("POST", `/core/agents/${agent.id}/versions/latest/publish`, {});
    expect((await ok("GET", `/core/agents/${agent.id}/versions`)).body.data).toMatchObject([
      { version: 1, published: true },
    ]);
    expect((await ok("GET", "/core/agents?name=ann")).body.data).toMatchObject([{ id: agent.id }]);
    expect((await ok("GET", `/core/agents/${agent.id}`)).body.latest_version).toBe(1);

    const { phone_number } = found.body.data[0];
    const purchase = "/core/managed-accounts/default/purchase-number";
    const plan = await ok("POST", `${purchase}?dry_run=true`, { phone_number });
    expect(plan.body).toMatchObject({ phone_number, numbers_after: 1 });
    const bought = await ok("POST", purchase, { phone_number, label: "Desk" }, 201);
    const order = `/core/purchase-orders/${bought.body.purchase_order_id}`;
    expect((await ok("GET", order)).body.status).toBe("bought");

    const raw = `/core/phone-numbers/${phone_number}`;
    const encoded = `/core/phone-numbers/${encodeURIComponent(phone_number)}`;
    expect(encoded).toContain("%2B");
    const forms = [
      await ok("GET", raw),
      await ok("GET", encoded),
      await ok("GET", `/core/phone-numbers/${bought.body.id}`),
    ];
    for (const reply of forms) {
      expect(reply.body).toEqual(forms[0]?.body);
      expect(reply.headers.get("etag")).toBe(`"${reply.body.version}"`);
    }
    expect((await ok("PATCH", raw, { outbound_shareable: true })).body.outbound_shareable).toBe(true);
    await ok("PUT", `${encoded}/slots/inbound`, { agent_id: agent.id });
    expect((await ok("GET", "/core/phone-numbers?assigned=true")).body.data).toHaveLength(1);
    expect((await ok("GET", "/core/organization")).body).toMatchObject({
      numbers: 1,
      monthly_cost: [{ amount: "1.15", currency: "USD" }],
    });
    expect((await ok("DELETE", `${raw}/slots/inbound`)).body.inbound).toBeNull();
    expect((await ok("DELETE", `${raw}?dry_run=true`)).body.can_release).toBe(true);
    expect((await ok("DELETE", raw)).body.status).toBe("released");
  });
});

describe("requests that cannot be read", () => {
  const agents = "/core/agents";

  test.each([
    ["no JSON", "{", {}, 400, "invalid_request"],
    [
      "another content type",
      "name=Anna",
      { "content-type": "application/x-www-form-urlencoded" },
      400,
      "invalid_request",
    ],
    ["too much", `{"name":"${"x".repeat(100_001)}"}`, {}, 413, "payload_too_large"],
    ["a NUL", '{"name":"An\\u0000na"}', {}, 400, "invalid_request"],
    ["half a character", '{"name":"\\ud83d"}', {}, 400, "invalid_request"],
    ["an array", "[]", {}, 422, "validation_failed"],
    ["null", "null", {}, 422, "validation_failed"],
    ["__proto__", '{"name":"Anna","__proto__":{"x":1}}', {}, 422, "validation_failed"],
  ])("%s", async (_, body, headers, status, code) => {
    const reply = await browser.call("POST", agents, { body, headers });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test("unknown fields are named, wherever they stand", async () => {
    const reply = await browser.call("POST", "/core/managed-accounts/default/purchase-number", {
      body: { phone_number: "+14155550123", number_limit: 99, inbound: { agent_id: "agt_1", role: "owner" } },
    });
    expect([reply.status, reply.body.code]).toEqual([422, "validation_failed"]);
    const paths = reply.body.errors.map((issue: { path: string }) => issue.path).sort();
    expect(paths).toEqual(["inbound.role", "number_limit"]);
    const query = await browser.call("GET", "/core/phone-numbers?organization_id=org_1");
    expect([query.status, query.body.errors[0].path]).toEqual([422, "organization_id"]);
  });

  test.each([
    ["/core/phone-numbers?q=%00", 400],
    ["/core/agents/agt_%00", 400],
    ["/core/agents/%zz", 400],
    ["/core/agents/%ff", 400],
    ["/core/phone-numbers/4155550123", 422],
    ["/core/phone-numbers/+1415555012a", 422],
    ["/core/phone-numbers?cursor=x", 422],
    [
      `/core/phone-numbers?cursor=${Buffer.from('["-created_at","never","num_1"]').toString("base64url")}`,
      422,
    ],
    [`/core/agents?cursor=${Buffer.from('["-created_at","never","agt_1"]').toString("base64url")}`, 422],
    ["/core/phone-numbers?created_after=0000-01-01T00:00:00Z", 422],
    ["/core/phone-numbers?created_after=9999-12-31T23:59:59Z", 200],
    ["/core/phone-numbers?limit=1000", 422],
    ["/core/agents/agt_none/versions?cursor=x", 404],
    ["/core/purchase-orders/'%20OR%201=1--", 404],
    ["/core/nothing", 404],
    ["/core", 404],
  ])("%s answers %i, never 500", async (address, status) => {
    expect((await browser.call("GET", address)).status).toBe(status);
  });

  test.each(["0", "99999999999", "1.5", "x"])("version %s in a path is a field error", async (version) => {
    const agentId = await openAgent(ctx);
    const reply = await browser.call("POST", `/core/agents/${agentId}/versions/${version}/publish`, {
      body: {},
    });
    expect([reply.status, reply.body.errors[0].path]).toEqual([422, "version"]);
  });

  test("another method is told which ones there are, signed in or not", async () => {
    for (const reply of [
      await browser.call("POST", "/core/organization", { body: {} }),
      await send("PUT", "/core/phone-numbers/num_1", {}),
    ]) {
      expect([reply.status, reply.body.code]).toEqual([405, "method_not_allowed"]);
      expect(reply.headers.get("content-type")).toBe("application/problem+json");
    }
    const { headers } = await browser.call("POST", "/core/phone-numbers/num_1", { body: {} });
    expect(headers.get("allow")).toBe("GET, PATCH, DELETE");
  });
});

describe("edits of what was seen", () => {
  test("If-Match: the version passes, an older one is 412 with what it is now, nonsense is 400", async () => {
    const phoneNumber = takeNumberElsewhere();
    await insertNumber(ctx, phoneNumber);
    const address = `/core/phone-numbers/${phoneNumber}`;
    const edit = (label: string, match: string) =>
      browser.call("PATCH", address, { body: { label }, headers: { "if-match": match } });
    expect((await edit("one", '"1"')).headers.get("etag")).toBe('"2"');
    const stale = await edit("two", '"1"');
    expect([stale.status, stale.body.code]).toEqual([412, "stale_edit"]);
    expect(stale.body.phone_number).toMatchObject({ label: "one", version: 2 });
    expect((await edit("three", 'W/"2"')).status).toBe(200);
    expect((await edit("four", "*")).status).toBe(200);
    for (const nonsense of ["3", '"x"', '"-1"', '"1", "2"'])
      expect((await edit("five", nonsense)).status).toBe(400);
    expect((await browser.call("GET", address)).body).toMatchObject({ label: "four", version: 4 });
    const slot = { body: { agent_id: await openAgent(ctx) }, headers: { "if-match": '"1"' } };
    expect((await browser.call("PUT", `${address}/slots/inbound`, slot)).status).toBe(412);
    expect((await browser.call("DELETE", `${address}/slots/inbound`, slot)).status).toBe(412);
    expect((await browser.call("DELETE", address, { headers: { "if-match": '"1"' } })).status).toBe(412);
  });
});

describe("when the carrier does not answer", () => {
  test.each([
    ["search", "search-numbers?area_code=415", "search", 502],
    ["countries", "countries", "search", 502],
  ])("%s says so and leaks nothing", async (_, address, operation, status) => {
    await desk.control.arm({ operation, times: 0, behaviour: { kind: "error_500_before" } });
    const reply = await browser.call("GET", `/core/managed-accounts/default/${address}`);
    await desk.control.disarm();
    expect([reply.status, reply.body.code]).toEqual([status, "carrier_unreachable"]);
  });

  test("busy says when to come again", async () => {
    await desk.control.arm({ operation: "search", times: 0, behaviour: { kind: "status_429" } });
    const reply = await browser.call("GET", "/core/managed-accounts/default/search-numbers");
    await desk.control.disarm();
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "2"]);
  });
});

test("nothing in this file broke the carrier's document, or left an unexplained row", async () => {
  expect((await desk.control.books()).violations).toEqual([]);
  const { organizationId } = ctx;
  const explained = { state: { notIn: ["active" as const, "released" as const] } };
  expect(await database().phoneNumber.count({ where: { organizationId, ...explained } })).toBe(0);
});
