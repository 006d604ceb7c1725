import type { Money } from "@/lib/phone-numbers/schema";

const formats = new Map<string, Intl.NumberFormat>();

/** "$1.15", "CA$1.15", "€0.90": each sign stands for one currency only. */
export function formatMoney({ amount, currency }: Money): string {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat("en-US", { style: "currency", currency, maximumFractionDigits: 4 });
    formats.set(currency, format);
  }
  return format.format(Number(amount));
}

export function isZero({ amount }: Money): boolean {
  return Number(amount) === 0;
}
