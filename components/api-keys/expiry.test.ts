import { describe, expect, test } from "vitest";
import { expiryMoment, expiryName, findDateMistake, localDay } from "./expiry";

// Local time on purpose: a custom date means the person's own calendar.
const now = new Date(2026, 9, 14, 12, 30, 15, 250);

describe("expiryMoment", () => {
  test.each([
    ["1", "1 day", 1],
    ["7", "7 days", 7],
    ["30", "30 days", 30],
    ["90", "90 days", 90],
    ["180", "180 days", 180],
    ["365", "365 days", 365],
  ] as const)("%s is %s of 24 hours", (expiry, name, days) => {
    expect(expiryName(expiry)).toBe(name);
    expect(expiryMoment({ expiry, date: "2026-01-01" }, now)).toEqual(
      new Date(now.getTime() + days * 86_400_000),
    );
  });

  test("never has no moment", () => {
    expect(expiryMoment({ expiry: "never", date: "2026-01-01" }, now)).toBeNull();
  });

  test("a custom date lasts to the end of that day", () => {
    expect(expiryMoment({ expiry: "date", date: "2027-01-31" }, now)).toEqual(
      new Date(2027, 0, 31, 23, 59, 59, 999),
    );
  });

  test.each(["", "2027", "12027-01-31"])("a custom date of %j is none", (date) => {
    expect(expiryMoment({ expiry: "date", date }, now)).toBeUndefined();
  });
});

test.each([
  ["date", "", "Choose a date."],
  ["date", "2026-10-13", "Choose today or a later day."],
  ["date", "2026-10-14", null],
  ["date", "2026-10-15", null],
  ["90", "2026-10-13", null],
  ["never", "", null],
] as const)("%s with the date %j: %s", (expiry, date, mistake) => {
  expect(findDateMistake({ expiry, date }, now)).toBe(mistake);
});

test("a day is written in the person's own calendar", () => {
  expect(localDay(new Date(2027, 0, 5, 0, 0))).toBe("2027-01-05");
  expect(localDay(new Date(2026, 11, 31, 23, 59))).toBe("2026-12-31");
});
