import { emptySearch, type SearchForm } from "./search-query";

const storageKey = "linedesk.last-number-search";

/** The first search of a dialog: country and type as last time. */
export function readLastSearch(): SearchForm {
  const [country, type] = window.localStorage.getItem(storageKey)?.split(" ") ?? [];
  if (!country || !type) return emptySearch;
  return { ...emptySearch, country_code: country, phone_number_type: type };
}

export function rememberSearch({ country_code, phone_number_type }: SearchForm) {
  window.localStorage.setItem(storageKey, `${country_code} ${phone_number_type}`);
}
