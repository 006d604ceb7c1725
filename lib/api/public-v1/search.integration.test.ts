import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { registerPhoneNumber } from "../../phone-numbers";
import { expectData, expectError, issuesOf, openCustomer } from "../../testing/customer";
import { openDesk, openOrganization } from "../../testing/desk";
import { createNumberPool } from "../../testing/local-carrier";
import { insertNumber, openOwnTrunk } from "../../testing/rows";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();
const at = "/telephony/numbers";

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

describe("the list", () => {
  test("of an organization without numbers is empty, with the defaults", async () => {
    const { call } = await openCustomer();
    expect(expectData(await call("GET", at))).toEqual({
      data: [],
      pagination: { total: 0, limit: 50, offset: 0, has_more: false },
    });
  });

  test("holds what is live, bought here or brought along, newest first, page by page", async () => {
    const { ctx, call } = await openCustomer();
    const day = (date: number) => new Date(Date.UTC(2026, 0, date));
    const [oldest, middle, own] = [takeNumber(), takeNumber(), takeNumber()];
    const id = await insertNumber(ctx, oldest, { createdAt: day(1), label: "Front desk", sms: true });
    await insertNumber(ctx, middle, { createdAt: day(2), state: "quarantined" });
    await registerPhoneNumber(ctx, { phone_number: own, trunk_id: await openOwnTrunk(ctx) });
    await insertNumber(ctx, takeNumber(), { createdAt: day(3), state: "released", releasedAt: day(4) });
    await insertNumber(await openOrganization(), takeNumber());

    const first = expectData(await call("GET", `${at}?limit=2`));
    expect(first.data).toMatchObject([
      { phone_number: own, is_truedy_managed: false, provider_type: "custom_sip" },
      { phone_number: middle, status: "quarantined", is_truedy_managed: true, provider_type: null },
    ]);
    expect(first.data[0].cost_information).toEqual({
      monthly_cost: null,
      upfront_cost: null,
      currency: null,
    });
    expect(first.pagination).toEqual({ total: 3, limit: 2, offset: 0, has_more: true });

    const second = expectData(await call("GET", `${at}?limit=2&offset=2`));
    expect(second.pagination).toEqual({ total: 3, limit: 2, offset: 2, has_more: false });
    expect(second.data).toEqual([
      {
        id,
        phone_number: oldest,
        friendly_name: "Front desk",
        status: "active",
        is_truedy_managed: true,
        provider_type: null,
        phone_number_type: "local",
        country_code: "US",
        features: ["voice", "sms"],
        cost_information: { monthly_cost: "1.15", upfront_cost: "0.00", currency: "USD" },
        inbound_agent_id: null,
        outbound_agent_id: null,
        created_at: day(1).toISOString(),
        updated_at: expect.any(String),
      },
    ]);
    const past = expectData(await call("GET", `${at}?offset=1000000000000`));
    expect([past.data, past.pagination.has_more, past.pagination.total]).toEqual([[], false, 3]);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=x", "limit"],
    ["offset=-1", "offset"],
    ["offset=1.5", "offset"],
    ["cursor=x", "cursor"],
  ])("%s is a field error", async (query, path) => {
    const { call } = await openCustomer();
    const error = expectError(await call("GET", `${at}?${query}`), 422, "validation_error");
    expect(error.details.errors).toMatchObject([{ path }]);
  });
});

describe("the search", () => {
  const search = `${at}/search`;

  test("with nothing said is for local US numbers with voice, twenty to a page", async () => {
    const { call } = await openCustomer();
    const { data, pagination } = expectData(await call("POST", search, {}));
    expect(pagination).toEqual({
      page: 1,
      page_size: 20,
      total_results: 50,
      total_pages: 3,
      has_more: true,
    });
    expect(data).toHaveLength(20);
    for (const item of data) {
      expect(item).toMatchObject({ country_code: "US", phone_number_type: "local" });
      expect(item.features).toContain("voice");
    }
  });

  test("shows what each number is, where and for how much", async () => {
    const { call } = await openCustomer();
    const { data } = expectData(await call("POST", search, { area_code: "415", page_size: 1 }));
    expect(data).toEqual([
      {
        phone_number: expect.stringMatching(/^\+1415\d{7}$/),
        phone_number_type: "local",
        country_code: "US",
        features: expect.arrayContaining(["voice"]),
        cost_information: { monthly_cost: "1.15", upfront_cost: "0.00", currency: "USD" },
        region_information: [
          { region_type: "country_code", region_name: "US" },
          { region_type: "state", region_name: "CA" },
          { region_type: "location", region_name: expect.any(String) },
        ],
      },
    ]);
  });

  test("cuts pages out of what the carrier told, and is empty past their end", async () => {
    const { call } = await openCustomer();
    const read = async (page: number) =>
      expectData(await call("POST", search, { area_code: "628", page, page_size: 20 }));
    const pages = [await read(1), await read(2), await read(3), await read(4), await read(9_000_000_000)];
    expect(pages.map(({ data }) => data.length)).toEqual([20, 20, 10, 0, 0]);
    expect(pages.map(({ pagination }) => pagination.has_more)).toEqual([true, true, false, false, false]);
    expect(pages.map(({ pagination }) => pagination.total_results)).toEqual([50, 50, 50, 50, 50]);
    const whole = expectData(await call("POST", search, { area_code: "628", page_size: 50 }));
    expect(pages.flatMap(({ data }) => data)).toEqual(whole.data);
  });

  test("takes an area code as text or integer, and null for what is left out", async () => {
    const { call } = await openCustomer();
    const asText = await call("POST", search, { area_code: "415" });
    const asNumber = await call("POST", search, {
      area_code: 415,
      administrative_area: null,
      locality: null,
      api_key: null,
    });
    expect(expectData(asNumber)).toEqual(expectData(asText));
  });

  test.each([
    [{ phone_number_type: "toll-free" }, { phone_number_type: "toll-free", country_code: "US" }],
    [{ phone_number_type: "toll_free" }, { phone_number_type: "toll-free", country_code: "US" }],
    [
      { phone_number_type: "mobile", country_code: "gb" },
      { phone_number_type: "mobile", country_code: "GB" },
    ],
    [{ administrative_area: "CA" }, { phone_number_type: "local", country_code: "US" }],
  ])("%o finds %o", async (body, expected) => {
    const { call } = await openCustomer();
    const { data } = expectData(await call("POST", search, { ...body, page_size: 3 }));
    expect(data).toMatchObject([expected, expected, expected]);
  });

  test("that finds nothing says so, and asks the carrier for nothing else", async () => {
    const { call } = await openCustomer();
    const before = (await desk.control.requests()).length;
    expect(expectData(await call("POST", search, { area_code: "917" }))).toEqual({
      data: [],
      pagination: { page: 1, page_size: 20, total_results: 0, total_pages: 0, has_more: false },
    });
    const asked = (await desk.control.requests()).slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path.includes("/Local.json"))).toHaveLength(1);
  });

  test.each([
    [{ area_code: "41" }, "area_code: An area code has three digits and starts with 2 to 9, like 415."],
    [{ area_code: true }, "area_code: Write an area code like 415."],
    [
      { area_code: "207", country_code: "GB" },
      "area_code: Area codes can be chosen in the US and Canada only.",
    ],
    [{ country_code: "USA" }, "country_code: Use a two-letter country code, like US or GB."],
    [{ country_code: "AQ" }, "country_code: No numbers are sold in AQ."],
    [{ phone_number_type: "national" }, "phone_number_type: Use local, toll-free or mobile."],
    [{ phone_number_type: "mobile" }, "phone_number_type: United States has no mobile numbers."],
    [{ areacode: "415" }, "areacode: There is no field named areacode here."],
    [{ page: 0 }, "page: This takes at least 1."],
    [{ page_size: 51 }, "page_size: This takes at most 50."],
  ])("%o is a field error", async (body, sentence) => {
    const { call } = await openCustomer();
    const error = expectError(await call("POST", search, body), 422, "validation_error");
    expect(issuesOf(error)).toEqual([sentence]);
  });

  test.each([
    ["error_500_before", 502, "carrier_unreachable", null],
    ["status_429", 503, "carrier_busy", "2"],
  ])("when the carrier answers %s: %i", async (kind, status, code, retryAfter) => {
    const { call } = await openCustomer();
    await desk.control.arm({ operation: "search", times: 0, behaviour: { kind } });
    const reply = await call("POST", search, {});
    expectError(reply, status, code);
    expect(reply.headers.get("retry-after")).toBe(retryAfter);
  });

  test("with a carrier key of one's own is not there yet, and asks no carrier", async () => {
    const { call } = await openCustomer();
    const before = (await desk.control.requests()).length;
    const error = expectError(await call("POST", search, { api_key: "KEY_1" }), 501, "not_implemented");
    expect(error.message).toBe(
      "A carrier key of your own cannot be used yet. Nothing was searched; leave api_key out to use this installation's carrier.",
    );
    expect((await desk.control.requests()).length).toBe(before);
  });
});
