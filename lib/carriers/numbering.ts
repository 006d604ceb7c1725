import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import areaCodes from "@/data/nanp-area-codes.json";
import type { NumberType } from "./carrier";

/** What a number's digits alone tell. North America by the numbering plan's own list, the rest by libphonenumber. */

const northAmerica = new Map(areaCodes.map((entry) => [entry.area_code, entry]));

/** The country's calling code without a plus, or "" for a country without one. */
export function callingCodeOf(countryCode: string): string {
  return isSupportedCountry(countryCode) ? getCountryCallingCode(countryCode as CountryCode) : "";
}

/** Country and kind of an E.164 number, or null when no country has it. */
export function kindOfNumber(phoneNumber: string): { countryCode: string; type: NumberType } | null {
  if (phoneNumber.startsWith("+1")) {
    const area = northAmerica.get(phoneNumber.slice(2, 5));
    if (!area || phoneNumber.length !== 12) return null;
    return area.kind === "toll_free"
      ? { countryCode: "US", type: "toll_free" }
      : { countryCode: area.country ?? "US", type: "local" };
  }
  const parsed = parsePhoneNumberFromString(phoneNumber);
  const countryCode = parsed?.country ?? parsed?.getPossibleCountries()[0];
  if (!parsed || !countryCode) return null;
  const kind = parsed.getType();
  if (kind === "TOLL_FREE") return { countryCode, type: "toll_free" };
  return { countryCode, type: kind === "MOBILE" ? "mobile" : "local" };
}
