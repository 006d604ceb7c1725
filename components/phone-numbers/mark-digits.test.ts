import { expect, test } from "vitest";
import { type DigitWish, markDigits } from "./mark-digits";

const us = { international: "+1 415 555 0123", national: "(415) 555-0123" };
const vanity = { international: "+1 415 555 2255", national: "(415) 555-2255" };
const london = { international: "+44 20 7946 0958", national: "020 7946 0958" };
const unknown = { international: "+999123", national: "+999123" };

const show = (formatted: typeof us, wish: DigitWish) =>
  markDigits(formatted, wish)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("");

test.each<[typeof us, DigitWish, string]>([
  [us, {}, "(415) 555-0123"],
  [us, { areaCode: "415" }, "([415]) 555-0123"],
  [us, { areaCode: "212" }, "(415) 555-0123"],
  [us, { contains: "0123", match: "end" }, "(415) 555-[0123]"],
  [us, { contains: "012", match: "end" }, "(415) 555-0123"],
  [us, { contains: "5501" }, "(415) 5[55-01]23"],
  [vanity, { contains: "call" }, "(415) 555-[2255]"],
  [vanity, { contains: "4155", match: "start" }, "([415) 5]55-2255"],
  [london, { contains: "207", match: "start" }, "0[20 7]946 0958"],
  [london, { contains: "958", match: "end" }, "020 7946 0[958]"],
  [unknown, { contains: "123" }, "+999[123]"],
])("$0.national with $1", (formatted, wish, expected) => {
  expect(show(formatted, wish)).toBe(expected);
});
