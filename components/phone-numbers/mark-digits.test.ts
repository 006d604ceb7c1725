import { expect, test } from "vitest";
import { type DigitWish, markDigits } from "./mark-digits";

const show = (e164: string, wish: DigitWish) =>
  markDigits(e164, wish)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("");

test.each<[string, DigitWish, string]>([
  ["+14155550123", {}, "(415) 555-0123"],
  ["+14155550123", { areaCode: "415" }, "([415]) 555-0123"],
  ["+14155550123", { areaCode: "212" }, "(415) 555-0123"],
  ["+14155550123", { contains: "0123", match: "end" }, "(415) 555-[0123]"],
  ["+14155550123", { contains: "012", match: "end" }, "(415) 555-0123"],
  ["+14155550123", { contains: "5501" }, "(415) 5[55-01]23"],
  ["+14155552255", { contains: "call" }, "(415) 555-[2255]"],
  ["+14155552255", { contains: "4155", match: "start" }, "([415) 5]55-2255"],
  ["+442079460958", { contains: "207", match: "start" }, "0[20 7]946 0958"],
  ["+442079460958", { contains: "958", match: "end" }, "020 7946 0[958]"],
])("%s with %j", (e164, wish, expected) => {
  expect(show(e164, wish)).toBe(expected);
});
