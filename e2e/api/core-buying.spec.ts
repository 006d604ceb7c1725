import { carrier } from "../carrier";
import { fingerprint } from "../database";
import { expect, test } from "../fixtures";
import { account, expectJson, expectProblem } from "./answers";

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
