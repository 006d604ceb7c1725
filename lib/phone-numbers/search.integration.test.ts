import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { openDesk, openOrganization } from "../testing/desk";
import { searchNumbers } from ".";
import { searchNumbersQuery, searchResult } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
let ctx: Ctx;

beforeAll(async () => {
  desk = await openDesk();
  ctx = await openOrganization({ role: "operator" });
});
afterEach(() => desk.control.disarm());
afterAll(() => desk.close());

const search = (query: Record<string, string>) =>
  searchNumbers(ctx, "default", searchNumbersQuery.parse(query));

describe("searching", () => {
  test.each<[Record<string, string>, (phoneNumber: string) => boolean]>([
    [{}, (number) => number.startsWith("+1")],
    [{ area_code: "628", limit: "5" }, (number) => number.startsWith("+1628")],
    [{ country_code: "gb", phone_number_type: "mobile" }, (number) => number.startsWith("+447")],
    [{ phone_number_type: "toll_free" }, (number) => number.startsWith("+18")],
    [{ contains: "0155", match: "end" }, (number) => number.endsWith("0155")],
  ])("%o finds such numbers with price and paperwork, and writes nothing", async (query, fits) => {
    const before = await database().phoneNumber.count();
    const found = await search(query);
    expect(searchResult.parse(found)).toEqual(found);
    expect(found.data.length).toBeGreaterThan(0);
    expect(found.alternatives).toEqual([]);
    for (const offer of found.data) {
      expect(fits(offer.phone_number)).toBe(true);
      expect(offer.cost_information?.currency).toBe("USD");
    }
    expect(await database().phoneNumber.count()).toBe(before);
  });

  test("an area code with nothing left offers searches that do have some", async () => {
    const found = await search({ area_code: "917" });
    expect(found.data).toEqual([]);
    expect(found.alternatives.length).toBeGreaterThan(0);
    for (const { query, results } of found.alternatives) {
      expect(results).toBeGreaterThan(0);
      expect((await search(query)).data).toHaveLength(results);
    }
  });

  test("an alternative that fails is left out; the search itself has succeeded", async () => {
    // The list of countries and the search itself pass, everything after them fails.
    await desk.control.arm({ operation: "search", times: 2, behaviour: { kind: "ok" } });
    await desk.control.arm({ operation: "search", times: 0, behaviour: { kind: "error_500_before" } });
    expect(await search({ area_code: "917" })).toEqual({ data: [], next_cursor: null, alternatives: [] });
  });

  test.each<[Record<string, string>, string]>([
    [{ country_code: "GB", area_code: "415" }, "area_code"],
    [{ country_code: "XX" }, "country_code"],
    [{ country_code: "US", phone_number_type: "mobile" }, "phone_number_type"],
  ])("%o is a field error at %s", async (query, path) => {
    await expect(search(query)).rejects.toMatchObject({
      code: "validation_failed",
      extra: { errors: [{ path }] },
    });
  });

  test.each([
    [{ kind: "error_500_before" }, "carrier_unreachable"],
    [{ kind: "status_429" }, "carrier_busy"],
    [{ kind: "refuse", status: 401, code: 20003 }, "carrier_refused"],
    [{ kind: "garble" }, "carrier_unreachable"],
  ])("a carrier with %o is told as %s", async (behaviour, code) => {
    await desk.control.arm({ operation: "search", times: 0, behaviour });
    await expect(search({})).rejects.toMatchObject({ code });
  });

  test("a viewer may look", async () => {
    const viewer = await openOrganization({ role: "viewer" });
    expect(
      (await searchNumbers(viewer, "default", searchNumbersQuery.parse({}))).data.length,
    ).toBeGreaterThan(0);
  });
});
