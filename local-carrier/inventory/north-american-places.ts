import { hashText } from "./seeded";

/** First three digits of the ZIP codes of a state, lowest and highest. */
const ZIP_PREFIXES: Readonly<Record<string, readonly [number, number]>> = {
  AK: [995, 999],
  AL: [350, 369],
  AR: [716, 729],
  AZ: [850, 865],
  CA: [900, 961],
  CO: [800, 816],
  CT: [60, 69],
  DC: [200, 205],
  DE: [197, 199],
  FL: [320, 349],
  GA: [300, 319],
  HI: [967, 968],
  IA: [500, 528],
  ID: [832, 838],
  IL: [600, 629],
  IN: [460, 479],
  KS: [660, 679],
  KY: [400, 427],
  LA: [700, 714],
  MA: [10, 27],
  MD: [206, 219],
  ME: [39, 49],
  MI: [480, 499],
  MN: [550, 567],
  MO: [630, 658],
  MS: [386, 397],
  MT: [590, 599],
  NC: [270, 289],
  ND: [580, 588],
  NE: [680, 693],
  NH: [30, 38],
  NJ: [70, 89],
  NM: [870, 884],
  NV: [889, 898],
  NY: [100, 149],
  OH: [430, 459],
  OK: [730, 749],
  OR: [970, 979],
  PA: [150, 196],
  RI: [28, 29],
  SC: [290, 299],
  SD: [570, 577],
  TN: [370, 385],
  TX: [750, 799],
  UT: [840, 847],
  VA: [220, 246],
  VT: [50, 59],
  WA: [980, 994],
  WI: [530, 549],
  WV: [247, 268],
  WY: [820, 831],
};

const CANADIAN_POSTAL_LETTERS: Readonly<Record<string, string>> = {
  AB: "T",
  BC: "V",
  MB: "R",
  NB: "E",
  NL: "A",
  NS: "B",
  NT: "X",
  NU: "X",
  ON: "M",
  PE: "C",
  QC: "H",
  SK: "S",
  YT: "Y",
};
const LETTERS_IN_POSTAL_CODES = "ABCEGHJKLMNPRSTVWXYZ";
const POSTAL_CODES_PER_AREA = 6;
/** Every Canadian exchange is filed under this one area. */
const CANADIAN_LATA = "888";

/** Plausible, not real: the right state or province, a made-up district. */
export function derivePostalCode(place: {
  country: string;
  region: string;
  locality: string;
  offset: number;
}): string {
  const district = hashText(`${place.region}/${place.locality}`);
  const delivery = hashText(`${place.region}/${place.locality}/${place.offset % POSTAL_CODES_PER_AREA}`);
  if (place.country === "CA") {
    const letterAt = (value: number) =>
      LETTERS_IN_POSTAL_CODES.charAt(value % LETTERS_IN_POSTAL_CODES.length);
    const first = CANADIAN_POSTAL_LETTERS[place.region] ?? "K";
    return `${first}${district % 10}${letterAt(district >>> 4)} ${delivery % 10}${letterAt(delivery >>> 4)}${(delivery >>> 9) % 10}`;
  }
  const [lowest, highest] = ZIP_PREFIXES[place.region] ?? [100, 999];
  const prefix = lowest + (district % (highest - lowest + 1));
  return String(prefix).padStart(3, "0") + String(delivery % 100).padStart(2, "0");
}

export function deriveLata(country: string, region: string, locality: string): string {
  return country === "CA" ? CANADIAN_LATA : String(120 + (hashText(`lata/${region}/${locality}`) % 857));
}

/** Rate centres are city names in capitals, squeezed into ten characters. */
export function deriveRateCenter(locality: string): string {
  const capitals = locality.toUpperCase().replace(/[^A-Z ]/g, "");
  if (capitals.length <= 10) return capitals;
  return capitals
    .replace(/(?<=[A-Z])[AEIOU]/g, "")
    .slice(0, 10)
    .trim();
}
