import areaCodes from "../../data/nanp-area-codes.json" with { type: "json" };
import { NOWHERE, type NumberBlock } from "./number-block";

/** 555-0100 ... 555-0199 are reserved for fiction in every area code. The last ten of them are magic. */
const RESERVED_PREFIX = "555";
const RESERVED_FIRST = 100;
const RESERVED_COUNT = 100;
const MAGIC_COUNT = 10;
const ORDINARY_COUNT = RESERVED_COUNT - MAGIC_COUNT;

/** Documented in the README: 917 shows "nothing here, try an overlay", 212 shows a nearly empty code. */
const SCARCE_AREA_CODES: Readonly<Record<string, number>> = { "917": 0, "212": 5 };

export function buildNorthAmericanBlocks(): NumberBlock[] {
  const blocks: NumberBlock[] = [];
  for (const row of areaCodes) {
    const common = {
      prefix: `+1${row.area_code}${RESERVED_PREFIX}`,
      suffixDigits: 4,
      first: RESERVED_FIRST,
      count: RESERVED_COUNT,
      forSale: SCARCE_AREA_CODES[row.area_code] ?? ORDINARY_COUNT,
      magicFrom: ORDINARY_COUNT,
      areaCode: row.area_code,
      addressRequirements: "none",
      betaShare: 0,
    } as const;

    if (row.kind === "toll_free") {
      blocks.push({
        ...common,
        country: "US",
        type: "toll_free",
        place: NOWHERE,
        capabilities: { sms: 0.9, mms: 0.6, fax: 0.2 },
      });
    } else if (row.country === "US" || row.country === "CA") {
      blocks.push({
        ...common,
        country: row.country,
        type: "local",
        place: {
          locality: row.city,
          // A code shared by provinces ("NS/PE") is filed under the first.
          region: row.region?.split("/")[0] ?? null,
          latitude: row.latitude,
          longitude: row.longitude,
        },
        capabilities: { sms: 0.8, mms: 0.7, fax: 0.15 },
      });
    }
  }
  return blocks;
}
