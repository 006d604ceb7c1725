import { describe, expect, test } from "vitest";
import areaCodes from "@/data/nanp-area-codes.json";
import { nearbySearches } from "./alternatives";
import { searchNumbersQuery } from "./schema";

const parse = (query: object) => searchNumbersQuery.parse(query);
const labels = (query: object) => nearbySearches(parse(query)).map(({ label }) => label);

describe("searches near one that found nothing", () => {
  test("an area code: its overlays, its region, the whole country", () => {
    const near = nearbySearches(parse({ area_code: "917" }));
    expect(near.length).toBeGreaterThanOrEqual(3);
    const overlays = near.filter(({ change }) => change.area_code);
    expect(overlays.length).toBeGreaterThan(0);
    expect(overlays.length).toBeLessThanOrEqual(2);
    for (const { change, label } of overlays) {
      expect(change.area_code).not.toBe("917");
      expect(label).toContain(`${change.area_code}`);
    }
    expect(labels({ area_code: "917" }).slice(-2)).toEqual(["Search all of NY", "Search all of US"]);
  });

  test("digits: the same search without them comes before the whole country", () => {
    expect(labels({ area_code: "415", contains: "FLOWERS" }).slice(-2)).toEqual([
      "Search without “FLOWERS”",
      "Search all of US",
    ]);
  });

  test("a search as wide as can be has nothing wider", () => {
    expect(labels({})).toEqual([]);
  });

  test("an unknown area code still leads to the whole country", () => {
    expect(labels({ area_code: "999" })).toEqual(["Search all of US"]);
  });

  test("for every area code there is: at most five, each another search", () => {
    for (const { area_code } of areaCodes) {
      const query = parse({ area_code, contains: "12" });
      const near = nearbySearches(query);
      expect(near.length, area_code).toBeLessThanOrEqual(5);
      const searches = near.map(({ change }) => JSON.stringify({ ...query, ...change }));
      expect(new Set([...searches, JSON.stringify(query)]).size, area_code).toBe(near.length + 1);
    }
  });

  test("what the person asked for besides is kept", () => {
    const query = parse({ area_code: "415", voice_enabled: "true", phone_number_type: "local" });
    for (const { change } of nearbySearches(query)) {
      expect({ ...query, ...change }).toMatchObject({ voice_enabled: true, phone_number_type: "local" });
    }
  });
});
