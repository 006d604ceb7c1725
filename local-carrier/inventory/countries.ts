import type { NumberType } from "./number-block";

export interface Country {
  isoCountry: string;
  name: string;
  dialCode: string;
  currency: "USD";
  /** Price of a month, and what a purchase charges at once, for each type the country has. */
  monthlyPrices: Partial<Record<NumberType, string>>;
}

export const COUNTRIES: readonly Country[] = [
  country("AU", "Australia", "61", { local: "3.00", mobile: "6.50", toll_free: "16.00" }),
  country("CA", "Canada", "1", { local: "1.15" }),
  country("DE", "Germany", "49", { local: "1.15", mobile: "15.00" }),
  country("FR", "France", "33", { local: "1.15", mobile: "15.00" }),
  country("GB", "United Kingdom", "44", { local: "1.15", mobile: "1.15", toll_free: "2.15" }),
  country("IE", "Ireland", "353", { local: "1.15" }),
  country("US", "United States", "1", { local: "1.15", toll_free: "2.15" }),
];

export function findCountry(isoCountry: string): Country | undefined {
  return COUNTRIES.find((candidate) => candidate.isoCountry === isoCountry);
}

function country(
  isoCountry: string,
  name: string,
  dialCode: string,
  monthlyPrices: Country["monthlyPrices"],
): Country {
  return { isoCountry, name, dialCode, currency: "USD", monthlyPrices };
}
