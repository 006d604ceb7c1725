import { type PhoneNumber, searchNumbersQuery } from "@/lib/phone-numbers/schema";
import { significantDigits } from "./mark-digits";

/** The search form as it stands on the screen. */
export interface SearchForm {
  country_code: string;
  phone_number_type: string;
  area_code: string;
  in_region: string;
  in_locality: string;
  in_postal_code: string;
  contains: string;
  match: string;
  voice_enabled: boolean;
  sms_enabled: boolean;
  mms_enabled: boolean;
  no_paperwork: boolean;
}

export type SearchQuery = Record<string, string>;
export type SearchIssues = Partial<Record<string, string>>;

export const emptySearch: SearchForm = {
  country_code: "US",
  phone_number_type: "local",
  area_code: "",
  in_region: "",
  in_locality: "",
  in_postal_code: "",
  contains: "",
  match: "anywhere",
  voice_enabled: true,
  sms_enabled: false,
  mms_enabled: false,
  no_paperwork: false,
};

export function hasAreaCodes(country: string): boolean {
  return country === "US" || country === "CA";
}

/** Parameters of the search; what is empty or off is left out. */
export function toSearchQuery(form: SearchForm): SearchQuery {
  const query: SearchQuery = {};
  for (const [name, value] of Object.entries(form)) {
    const text = typeof value === "boolean" ? (value ? "true" : "") : value.trim();
    if (text) query[name] = text;
  }
  if (!hasAreaCodes(form.country_code)) delete query.area_code;
  if (!query.contains) delete query.match;
  return query;
}

/** Fills the form from a query, as when a suggested search is taken. */
export function toSearchForm(query: SearchQuery): SearchForm {
  const { voice_enabled, sms_enabled, mms_enabled, no_paperwork, limit: _limit, ...texts } = query;
  return {
    ...emptySearch,
    ...texts,
    voice_enabled: voice_enabled === "true",
    sms_enabled: sms_enabled === "true",
    mms_enabled: mms_enabled === "true",
    no_paperwork: no_paperwork === "true",
  };
}

/** What is wrong with a query, by field and in the sentences of the API. Empty when nothing is. */
export function checkSearch(query: SearchQuery): SearchIssues {
  const result = searchNumbersQuery.safeParse(query);
  return result.success
    ? {}
    : Object.fromEntries(result.error.issues.map((issue) => [issue.path.join("."), issue.message]));
}

/** The search that finds this number and no other, if it is for sale. */
export function searchFor(number: PhoneNumber): SearchForm {
  const digits = significantDigits(number.formatted.international);
  const inAreaCode = number.phone_number_type === "local" && hasAreaCodes(number.country_code);
  return {
    ...emptySearch,
    country_code: number.country_code,
    phone_number_type: number.phone_number_type,
    // Without the digits, the same area code is the nearest there is.
    area_code: inAreaCode ? digits.slice(0, 3) : "",
    contains: digits.slice(0, 12),
    voice_enabled: number.capabilities.voice,
  };
}

const advanced = [
  "in_region",
  "in_locality",
  "in_postal_code",
  "contains",
  "sms_enabled",
  "mms_enabled",
  "no_paperwork",
] as const;

/** How many of the folded filters say something; voice is required by default and counts when it is not. */
export function countAdvanced(form: SearchForm): number {
  return advanced.filter((name) => Boolean(form[name])).length + (form.voice_enabled ? 0 : 1);
}
