import { expect, test } from "vitest";
import { toKeypadDigits } from "./keypad";

test.each([
  ["", ""],
  ["415", "415"],
  ["CALL", "2255"],
  ["pizza", "74992"],
  ["1-800-flowers", "18003569377"],
  ["é!", ""],
])("%j is dialled as %j", (text, digits) => {
  expect(toKeypadDigits(text)).toBe(digits);
});
