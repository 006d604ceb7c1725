import { describe, expect, test } from "vitest";
import { holdEnd } from "./hold";

const at = (text: string) => new Date(text);

describe("the end of a hold", () => {
  test.each([
    [1, "2026-11-23T09:20:41.730Z"],
    [7, "2026-11-29T09:20:41.730Z"],
    [90, "2027-02-20T09:20:41.730Z"],
  ])("of %d days is so many times 24 hours later", (days, end) => {
    expect(holdEnd(days, at("2026-01-31T10:00:00Z"), at("2026-11-22T09:20:41.730Z"))).toEqual(at(end));
  });

  test.each([
    ["2026-01-15T10:00:00Z", "2026-02-01T00:00:00Z", "2026-02-14T12:00:00Z"],
    ["2026-01-31T10:00:00Z", "2026-02-01T00:00:00Z", "2026-02-27T12:00:00Z"],
    ["2026-01-31T10:00:00Z", "2026-02-28T00:00:00Z", "2026-03-30T12:00:00Z"],
    ["2026-01-15T10:00:00Z", "2026-02-14T11:59:59Z", "2026-02-14T12:00:00Z"],
  ])("before the renewal of a purchase on %s, made %s: %s", (bought, now, end) => {
    expect(holdEnd("before_renewal", at(bought), at(now))).toEqual(at(end));
  });

  test("is at once in the last twelve hours before a renewal", () => {
    const now = at("2026-02-14T12:00:00.001Z");
    expect(holdEnd("before_renewal", at("2026-01-15T10:00:00Z"), now)).toEqual(now);
  });
});
