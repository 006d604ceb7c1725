import { expect, test } from "vitest";
import type { PhoneNumber } from "@/lib/phone-numbers/schema";
import {
  checkSearch,
  countAdvanced,
  emptySearch,
  searchFor,
  toSearchForm,
  toSearchQuery,
} from "./search-query";

test("the first search asks for local numbers in the US that can talk", () => {
  expect(toSearchQuery(emptySearch)).toEqual({
    country_code: "US",
    phone_number_type: "local",
    voice_enabled: "true",
  });
  expect(countAdvanced(emptySearch)).toBe(0);
});

test.each([
  [{ area_code: " 415 " }, { area_code: "415" }],
  [
    { contains: "call", match: "end" },
    { contains: "call", match: "end" },
  ],
  [{ match: "end" }, {}],
  [
    { sms_enabled: true, in_region: "CA" },
    { sms_enabled: "true", in_region: "CA" },
  ],
])("%j", (change, extra) => {
  expect(toSearchQuery({ ...emptySearch, ...change })).toEqual({ ...toSearchQuery(emptySearch), ...extra });
});

test("an area code stays behind when the country has none", () => {
  expect(toSearchQuery({ ...emptySearch, country_code: "GB", area_code: "415" }).area_code).toBeUndefined();
});

test("a suggested search fills the form", () => {
  const form = toSearchForm({
    country_code: "CA",
    phone_number_type: "local",
    voice_enabled: "true",
    limit: "20",
  });
  expect(form).toEqual({ ...emptySearch, country_code: "CA" });
});

test.each([
  ["115", "An area code has three digits and starts with 2 to 9, like 415."],
  ["41", "An area code has three digits and starts with 2 to 9, like 415."],
  ["415", undefined],
])("area code %s", (area_code, message) => {
  expect(checkSearch(toSearchQuery({ ...emptySearch, area_code })).area_code).toBe(message);
});

test.each([
  [
    { country_code: "US", phone_number_type: "local", international: "+1 415 555 0123" },
    { area_code: "415", contains: "4155550123" },
  ],
  [
    { country_code: "US", phone_number_type: "toll_free", international: "+1 800 555 0199" },
    { contains: "8005550199" },
  ],
  [
    { country_code: "GB", phone_number_type: "local", international: "+44 20 7946 0958" },
    { contains: "2079460958" },
  ],
] as const)("the search for a number that was given back: %j", ({ international, ...kind }, wanted) => {
  const number = {
    ...kind,
    formatted: { international, national: "" },
    capabilities: { voice: true, sms: false, mms: false },
  } as PhoneNumber;
  const query = toSearchQuery(searchFor(number));
  expect(query).toEqual({ ...kind, ...wanted, match: "anywhere", voice_enabled: "true" });
  expect(checkSearch(query)).toEqual({});
});
