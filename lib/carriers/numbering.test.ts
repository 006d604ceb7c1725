import { describe, expect, test } from "vitest";
import areaCodes from "@/data/nanp-area-codes.json";
import { callingCodeOf, kindsOfNumber } from "./numbering";

describe("what digits alone tell", () => {
  test.each([
    ["+14155550123", "US", "local"],
    ["+16045550123", "CA", "local"],
    ["+18005550123", "US", "toll_free"],
    ["+18885550123", "US", "toll_free"],
    ["+442079460123", "GB", "local"],
    ["+447400123456", "GB", "mobile"],
    ["+448081570123", "GB", "toll_free"],
    ["+493023125000", "DE", "local"],
    ["+61491570156", "AU", "mobile"],
    ["+33612345678", "FR", "mobile"],
  ])("%s is a number of %s, %s", (phoneNumber, countryCode, type) => {
    expect(kindsOfNumber(phoneNumber)).toEqual({ countryCode, types: [type] });
  });

  test.each([
    ["+447700900123", "GB"],
    ["+33639981234", "FR"],
    ["+443001234567", "GB"],
  ])("%s of %s has no kind of its own and may be sold as any", (phoneNumber, countryCode) => {
    const found = kindsOfNumber(phoneNumber);
    expect(found?.countryCode).toBe(countryCode);
    expect([...(found?.types ?? [])].sort()).toEqual(["local", "mobile", "toll_free"]);
  });

  test.each([
    "",
    "+",
    "+1",
    "+1415555012",
    "+141555501234",
    "+11115550123",
    "4155550123",
    "+999123456",
    "text",
  ])("%o is nobody's", (text) => {
    expect(kindsOfNumber(text)).toBeNull();
  });

  test("every area code of the plan has a country and a kind", () => {
    for (const { area_code, kind } of areaCodes) {
      const found = kindsOfNumber(`+1${area_code}5550123`);
      expect(found?.countryCode, area_code).toMatch(/^[A-Z]{2}$/);
      expect(found?.types, area_code).toEqual([kind === "toll_free" ? "toll_free" : "local"]);
    }
  });
});

describe("calling codes", () => {
  test.each([
    ["US", "1"],
    ["CA", "1"],
    ["GB", "44"],
    ["DE", "49"],
    ["AU", "61"],
    ["XX", ""],
    ["", ""],
  ])("%s: %s", (countryCode, code) => {
    expect(callingCodeOf(countryCode)).toBe(code);
  });
});
