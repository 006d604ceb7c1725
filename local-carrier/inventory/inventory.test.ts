import { describe, expect, it } from "vitest";
import { createInventory, type InventoryQuery } from "./inventory";
import type { NumberType } from "./number-block";

const inventory = createInventory("a seed");
const nobody = () => false;

function ask(query: Partial<InventoryQuery> & { country: string; type?: NumberType }): InventoryQuery {
  return {
    type: "local",
    limit: 1000,
    capabilities: {},
    excludedAddressRequirements: [],
    includeBeta: true,
    ...query,
  };
}

describe("createInventory", () => {
  it("has only numbers reserved for fiction", () => {
    const reserved =
      /^\+1\d{3}55501\d\d$|^\+44(20794\d|1\d\d496|191498|1632960|7700900|808157)0?\d{3}$|^\+61([2378](5550|7010)\d{4}|49157\d{4}|1800(160401|9757\d\d))$|^\+33(19900|26191|35301|46571|53649|63998)\d{4}$|^\+49(3023125|4066969|6990009|8999998|2214710)\d{3}$|^\+49(15228817386|15228895456|15254599371|17299\d{5}|17499?\d+|1749\d{6}|17139200\d\d|176040690\d\d)$|^\+3532091\d{5}$/;
    let seen = 0;
    for (const country of ["US", "CA", "GB", "AU", "DE", "FR", "IE"]) {
      for (const type of inventory.typesOf(country)) {
        for (const number of inventory.search(ask({ country, type, limit: 300 }), nobody)) {
          expect(number.phoneNumber).toMatch(reserved);
          expect(number.country).toBe(country);
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(3000);
  });

  it("tells the same about a number whether searched or looked up", () => {
    const found = inventory.search(ask({ country: "US", limit: 50 }), nobody);
    expect(found).toHaveLength(50);
    for (const number of found) expect(inventory.find(number.phoneNumber)).toEqual(number);
  });

  it("answers a query the same way for the same seed, and otherwise for another", () => {
    const query = ask({ country: "US", limit: 20 });
    const first = inventory.search(query, nobody).map((number) => number.phoneNumber);
    const again = createInventory("a seed")
      .search(query, nobody)
      .map((number) => number.phoneNumber);
    const other = createInventory("another")
      .search(query, nobody)
      .map((number) => number.phoneNumber);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("keeps the order of what is left when a number is taken", () => {
    const query = ask({ country: "US", areaCode: "415", limit: 10 });
    const [taken, ...rest] = inventory.search(query, nobody).map((number) => number.phoneNumber);
    const after = inventory.search(query, (phoneNumber) => phoneNumber === taken);
    expect(after.slice(0, 9).map((number) => number.phoneNumber)).toEqual(rest);
  });

  it("holds over thirty thousand US local numbers", () => {
    const query = ask({ country: "US", limit: 100_000 });
    const numbers = inventory.search(query, nobody).map((number) => number.phoneNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThan(30_000);
  });

  it.each([
    ["415", 90],
    ["917", 0],
    ["646", 90],
    ["212", 5],
  ])("area code %s shows %i numbers", (areaCode, expected) => {
    expect(inventory.search(ask({ country: "US", areaCode }), nobody)).toHaveLength(expected);
  });

  it("shows a magic number only to who names it", () => {
    const shown = inventory.search(ask({ country: "US", areaCode: "415" }), nobody);
    expect(shown.filter((number) => /019\d$/.test(number.phoneNumber))).toEqual([]);
    expect(inventory.find("+14155550192")?.locality).toBe("San Francisco");
    expect(inventory.find("+12125550120")).toBeUndefined();
    expect(inventory.find("+14155550200")).toBeUndefined();
    expect(inventory.find("+99955501234")).toBeUndefined();
  });

  it("draws a realistic share of numbers without texts, and none with pictures only", () => {
    const numbers = inventory.search(ask({ country: "US", limit: 5000 }), nobody);
    const voiceOnly = numbers.filter(({ capabilities }) => !capabilities.sms && !capabilities.mms);
    const picturesOnly = numbers.filter(({ capabilities }) => capabilities.mms && !capabilities.sms);
    expect(voiceOnly.length / numbers.length).toBeGreaterThan(0.15);
    expect(voiceOnly.length / numbers.length).toBeLessThan(0.25);
    expect(picturesOnly).toEqual([]);
  });
});
