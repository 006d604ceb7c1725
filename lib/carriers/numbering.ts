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

/**
 * Country of an E.164 number and the kinds it may be sold as, likeliest first, or null when no country has it. Ranges
 * that libphonenumber knows no kind for (voice over IP, national, reserved ones) may be sold as any.
 */
export function kindsOfNumber(phoneNumber: string): { countryCode: string; types: NumberType[] } | null {
  if (phoneNumber.startsWith("+1")) {
    const area = northAmerica.get(phoneNumber.slice(2, 5));
    if (!area || phoneNumber.length !== 12) return null;
    return area.kind === "toll_free"
      ? { countryCode: "US", types: ["toll_free"] }
      : { countryCode: area.country ?? "US", types: ["local"] };
  }
  const parsed = parsePhoneNumberFromString(phoneNumber);
  const countryCode = parsed?.country ?? parsed?.getPossibleCountries()[0];
  if (!parsed || !countryCode) return null;
  switch (parsed.getType()) {
    case "TOLL_FREE":
      return { countryCode, types: ["toll_free"] };
    case "MOBILE":
      return { countryCode, types: ["mobile"] };
    case "FIXED_LINE":
      return { countryCode, types: ["local"] };
    default:
      return { countryCode, types: ["local", "mobile", "toll_free"] };
  }
}
