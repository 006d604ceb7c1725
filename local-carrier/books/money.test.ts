import { describe, expect, it } from "vitest";
import { formatMoney, parseMoney } from "./money";

describe("money", () => {
  it.each(["0.00", "1.15", "0.0085", "99998.85", "100000.00"])("keeps %s", (amount) => {
    expect(formatMoney(parseMoney(amount))).toBe(amount);
  });

  it("adds ten thousand prices without rounding", () => {
    let total = 0;
    for (let bought = 0; bought < 10_000; bought += 1) total += parseMoney("1.15");
    expect(formatMoney(total)).toBe("11500.00");
  });

  it("writes what is owed with a sign", () => {
    expect(formatMoney(parseMoney("1.00") - parseMoney("2.15"))).toBe("-1.15");
  });
});
