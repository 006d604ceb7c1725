const names = new Intl.DisplayNames(["en"], { type: "region" });

/** Whatever stands in a link may be no country at all. */
export function countryName(code: string): string {
  return /^[A-Za-z]{2}$/.test(code) ? (names.of(code.toUpperCase()) ?? code) : code;
}
