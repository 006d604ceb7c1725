import type {
  AvailableNumber,
  Carrier,
  Money,
  NumberPage,
  NumberSearch,
  NumberType,
  OwnedNumber,
} from "../carrier";
import { CarrierError } from "../errors";
import { callingCodeOf, kindsOfNumber } from "../numbering";
import { createClient, type TwilioClient, type TwilioSettings } from "./client";
import { isNotFound, toCarrierError } from "./errors";
import {
  toAvailableNumber,
  toCountryInventory,
  toOwnedNumber,
  toOwnedNumbers,
  toPrices,
  toSearchFilters,
} from "./map";

/** Search results may show prices this old; a quote for a purchase never does. */
const priceAgeMs = 60_000;
const largestPage = 1_000;

export function createTwilioCarrier(settings: TwilioSettings): Carrier {
  const client = createClient(settings);
  const prices = new Map<string, { at: number; value: Promise<Map<NumberType, Money>> }>();

  async function readPrices(countryCode: string): Promise<Map<NumberType, Money>> {
    try {
      return toPrices(await attempt(client.pricing.v1.phoneNumbers.countries(countryCode).fetch()));
    } catch (error) {
      // A country without a list of prices: if numbers are sold there, nobody says for how much.
      if (error instanceof CarrierError && isNotFound(error)) return new Map();
      throw error;
    }
  }

  function recentPrices(countryCode: string): Promise<Map<NumberType, Money>> {
    const known = prices.get(countryCode);
    if (known && performance.now() - known.at < priceAgeMs) return known.value;
    const value = readPrices(countryCode);
    prices.set(countryCode, { at: performance.now(), value });
    value.catch(() => prices.delete(countryCode));
    return value;
  }

  return {
    name: "twilio",

    async listCountries() {
      const countries = await attempt(client.availablePhoneNumbers.list());
      return countries.map(toCountryInventory).filter((country) => country.types.length > 0);
    },

    async searchNumbers(search) {
      const [items, known] = await Promise.all([available(client, search), recentPrices(search.countryCode)]);
      const price = known.get(search.type) ?? null;
      return items.map((item) => toAvailableNumber(item, search.type, price));
    },

    async quoteNumber(phoneNumber): Promise<AvailableNumber | null> {
      const kinds = kindsOfNumber(phoneNumber);
      if (!kinds) return null;
      const { countryCode, types } = kinds;
      const contains = { text: phoneNumber, where: "anywhere" } as const;
      const searches = types.map(async (type) => {
        const items = await available(client, { countryCode, type, contains, limit: 20 });
        return items.map((item) => ({ item, type }));
      });
      const [found, fresh] = await Promise.all([Promise.all(searches), readPrices(countryCode)]);
      const offers = found
        .flat()
        .map(({ item, type }) => toAvailableNumber(item, type, fresh.get(type) ?? null));
      return offers.find((offer) => offer.phoneNumber === phoneNumber) ?? null;
    },

    async priceNumber(phoneNumber): Promise<Money | null> {
      const kinds = kindsOfNumber(phoneNumber);
      // Digits that may be of several kinds do not tell which of their prices it is.
      const [type, ...others] = kinds?.types ?? [];
      if (!kinds || !type || others.length > 0) return null;
      return (await readPrices(kinds.countryCode)).get(type) ?? null;
    },

    async findAddress(requirement, countryCode) {
      const addresses = await attempt(client.addresses.list({ limit: 200 }));
      const fitting = addresses.find(
        ({ isoCountry }) =>
          requirement === "any" || (isoCountry === countryCode) === (requirement === "local"),
      );
      return fitting?.sid ?? null;
    },

    async buyNumber(purchase) {
      const bought = await attempt(
        client.incomingPhoneNumbers.create({
          // By exact number only: a purchase by area code buys another number on each repeat.
          phoneNumber: purchase.phoneNumber,
          friendlyName: purchase.tag,
          voiceUrl: purchase.voiceUrl,
          voiceMethod: "POST",
          ...(purchase.addressId ? { addressSid: purchase.addressId } : {}),
        }),
      );
      return toOwnedNumber(bought);
    },

    async findNumbers(by): Promise<OwnedNumber[]> {
      const filter = "tag" in by ? { friendlyName: by.tag } : { phoneNumber: by.phoneNumber };
      const found = (await attempt(client.incomingPhoneNumbers.list(filter))).map(toOwnedNumber);
      // Twilio's filters match parts; only equality may decide.
      return found.filter((number) =>
        "tag" in by ? number.tag === by.tag : number.phoneNumber === by.phoneNumber,
      );
    },

    async getNumber(carrierNumberId) {
      try {
        return toOwnedNumber(await attempt(client.incomingPhoneNumbers(carrierNumberId).fetch()));
      } catch (error) {
        if (error instanceof CarrierError && isNotFound(error)) return null;
        throw error;
      }
    },

    async listNumbers(after): Promise<NumberPage> {
      const page = await attempt(
        client.incomingPhoneNumbers.page({
          pageSize: settings.pageSize ?? largestPage,
          ...(after ? readPlace(after) : {}),
        }),
      );
      const { nextPageUrl } = page;
      return { ...toOwnedNumbers(page.instances), after: nextPageUrl ? placeOf(nextPageUrl) : null };
    },

    async markNumber(carrierNumberId, { tag, voiceUrl }) {
      // A trunk or an application would keep the calls, and the voice URL would be ignored.
      const own = { trunkSid: "", voiceApplicationSid: "", voiceReceiveMode: "voice" } as const;
      const change = { friendlyName: tag, voiceUrl, voiceMethod: "POST", ...own };
      try {
        return toOwnedNumber(await attempt(client.incomingPhoneNumbers(carrierNumberId).update(change)));
      } catch (error) {
        if (error instanceof CarrierError && isNotFound(error)) return null;
        throw error;
      }
    },

    async releaseNumber(carrierNumberId) {
      try {
        await attempt(client.incomingPhoneNumbers(carrierNumberId).remove());
      } catch (error) {
        if (!(error instanceof CarrierError && isNotFound(error))) throw error;
      }
    },
  };
}

/** Throws CarrierError for an address that names no place: it would begin at the first page again. */
function placeOf(nextPageUrl: string): string {
  const search = URL.canParse(nextPageUrl) ? new URL(nextPageUrl).search : "";
  if (Object.keys(readPlace(search)).length > 0) return search;
  throw new CarrierError("unknown", "The carrier's list goes on at a place that cannot be read.");
}

/** Of the address the carrier gives for the next page only the place is taken; requests go to known hosts alone. */
function readPlace(search: string): { pageToken?: string; pageNumber?: number } {
  const query = new URLSearchParams(search);
  const token = query.get("PageToken");
  const number = query.get("Page");
  return { ...(token ? { pageToken: token } : {}), ...(number ? { pageNumber: Number(number) } : {}) };
}

async function available(client: TwilioClient, search: NumberSearch): Promise<unknown[]> {
  const country = client.availablePhoneNumbers(search.countryCode);
  const filters = toSearchFilters(search, callingCodeOf(search.countryCode));
  const list: Record<NumberType, () => Promise<unknown[]>> = {
    local: () => country.local.list(filters),
    toll_free: () => country.tollFree.list(filters),
    mobile: () => country.mobile.list(filters),
  };
  try {
    return await attempt(list[search.type]());
  } catch (error) {
    // A type the country does not have is answered like an unknown path.
    if (error instanceof CarrierError && isNotFound(error)) return [];
    throw error;
  }
}

async function attempt<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toCarrierError(error);
  }
}
