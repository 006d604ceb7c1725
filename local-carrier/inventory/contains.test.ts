import { describe, expect, it } from "vitest";
import { parseContains } from "./contains";

const NUMBER = { phoneNumber: "+14155550123", nationalNumber: "4155550123" };

describe("parseContains", () => {
  it.each([
    ["4155550123", true],
    ["5550123", true],
    ["415", true],
    ["+1415", true],
    ["+415", true],
    ["+555", false],
    ["0123$", true],
    ["0122$", false],
    ["5555$", false],
    ["*123", true],
    ["4155550123*", false],
    ["012*", true],
    ["%23", true],
    ["55%", true],
    // The country code belongs to the number only where a pattern starts at the start.
    ["14155", false],
    ["KJL", true],
    ["ILJJJK", false],
    ["jjj01", true],
  ])("%s matches %s", (pattern, expected) => {
    expect(parseContains(pattern)?.matches(NUMBER)).toBe(expected);
  });

  it("reads letters as a phone's keys", () => {
    const taxi = parseContains("TAXI");
    expect(taxi?.matches({ phoneNumber: "+14158294123", nationalNumber: "4158294123" })).toBe(true);
    expect(taxi?.matches(NUMBER)).toBe(false);
  });

  it.each(["4", "**", "4*15", "+*415", "415*$", "41+5", "12345678901234567", "(415)", ""])(
    "refuses %s",
    (pattern) => {
      expect(parseContains(pattern)).toBeNull();
    },
  );

  it.each([
    ["4155550192", "4155550192"],
    ["+14155550192", "14155550192"],
    ["415*", null],
    ["0192$", null],
    ["TAXI", null],
  ])("%s names exactly %s", (pattern, expected) => {
    expect(parseContains(pattern)?.exactDigits).toBe(expected);
  });
});
