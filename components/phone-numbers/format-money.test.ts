import { expect, test } from "vitest";
import { formatMoney } from "./format-money";

test.each([
  ["1.15", "USD", "$1.15"],
  ["1", "USD", "$1.00"],
  ["1234.5", "USD", "$1,234.50"],
  ["0.0085", "USD", "$0.0085"],
  ["1.15", "CAD", "CA$1.15"],
  ["0.90", "EUR", "€0.90"],
])("%s %s", (amount, currency, expected) => {
  expect(formatMoney({ amount, currency })).toBe(expected);
});
