import type { APIRequestContext, APIResponse } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { carrier } from "../carrier";
import { createByocNumbers, fingerprint, readNumbers } from "../database";
import { stack } from "../environment";
import { expect, test } from "../fixtures";
import { sessionCookie } from "../session";

/** Each operation as a customer of the API meets it, and again with wrong input and another organization's objects. */

const account = "/core/managed-accounts/default";
const numberForm = /^\+[1-9]\d{6,14}$/;

async function expectProblem(
  response: APIResponse,
  status: number,
  code: string,
): Promise<Record<string, unknown>> {
  const text = await response.text();
  expect(response.status(), text).toBe(status);
  expect(response.headers()["content-type"]).toContain("application/problem+json");
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(body).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) });
  expect(body.request_id).toBe(response.headers()["x-request-id"]);
  return body;
}

async function expectJson<T>(response: APIResponse, status = 200): Promise<T> {
  const text = await response.text();
  expect(response.status(), text).toBe(status);
  expect(response.headers()["content-type"]).toContain("application/json");
  return JSON.parse(text) as T;
}

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

const sipEndpoint = { type: "sip", url: "sip:a@example.com" };

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

test.describe("search", () => {
  test("the parameters of Anyreach's documentation", async ({ api, areaCode }) => {
    const found = await expectJson<{ data: Record<string, unknown>[] }>(
      await api.get(`${account}/search-numbers`, {
        params: {
          area_code: areaCode,
          country_code: "US",
          phone_number_type: "local",
          voice_enabled: "true",
          sms_enabled: "true",
          mms_enabled: "true",
        },
      }),
    );
    expect(found.data.length).toBeGreaterThan(0);
    for (const offer of found.data) {
      expect(offer).toMatchObject({
        phone_number: expect.stringMatching(new RegExp(`^\\+1${areaCode}555`)),
        country_code: "US",
        phone_number_type: "local",
        features: ["voice", "sms", "mms"],
        address_requirement: "none",
        cost_information: { monthly_cost: "1.15", upfront_cost: "0.00", currency: "USD" },
      });
    }
  });

  test("country and type default to US and local; the account may be named by its id", async ({ api }) => {
    const { data: accounts } = await expectJson<{ data: { id: string }[] }>(
      await api.get("/core/managed-accounts"),
    );
    const id = accounts[0]?.id;
    const found = await expectJson<{ data: object[] }>(
      await api.get(`/core/managed-accounts/${id}/search-numbers`),
    );
    expect(found.data[0]).toMatchObject({ country_code: "US", phone_number_type: "local" });
  });

  test("nothing found comes with searches that have something", async ({ api }) => {
    const found = await expectJson<{ data: object[]; alternatives: { query: Record<string, string> }[] }>(
      await api.get(`${account}/search-numbers`, { params: { area_code: "917" } }),
    );
    expect(found.data).toEqual([]);
    expect(found.alternatives.length).toBeGreaterThan(0);
    const { query } = found.alternatives[0] ?? { query: {} };
    const next = await expectJson<{ data: object[] }>(
      await api.get(`${account}/search-numbers`, { params: query }),
    );
    expect(next.data.length).toBeGreaterThan(0);
  });

  const wrong: [string, Record<string, string>, string][] = [
    ["an area code of two digits", { area_code: "41" }, "area_code"],
    ["an area code of four digits", { area_code: "4155" }, "area_code"],
    ["an area code of letters", { area_code: "abc" }, "area_code"],
    ["an area code that starts with 1", { area_code: "115" }, "area_code"],
    ["an area code outside North America", { area_code: "415", country_code: "GB" }, "area_code"],
    ["an unknown country", { country_code: "ZZ" }, "country_code"],
    ["a country of three letters", { country_code: "USA" }, "country_code"],
    ["an unknown type", { phone_number_type: "landline" }, "phone_number_type"],
    [
      "a type the country does not have",
      { country_code: "CA", phone_number_type: "mobile" },
      "phone_number_type",
    ],
    ["a flag that is no flag", { voice_enabled: "yes" }, "voice_enabled"],
    ["digits that are none", { contains: "55*5" }, "contains"],
    ["a limit of 0", { limit: "0" }, "limit"],
    ["a limit of 51", { limit: "51" }, "limit"],
    ["an unknown parameter", { areacode: "415" }, "areacode"],
  ];
  for (const [what, params, path] of wrong) {
    test(`${what} is a 422 that names it`, async ({ api }) => {
      const body = await expectProblem(
        await api.get(`${account}/search-numbers`, { params }),
        422,
        "validation_failed",
      );
      expect(body.errors).toContainEqual({ path, message: expect.any(String) });
    });
  }

  test("an unknown account is a 404", async ({ api }) => {
    for (const id of ["mac_0", "nothing"]) {
      const address = `/core/managed-accounts/${id}`;
      await expectProblem(await api.get(`${address}/search-numbers`), 404, "not_found");
      await expectProblem(await api.get(`${address}/countries`), 404, "not_found");
      await expectProblem(
        await api.post(`${address}/purchase-number`, { data: { phone_number: "+14155550100" } }),
        404,
        "not_found",
      );
    }
  });

  test("the countries are those the carrier sells in, each with its types", async ({ api }) => {
    const { data } = await expectJson<{ data: { country_code: string; phone_number_types: string[] }[] }>(
      await api.get(`${account}/countries`),
    );
    const types = Object.fromEntries(
      data.map((each) => [each.country_code, [...each.phone_number_types].sort()]),
    );
    expect(types).toMatchObject({
      US: ["local", "toll_free"],
      CA: ["local"],
      GB: ["local", "mobile", "toll_free"],
      IE: ["local"],
    });
  });
});

async function firstOffer(desk: { findOffers: () => Promise<{ phone_number: string }[]> }): Promise<string> {
  const [offer] = await desk.findOffers();
  if (!offer) throw new Error("Nothing is for sale.");
  return offer.phone_number;
}

test.describe("purchase", () => {
  test("buys, and answers with the number, its trunk and its account", async ({ api, desk }) => {
    const phoneNumber = await firstOffer(desk);
    const response = await api.post(`${account}/purchase-number`, { data: { phone_number: phoneNumber } });
    const number = await expectJson<{ purchase_order_id: string; managed_account_id: string }>(response, 201);
    expect(number).toMatchObject({
      id: expect.stringMatching(/^num_/),
      phone_number: phoneNumber,
      status: "active",
      source: "managed",
      trunk_id: expect.stringMatching(/^trk_/),
      managed_account_id: expect.stringMatching(/^mac_/),
      inbound: null,
      outbound: null,
      outbound_shareable: false,
      version: expect.any(Number),
    });
    const order = await expectJson(await api.get(`/core/purchase-orders/${number.purchase_order_id}`));
    expect(order).toMatchObject({ status: "bought", phone_number: phoneNumber, error: null });

    const again = await api.post(`${account}/purchase-number`, { data: { phone_number: phoneNumber } });
    await expectProblem(again, 409, "number_already_owned");
    expect(await carrier.ordersFor(phoneNumber)).toHaveLength(1);
  });

  test("a dry run tells what would happen and does nothing", async ({ api, desk }) => {
    const phoneNumber = await firstOffer(desk);
    const before = await fingerprint(desk.organizationId);
    const plan = await expectJson(
      await api.post(`${account}/purchase-number?dry_run=true`, { data: { phone_number: phoneNumber } }),
    );
    expect(plan).toMatchObject({
      phone_number: phoneNumber,
      monthly_cost: { amount: "1.15", currency: "USD" },
      first_charge: { amount: "1.15", currency: "USD" },
      numbers_after: 1,
      number_limit: 50,
      renews_on: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
    expect(await fingerprint(desk.organizationId)).toBe(before);
    expect(await carrier.ordersFor(phoneNumber)).toEqual([]);
  });

  test("a price lower than the carrier's is a 409 that tells the price, and buys nothing", async ({
    api,
    desk,
  }) => {
    const phoneNumber = await firstOffer(desk);
    const body = await expectProblem(
      await api.post(`${account}/purchase-number`, {
        data: { phone_number: phoneNumber, expected_monthly_cost: "1.00" },
      }),
      409,
      "price_changed",
    );
    expect(body.cost_information).toMatchObject({ monthly_cost: "1.15", currency: "USD" });
    expect(await carrier.ordersFor(phoneNumber)).toEqual([]);
  });

  const wrong: [string, unknown, string][] = [
    ["no number", {}, "phone_number"],
    ["a number without a plus", { phone_number: "14155550123" }, "phone_number"],
    ["a number with spaces", { phone_number: "+1 415 555 0123" }, "phone_number"],
    ["a number that is too long", { phone_number: "+1415555012345678" }, "phone_number"],
    ["a number that is a number", { phone_number: 14_155_550_123 }, "phone_number"],
    ["an unknown field", { phone_number: "+14155550123", agent: "Anna" }, "agent"],
    ["a field of ours", { phone_number: "+14155550123", organization_id: "org_0" }, "organization_id"],
    [
      "a price that is none",
      { phone_number: "+14155550123", expected_monthly_cost: "free" },
      "expected_monthly_cost",
    ],
    ["a label of 81 letters", { phone_number: "+14155550123", label: "x".repeat(81) }, "label"],
    [
      "a version of 0",
      { phone_number: "+14155550123", inbound: { agent_id: "agt_0", version: 0 } },
      "inbound.version",
    ],
  ];
  for (const [what, data, path] of wrong) {
    test(`${what} is a 422, and nothing changes`, async ({ api, desk }) => {
      const before = await fingerprint(desk.organizationId);
      const body = await expectProblem(
        await api.post(`${account}/purchase-number`, { data }),
        422,
        "validation_failed",
      );
      expect((body.errors as { path: string }[]).map((issue) => issue.path)).toContain(path);
      expect(await fingerprint(desk.organizationId)).toBe(before);
    });
  }

  test("a body that is no JSON is a 400, and one that is too large a 413", async ({ api }) => {
    const post = (data: string, type = "application/json") =>
      api.post(`${account}/purchase-number`, { data: Buffer.from(data), headers: { "Content-Type": type } });
    await expectProblem(await post("{"), 400, "invalid_request");
    await expectProblem(await post("phone_number=+14155550123", "text/plain"), 400, "invalid_request");
    await expectProblem(await post(`{"label":"${"x".repeat(110_000)}"}`), 413, "payload_too_large");
  });

  test("a number nobody sells is a 409", async ({ api, desk }) => {
    const before = await fingerprint(desk.organizationId);
    for (const phoneNumber of ["+14155551234", "+442079460", "+999123456789"]) {
      const response = await api.post(`${account}/purchase-number`, { data: { phone_number: phoneNumber } });
      await expectProblem(response, 409, "number_unavailable");
    }
    expect(await fingerprint(desk.organizationId)).toBe(before);
  });

  test("another organization's agent is not found, and nothing is bought", async ({
    api,
    desk,
    neighbour,
  }) => {
    const theirs = await neighbour.addAgent("Theirs");
    const phoneNumber = await firstOffer(desk);
    const response = await api.post(`${account}/purchase-number`, {
      data: { phone_number: phoneNumber, inbound: { agent_id: theirs.id } },
    });
    await expectProblem(response, 404, "not_found");
    expect(await carrier.ordersFor(phoneNumber)).toEqual([]);
  });

  test("ten equal orders at once: one purchase, and nine true refusals", async ({ api, desk }) => {
    const phoneNumber = await firstOffer(desk);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        api.post(`${account}/purchase-number`, { data: { phone_number: phoneNumber } }),
      ),
    );
    const statuses = answers.map((answer) => answer.status()).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    for (const answer of answers.filter((each) => each.status() === 409)) {
      const { code } = await answer.json();
      expect(["purchase_in_progress", "number_already_owned"]).toContain(code);
    }
    expect(await carrier.ordersFor(phoneNumber)).toHaveLength(1);
    expect(await carrier.chargesFor(phoneNumber)).toHaveLength(1);
  });

  test.describe("with a limit of three", () => {
    test.use({ numberLimit: 3 });

    test("eight orders for eight numbers at once: exactly three are bought", async ({ api, desk }) => {
      const offers = (await desk.findOffers()).slice(0, 8);
      const answers = await Promise.all(
        offers.map((offer) =>
          api.post(`${account}/purchase-number`, { data: { phone_number: offer.phone_number } }),
        ),
      );
      const bought = answers.filter((answer) => answer.status() === 201);
      expect(bought).toHaveLength(3);
      for (const answer of answers.filter((each) => each.status() !== 201)) {
        const body = await expectProblem(answer, 403, "number_limit_reached");
        expect(body.detail).toBe(
          "You have reached the maximum number of phone numbers for your organization.",
        );
      }
      const paid = await Promise.all(offers.map((offer) => carrier.chargesFor(offer.phone_number)));
      expect(paid.flat()).toHaveLength(3);
    });
  });

  test("another organization's order is not found", async ({ api, neighbour }) => {
    const theirs = await neighbour.buyNumber();
    await expectProblem(await api.get(`/core/purchase-orders/${theirs.purchase_order_id}`), 404, "not_found");
    await expectProblem(await api.get("/core/purchase-orders/po_0"), 404, "not_found");
  });
});

test.describe("numbers", () => {
  test("one number by its digits, with + raw or encoded, and by its id", async ({ api, desk }) => {
    const number = await desk.buyNumber();
    for (const name of [number.phone_number, encodeURIComponent(number.phone_number), number.id]) {
      const response = await api.get(`/core/phone-numbers/${name}`);
      expect(await expectJson(response)).toEqual(number);
      expect(response.headers().etag).toBe(`"${number.version}"`);
      expect(response.headers()["cache-control"]).toBe("private, no-store");
    }
  });

  test("lists, filters and sorts", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna");
    const first = await desk.buyNumber({ inbound: { agent_id: agent.id }, label: "Front" });
    const second = await desk.buyNumber({ label: "Back" });
    const list = async (params: Record<string, string>) => {
      const { data } = await expectJson<{ data: { phone_number: string }[] }>(
        await api.get("/core/phone-numbers", { params }),
      );
      return data.map((number) => number.phone_number);
    };
    expect(await list({})).toEqual([second.phone_number, first.phone_number]);
    expect(await list({ sort: "created_at" })).toEqual([first.phone_number, second.phone_number]);
    expect(await list({ assigned: "true" })).toEqual([first.phone_number]);
    expect(await list({ assigned: "false" })).toEqual([second.phone_number]);
    expect(await list({ agent_id: agent.id })).toEqual([first.phone_number]);
    expect(await list({ inbound_agent_id: agent.id })).toEqual([first.phone_number]);
    expect(await list({ outbound_agent_id: agent.id })).toEqual([]);
    expect(await list({ q: "front" })).toEqual([first.phone_number]);
    expect(await list({ q: "anna" })).toEqual([first.phone_number]);
    expect(await list({ phone_number: second.phone_number.slice(-4) })).toContain(second.phone_number);
    expect(await list({ status: "released" })).toEqual([]);
    expect(await list({ country_code: "GB" })).toEqual([]);
    expect(await list({ q: "%" })).toEqual([]);
    expect(await list({ q: "_" })).toEqual([]);
  });

  const wrongLists: [string, Record<string, string>, string][] = [
    ["an unknown status", { status: "sleeping" }, "status"],
    ["an unknown order", { sort: "label" }, "sort"],
    ["a limit of 201", { limit: "201" }, "limit"],
    ["a limit that is no number", { limit: "many" }, "limit"],
    ["a date that is none", { created_after: "yesterday" }, "created_after"],
    ["an unknown parameter", { page: "2" }, "page"],
  ];
  for (const [what, params, path] of wrongLists) {
    test(`${what} is a 422 that names it`, async ({ api }) => {
      const body = await expectProblem(
        await api.get("/core/phone-numbers", { params }),
        422,
        "validation_failed",
      );
      expect((body.errors as { path: string }[])[0]?.path).toMatch(new RegExp(`^${path}`));
    });
  }

  test("a cursor that is none is refused", async ({ api }) => {
    const response = await api.get("/core/phone-numbers", { params: { cursor: "nonsense" } });
    await expectProblem(response, 422, "validation_failed");
  });

  test("a number that is no number is a 422, and one that is not ours a 404", async ({ api }) => {
    for (const name of ["4155550100", "+1415", "abc", "%2B1%20415"])
      await expectProblem(await api.get(`/core/phone-numbers/${name}`), 422, "validation_failed");
    await expectProblem(await api.get("/core/phone-numbers/%E0%A4%A"), 400, "invalid_request");
    for (const name of ["+14155550100", "num_0"])
      await expectProblem(await api.get(`/core/phone-numbers/${name}`), 404, "not_found");
  });

  test("PATCH shares and labels, and accepts nothing else", async ({ api, desk }) => {
    const number = await desk.buyNumber();
    const address = `/core/phone-numbers/${number.phone_number}`;
    const shared = await expectJson<{ version: number }>(
      await api.patch(address, { data: { outbound_shareable: true, label: "Sales" } }),
    );
    expect(shared).toMatchObject({ outbound_shareable: true, label: "Sales" });
    expect(shared.version).toBeGreaterThan(number.version);

    const before = await fingerprint(desk.organizationId);
    const wrong = [
      {},
      { trunk_id: "trk_0" },
      { outbound_shareable: "yes" },
      { label: "x".repeat(81) },
      { outbound_shareable: false, status: "released" },
    ];
    for (const data of wrong)
      await expectProblem(await api.patch(address, { data }), 422, "validation_failed");
    const stale = await api.patch(address, {
      data: { label: "Late" },
      headers: { "If-Match": `"${number.version}"` },
    });
    await expectProblem(stale, 412, "stale_edit");
    const unreadable = await api.patch(address, { data: { label: "x" }, headers: { "If-Match": "three" } });
    await expectProblem(unreadable, 400, "invalid_request");
    expect(await fingerprint(desk.organizationId)).toBe(before);

    const fresh = await api.patch(address, {
      data: { label: null },
      headers: { "If-Match": `"${shared.version}"` },
    });
    expect(await expectJson(fresh)).toMatchObject({ label: null });
  });
});

test.describe("slots", () => {
  test("each direction is set, pinned and emptied on its own", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna", 3);
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const slots = `/core/phone-numbers/${phoneNumber}/slots`;
    const latest = await api.put(`${slots}/outbound`, { data: { agent_id: agent.id } });
    expect(await expectJson(latest)).toMatchObject({
      inbound: null,
      outbound: { agent_id: agent.id, agent_name: "Anna", version: 3, follows_latest: true },
    });
    const pinned = await api.put(`${slots}/inbound`, { data: { agent_id: agent.id, version: 2 } });
    expect(await expectJson(pinned)).toMatchObject({
      inbound: { version: 2, follows_latest: false },
      outbound: { version: 3, follows_latest: true },
    });
    expect(await expectJson(await api.delete(`${slots}/outbound`))).toMatchObject({
      inbound: { version: 2 },
      outbound: null,
    });
    expect((await api.delete(`${slots}/outbound`)).status(), "an empty slot stays empty").toBe(200);
  });

  test("a slot of another agent is taken only with replace", async ({ api, desk }) => {
    const anna = await desk.addAgent("Anna");
    const bert = await desk.addAgent("Bert");
    const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: anna.id } });
    const address = `/core/phone-numbers/${phoneNumber}/slots/inbound`;
    await expectProblem(await api.put(address, { data: { agent_id: bert.id } }), 409, "slot_occupied");
    const replaced = await api.put(address, { data: { agent_id: bert.id, replace: true } });
    expect(await expectJson(replaced)).toMatchObject({ inbound: { agent_name: "Bert" } });
  });

  test("wrong input changes nothing", async ({ api, desk, neighbour }) => {
    const anna = await desk.addAgent("Anna");
    const draft = await desk.addAgent("Draft", 0);
    const theirs = await neighbour.addAgent("Theirs");
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const inbound = `/core/phone-numbers/${phoneNumber}/slots/inbound`;
    const before = await fingerprint(desk.organizationId);
    const put = (data: unknown, address = inbound) => api.put(address, { data });

    await expectProblem(await put({}), 422, "validation_failed");
    await expectProblem(await put({ agent_id: anna.id, version: "newest" }), 422, "validation_failed");
    await expectProblem(await put({ agent_id: anna.id, extra: 1 }), 422, "validation_failed");
    const sideways = `/core/phone-numbers/${phoneNumber}/slots/sideways`;
    await expectProblem(await put({ agent_id: anna.id }, sideways), 422, "validation_failed");
    await expectProblem(await put({ agent_id: "agt_0" }), 404, "not_found");
    await expectProblem(await put({ agent_id: theirs.id }), 404, "not_found");
    await expectProblem(await put({ agent_id: anna.id, version: 9 }), 404, "not_found");
    await expectProblem(await put({ agent_id: draft.id }), 409, "version_not_published");
    const stale = await api.put(inbound, { data: { agent_id: anna.id }, headers: { "If-Match": '"999"' } });
    await expectProblem(stale, 412, "stale_edit");
    expect(await fingerprint(desk.organizationId)).toBe(before);
  });
});

test.describe("release", () => {
  test("a dry run, a refusal while in use, the release, and its repetition", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna");
    const { phone_number: phoneNumber } = await desk.buyNumber({ inbound: { agent_id: agent.id } });
    const address = `/core/phone-numbers/${phoneNumber}`;
    const before = await fingerprint(desk.organizationId);
    expect(await expectJson(await api.delete(`${address}?dry_run=true`))).toMatchObject({
      phone_number: phoneNumber,
      inbound: { agent_name: "Anna" },
      outbound: null,
      monthly_saving: { amount: "1.15", currency: "USD" },
    });
    await expectProblem(await api.delete(address), 409, "number_in_use");
    await expectProblem(await api.delete(`${address}?unassign=maybe`), 422, "validation_failed");
    expect(await fingerprint(desk.organizationId)).toBe(before);
    expect(await carrier.ownedSids(phoneNumber)).toHaveLength(1);

    const released = await expectJson(await api.delete(`${address}?unassign=true`));
    expect(released).toMatchObject({ status: "released", inbound: null, released_at: expect.any(String) });
    expect(await carrier.ownedSids(phoneNumber)).toEqual([]);
    expect((await api.delete(address)).status(), "again changes nothing").toBe(200);
    const { deletes } = await carrier.readBooks();
    expect(deletes.filter((each) => each.phone_number === phoneNumber)).toHaveLength(1);

    const slot = await api.put(`${address}/slots/inbound`, { data: { agent_id: agent.id } });
    await expectProblem(slot, 409, "number_not_active");
    expect(await expectJson(await api.get("/core/organization"))).toMatchObject({ numbers: 0 });
  });
});

test("a number of one's own is registered on an own trunk, and detached again", async ({
  api,
  desk,
  areaCode,
}) => {
  await createByocNumbers(desk.organizationId, areaCode, 1);
  const { trunk_id } = await expectJson<{ trunk_id: string }>(
    await api.get(`/core/phone-numbers/+1${areaCode}2340000`),
  );
  const phone_number = `+1${areaCode}2340001`;
  const register = () =>
    api.post("/core/phone-numbers", {
      data: { phone_number, trunk_id, label: "Front desk" },
      headers: { "Idempotency-Key": "front-desk" },
    });
  const registered = await expectJson(await register(), 201);
  expect(registered).toMatchObject({ phone_number, source: "byoc", status: "active", label: "Front desk" });
  expect(await expectJson(await register(), 201)).toEqual(registered);
  const managed = await desk.buyNumber();
  const onManaged = { phone_number: `+1${areaCode}2340002`, trunk_id: managed.trunk_id };
  await expectProblem(await api.post("/core/phone-numbers", { data: onManaged }), 400, "trunk_is_managed");
  const encoded = `/core/phone-numbers/${encodeURIComponent(phone_number)}`;
  expect(await expectJson(await api.delete(`${encoded}?dry_run=true`))).toMatchObject({ action: "detach" });
  expect(await expectJson(await api.delete(encoded))).toMatchObject({ status: "detached" });
  expect((await readNumbers(phone_number)).map((row) => row.state)).toEqual(["detached"]);
});

test.describe("agents", () => {
  test("an agent, its versions, and their publication to numbers", async ({ api, desk }) => {
    const { phone_number: phoneNumber } = await desk.buyNumber();
    const agent = await expectJson<{ id: string }>(
      await api.post("/core/agents", { data: { name: " Anna ", description: "Support" } }),
      201,
    );
    expect(agent).toMatchObject({ name: "Anna", description: "Support", latest_version: null });
    const versions = `/core/agents/${agent.id}/versions`;
    const config = { endpoint: { type: "webhook", url: "https://agent.example.com/voice" } };
    const draft = await api.post(versions, { data: { config } });
    expect(await expectJson(draft, 201)).toMatchObject({ version: 1, published: false, config });

    const early = await api.put(`/core/phone-numbers/${phoneNumber}/slots/inbound`, {
      data: { agent_id: agent.id, version: 1 },
    });
    await expectProblem(early, 409, "version_not_published");

    const published = await api.post(`${versions}/1/publish`, {
      data: { phone_numbers: [phoneNumber], direction: "both" },
    });
    expect(await expectJson(published)).toMatchObject({
      data: [{ phone_number: phoneNumber, inbound: { version: 1 }, outbound: { version: 1 } }],
    });
    expect(await expectJson(await api.get(`/core/agents/${agent.id}`))).toMatchObject({
      latest_version: 1,
      inbound_numbers: 1,
      outbound_numbers: 1,
    });

    expect(await expectJson(await api.post(versions, { data: { base_version: 1 } }), 201)).toMatchObject({
      version: 2,
      config,
    });
    expect((await api.post(`${versions}/latest/publish`, { data: {} })).status()).toBe(200);
    const { data } = await expectJson<{ data: { version: number; published: boolean }[] }>(
      await api.get(versions),
    );
    expect(data.map((version) => version.version)).toEqual([2, 1]);
    expect(await expectJson(await api.get("/core/agents"))).toMatchObject({ data: [{ name: "Anna" }] });
  });

  test("get latest, put latest, publish, compare, delete, as clients of the vendor do it", async ({
    api,
    desk,
  }) => {
    const agent = await desk.addAgent("Anna");
    const address = `/core/agents/${agent.id}`;
    const latest = await api.get(`${address}/versions/latest`);
    expect(await expectJson(latest)).toMatchObject({ version: 1, published: true });
    const headers = { "If-Match": latest.headers().etag ?? "" };
    const draft = { data: { config: { endpoint: sipEndpoint } }, headers };
    expect(await expectJson(await api.put(`${address}/versions/latest`, draft))).toMatchObject({
      version: 2,
      published: false,
    });
    await expectProblem(await api.put(`${address}/versions/latest`, draft), 412, "stale_edit");
    await expectProblem(
      await api.put(`${address}/versions/1`, { data: draft.data }),
      400,
      "version_is_published",
    );
    expect((await api.post(`${address}/versions/latest/publish`, { data: {} })).status()).toBe(200);
    const compared = await api.post(`${address}/versions/compare`, {
      data: { from_version: 1, to_version: 2 },
    });
    expect([compared.status(), compared.headers()["content-type"]]).toEqual([
      200,
      "text/plain; charset=utf-8",
    ]);
    expect(await compared.text()).toContain('+    "url": "sip:a@example.com"');
    const replaced = await api.put(address, { data: { name: "Anna", metadata: { team: "sales" } } });
    expect(await expectJson(replaced)).toMatchObject({ description: null, latest_version: 2, revision: 2 });
    const found = await api.get("/core/agents", { params: { metadata: '{"team":"sales"}' } });
    expect(await expectJson(found)).toMatchObject({ data: [{ id: agent.id }] });
    const deleted = await api.delete(address, { headers: { "If-Match": replaced.headers().etag ?? "" } });
    expect([deleted.status(), await deleted.text()]).toEqual([204, ""]);
    await expectProblem(await api.get(address), 404, "not_found");
  });

  test("wrong input changes nothing", async ({ api, desk }) => {
    const agent = await desk.addAgent("Anna");
    const before = await fingerprint(desk.organizationId);
    const agents: unknown[] = [{}, { name: " " }, { name: "x".repeat(81) }, { name: "Bert", id: "agt_0" }];
    for (const data of agents)
      await expectProblem(await api.post("/core/agents", { data }), 422, "validation_failed");
    const endpoint = (type: string, url: string) => ({ config: { endpoint: { type, url } } });
    const versions: unknown[] = [
      {},
      { base_version: 1, ...endpoint("sip", "sip:a@example.com") },
      endpoint("sip", "https://example.com"),
      endpoint("websocket", "ws://example.com"),
      endpoint("websocket", "wss://example.com/?token=1"),
      endpoint("webhook", "http://example.com"),
      endpoint("fax", "sip:a@example.com"),
    ];
    for (const data of versions)
      await expectProblem(
        await api.post(`/core/agents/${agent.id}/versions`, { data }),
        422,
        "validation_failed",
      );
    const missing = `/core/agents/${agent.id}/versions`;
    await expectProblem(await api.post(missing, { data: { base_version: 9 } }), 404, "not_found");
    await expectProblem(await api.post(`${missing}/9/publish`, { data: {} }), 404, "not_found");
    await expectProblem(await api.post(`${missing}/0/publish`, { data: {} }), 422, "validation_failed");
    const numbers = await api.post(`${missing}/1/publish`, { data: { phone_numbers: ["+14155550100"] } });
    await expectProblem(numbers, 404, "not_found");
    expect(await fingerprint(desk.organizationId)).toBe(before);
  });
});

test.describe("another organization's objects", () => {
  /** Every operation on them is answered as if they had never been, and leaves them as they are. */
  test("are a 404, and stay as they are", async ({ api, desk, neighbour }) => {
    const agent = await neighbour.addAgent("Theirs", 2);
    const number = await neighbour.buyNumber({ inbound: { agent_id: agent.id } });
    const ours = await desk.addAgent("Ours");
    const before = await Promise.all([
      fingerprint(neighbour.organizationId),
      fingerprint(desk.organizationId),
    ]);
    const config = { endpoint: sipEndpoint };

    for (const name of [number.phone_number, number.id]) {
      const address = `/core/phone-numbers/${name}`;
      await expectNotFound(api, "GET", address);
      await expectNotFound(api, "PATCH", address, { label: "Mine" });
      await expectNotFound(api, "DELETE", address);
      await expectNotFound(api, "DELETE", `${address}?dry_run=true`);
      await expectNotFound(api, "DELETE", `${address}?unassign=true`);
      await expectNotFound(api, "PUT", `${address}/slots/inbound`, { agent_id: ours.id, replace: true });
      await expectNotFound(api, "DELETE", `${address}/slots/inbound`);
    }
    await expectNotFound(api, "GET", `/core/purchase-orders/${number.purchase_order_id}`);
    await expectNotFound(api, "GET", `/core/agents/${agent.id}`);
    await expectNotFound(api, "PUT", `/core/agents/${agent.id}`, { name: "Mine" });
    await expectNotFound(api, "DELETE", `/core/agents/${agent.id}`);
    await expectNotFound(api, "GET", `/core/agents/${agent.id}/versions`);
    await expectNotFound(api, "POST", `/core/agents/${agent.id}/versions`, { config });
    await expectNotFound(api, "GET", `/core/agents/${agent.id}/versions/1`);
    await expectNotFound(api, "PUT", `/core/agents/${agent.id}/versions/latest`, { config });
    await expectNotFound(api, "POST", `/core/agents/${agent.id}/versions/compare`, {
      from_version: 1,
      to_version: 2,
    });
    await expectNotFound(api, "POST", `/core/agents/${agent.id}/versions/1/publish`, {});
    await expectNotFound(api, "POST", `/core/agents/${ours.id}/versions/1/publish`, {
      phone_numbers: [number.phone_number],
    });
    expect(number.phone_number).toMatch(numberForm);
    expect(
      await Promise.all([fingerprint(neighbour.organizationId), fingerprint(desk.organizationId)]),
    ).toEqual(before);
    expect(await carrier.ownedSids(number.phone_number)).toHaveLength(1);
  });

  test("do not show up in lists or filters", async ({ api, neighbour }) => {
    const agent = await neighbour.addAgent("Theirs");
    const number = await neighbour.buyNumber({ inbound: { agent_id: agent.id }, label: "Secret" });
    const filters: Record<string, string>[] = [
      {},
      { q: "Secret" },
      { agent_id: agent.id },
      { trunk_id: number.trunk_id },
    ];
    for (const params of filters) {
      const list = await expectJson<{ data: object[] }>(await api.get("/core/phone-numbers", { params }));
      expect(list.data).toEqual([]);
    }
    expect(await expectJson(await api.get("/core/agents"))).toMatchObject({ data: [] });
  });

  test("a number they hold can only be heard to be unavailable", async ({ api, neighbour }) => {
    const number = await neighbour.buyNumber();
    const body = await expectProblem(
      await api.post(`${account}/purchase-number`, { data: { phone_number: number.phone_number } }),
      409,
      "number_unavailable",
    );
    expect(JSON.stringify(body)).not.toContain(number.id);
    expect(JSON.stringify(body)).not.toContain(neighbour.organizationId);
  });
});

async function expectNotFound(
  api: APIRequestContext,
  method: string,
  address: string,
  data?: object,
): Promise<void> {
  await test.step(`${method} ${address}`, async () => {
    await expectProblem(await api.fetch(address, { method, ...(data ? { data } : {}) }), 404, "not_found");
  });
}
