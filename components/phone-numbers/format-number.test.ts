import { expect, test } from "vitest";
import { formatNational, formatNumber, significantDigits } from "./format-number";

test.each([
  ["+14155550123", "+1 415 555 0123", "(415) 555-0123", "4155550123"],
  ["+18005550123", "+1 800 555 0123", "(800) 555-0123", "8005550123"],
  ["+442079460958", "+44 20 7946 0958", "020 7946 0958", "2079460958"],
  ["+493012345678", "+49 30 12345678", "030 12345678", "3012345678"],
  ["+61291234567", "+61 2 9123 4567", "(02) 9123 4567", "291234567"],
])("%s", (e164, international, national, significant) => {
  expect(formatNumber(e164)).toBe(international);
  expect(formatNational(e164)).toBe(national);
  expect(significantDigits(e164)).toBe(significant);
});

test("a number no plan knows is shown as it is", () => {
  expect(formatNumber("+999")).toBe("+999");
});
