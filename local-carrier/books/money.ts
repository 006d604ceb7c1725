/** Carriers price to the hundredth of a cent at most; integers of that size add up without rounding. */
const UNITS_PER_DOLLAR = 10_000;
const FRACTION_DIGITS = 4;

export const PRICE_PATTERN = /^\d{1,7}(\.\d{1,4})?$/;

export function parseMoney(amount: string): number {
  const [whole = "0", fraction = ""] = amount.split(".");
  return Number(whole) * UNITS_PER_DOLLAR + Number(fraction.padEnd(FRACTION_DIGITS, "0"));
}

/** Two decimals, or four when there is something below a cent: "1.15", "0.0085", "-3.00". */
export function formatMoney(units: number): string {
  const sign = units < 0 ? "-" : "";
  const magnitude = Math.abs(units);
  const whole = Math.trunc(magnitude / UNITS_PER_DOLLAR);
  const fraction = String(magnitude % UNITS_PER_DOLLAR).padStart(FRACTION_DIGITS, "0");
  return `${sign}${whole}.${fraction.endsWith("00") ? fraction.slice(0, 2) : fraction}`;
}
