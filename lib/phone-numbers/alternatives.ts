import areaCodes from "@/data/nanp-area-codes.json";
import type { SearchNumbersQuery } from "./schema";

interface NearbySearch {
  label: string;
  change: Partial<SearchNumbersQuery>;
}

const byAreaCode = new Map(areaCodes.map((entry) => [entry.area_code, entry]));

/**
 * Searches worth a try when this one found nothing, nearest first: an overlay of the same area, the same region,
 * without the digits, the whole country. At most five, each a change to the query.
 */
export function nearbySearches(query: SearchNumbersQuery): NearbySearch[] {
  const area = query.area_code ? byAreaCode.get(query.area_code) : undefined;
  const overlays = (area?.overlays ?? []).slice(0, 2).map((overlay) => ({
    label: `Search ${overlay}, the same area as ${query.area_code}`,
    change: { area_code: overlay },
  }));
  const region =
    area?.region && area.kind === "geographic"
      ? [
          {
            label: `Search all of ${area.region}`,
            change: { area_code: undefined, in_region: area.region, in_locality: undefined },
          },
        ]
      : [];
  const digits = query.contains
    ? [{ label: `Search without “${query.contains}”`, change: { contains: undefined } }]
    : [];
  const country = isNarrowed(query)
    ? [{ label: `Search all of ${query.country_code}`, change: everywhere }]
    : [];
  return [...overlays, ...region, ...digits, ...country];
}

const everywhere = {
  area_code: undefined,
  in_region: undefined,
  in_locality: undefined,
  in_postal_code: undefined,
  contains: undefined,
};

function isNarrowed(query: SearchNumbersQuery): boolean {
  return Object.keys(everywhere).some((name) => query[name as keyof typeof everywhere] !== undefined);
}
