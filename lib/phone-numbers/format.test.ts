import { expect, test } from "vitest";
import { formatNumber } from "./format";

test.each([
  ["+14155550123", "+1 415 555 0123", "(415) 555-0123"],
  ["+18005550123", "+1 800 555 0123", "(800) 555-0123"],
  ["+442079460123", "+44 20 7946 0123", "020 7946 0123"],
  ["+493023125123", "+49 30 23125123", "030 23125123"],
  ["+999123", "+999123", "+999123"],
])("%s is written %s, at home %s", (e164, international, national) => {
  expect(formatNumber(e164)).toEqual({ international, national });
  expect(formatNumber(e164)).toEqual({ international, national });
});
