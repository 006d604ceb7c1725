import type { Carrier, NumberSearch, AvailableNumber as Offer } from "../carriers/carrier";
import type { Ctx } from "../context";
import { AppError } from "../errors";
import { asAppError, carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { requireScope } from "../permissions";
import { nearbySearches } from "./alternatives";
import type { AvailableNumber, SearchAlternative, SearchNumbersQuery, SearchResult } from "./schema";
import { serializeOffer } from "./serialize";

/**
 * Numbers for sale at the carrier, with their price now. When there are none, near searches that do have some.
 * Nothing is reserved. Throws `validation_failed` for filters the country does not know, `carrier_unreachable`,
 * `carrier_busy`, `carrier_refused`.
 */
export async function searchNumbers(
  ctx: Ctx,
  managedAccountId: string,
  query: SearchNumbersQuery,
): Promise<SearchResult> {
  const { carrier, offers } = await search(ctx, managedAccountId, query);
  const alternatives = offers.length > 0 ? [] : await findAlternatives(carrier, query);
  return { data: offers.map(serializeOffer), next_cursor: null, alternatives };
}

/** As searchNumbers, without asking the carrier for near searches when there are none. */
export async function findOffers(
  ctx: Ctx,
  managedAccountId: string,
  query: SearchNumbersQuery,
): Promise<AvailableNumber[]> {
  const { offers } = await search(ctx, managedAccountId, query);
  return offers.map(serializeOffer);
}

async function search(
  ctx: Ctx,
  managedAccountId: string,
  query: SearchNumbersQuery,
): Promise<{ carrier: Carrier; offers: Offer[] }> {
  requireScope(ctx, "managed_accounts:read", "phone_numbers:manage");
  const carrier = carrierOf(await getManagedAccountOrThrow(managedAccountId));
  requireNorthAmerica(query);
  await requireCountry(carrier, query);
  return { carrier, offers: await find(carrier, query) };
}

function requireNorthAmerica(query: SearchNumbersQuery): void {
  if (!query.area_code || query.country_code === "US" || query.country_code === "CA") return;
  const message = "Area codes can be chosen in the US and Canada only.";
  throw new AppError("validation_failed", message, { errors: [{ path: "area_code", message }] });
}

async function requireCountry(carrier: Carrier, query: SearchNumbersQuery): Promise<void> {
  const countries = await asAppError(carrier.listCountries());
  const country = countries.find(({ countryCode }) => countryCode === query.country_code);
  if (!country) {
    const message = `No numbers are sold in ${query.country_code}.`;
    throw new AppError("validation_failed", message, { errors: [{ path: "country_code", message }] });
  }
  if (country.types.includes(query.phone_number_type)) return;
  const kind = query.phone_number_type.replace("_", "-");
  const message = `${country.name} has no ${kind} numbers.`;
  throw new AppError("validation_failed", message, { errors: [{ path: "phone_number_type", message }] });
}

async function find(carrier: Carrier, query: SearchNumbersQuery): Promise<Offer[]> {
  return await asAppError(carrier.searchNumbers(toSearch(query)));
}

async function findAlternatives(carrier: Carrier, query: SearchNumbersQuery): Promise<SearchAlternative[]> {
  const tried = await Promise.all(
    nearbySearches(query).map(async ({ label, change }) => {
      // Suggestions are a courtesy: one that fails is left out, the search itself has succeeded.
      const found = await find(carrier, { ...query, ...change }).catch(() => []);
      return { label, query: asQuery({ ...query, ...change }), results: found.length };
    }),
  );
  return tried.filter((alternative) => alternative.results > 0);
}

function toSearch(query: SearchNumbersQuery): NumberSearch {
  return {
    countryCode: query.country_code,
    type: query.phone_number_type,
    limit: query.limit,
    ...(query.area_code ? { areaCode: query.area_code } : {}),
    ...(query.in_region ? { region: query.in_region } : {}),
    ...(query.in_locality ? { locality: query.in_locality } : {}),
    ...(query.in_postal_code ? { postalCode: query.in_postal_code } : {}),
    ...(query.contains ? { contains: { text: query.contains, where: query.match } } : {}),
    ...(query.voice_enabled === undefined ? {} : { voice: query.voice_enabled }),
    ...(query.sms_enabled === undefined ? {} : { sms: query.sms_enabled }),
    ...(query.mms_enabled === undefined ? {} : { mms: query.mms_enabled }),
    ...(query.no_paperwork ? { noPaperwork: true } : {}),
  };
}

function asQuery(query: SearchNumbersQuery): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
