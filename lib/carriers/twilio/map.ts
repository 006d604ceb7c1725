import { z } from "zod";
import { storableText } from "../../storable-text";
import type {
  AvailableNumber,
  Capabilities,
  CountryInventory,
  Money,
  NumberPage,
  NumberSearch,
  NumberType,
  OwnedNumber,
} from "../carrier";
import { CarrierError } from "../errors";

/** Twilio's shapes turned into ours. Pure; a shape that cannot be read is an answer we do not understand. */

const typeOfResource: Record<string, NumberType> = {
  local: "local",
  toll_free: "toll_free",
  mobile: "mobile",
};

/** Names of `number_type` in the Pricing API. */
const typeOfPrice: Record<string, NumberType> = {
  local: "local",
  "toll free": "toll_free",
  mobile: "mobile",
};

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** The document writes the keys in lower case; available numbers have been seen with capitals. */
const capabilitiesShape = z
  .looseObject({ voice: flag, sms: flag, mms: flag, SMS: flag, MMS: flag })
  .transform(
    (shape): Capabilities => ({
      voice: shape.voice ?? false,
      sms: shape.sms ?? shape.SMS ?? false,
      mms: shape.mms ?? shape.MMS ?? false,
    }),
  );

const availableShape = z.object({
  phoneNumber: z.string(),
  isoCountry: z.string(),
  region: text,
  locality: text,
  postalCode: text,
  addressRequirements: z.enum(["none", "any", "local", "foreign"]),
  capabilities: capabilitiesShape,
});

export function toAvailableNumber(
  shape: unknown,
  type: NumberType,
  monthlyCost: Money | null,
): AvailableNumber {
  const item = read(availableShape, shape);
  return {
    phoneNumber: item.phoneNumber,
    countryCode: item.isoCountry,
    type,
    region: item.region || null,
    locality: item.locality || null,
    postalCode: item.postalCode || null,
    capabilities: item.capabilities,
    addressRequirement: item.addressRequirements,
    monthlyCost,
    // Twilio has no set-up fee; its pricing shows a monthly price only.
    setupCost: monthlyCost && { amount: "0.00", currency: monthlyCost.currency },
  };
}

const sidShape = z.string().regex(/^PN[0-9a-fA-F]{32}$/);

const ownedShape = z.object({
  sid: sidShape,
  phoneNumber: z.string().regex(/^\+[1-9]\d{6,14}$/),
  friendlyName: z.string().nullish(),
  voiceUrl: text,
  trunkSid: text,
  voiceApplicationSid: text,
  capabilities: capabilitiesShape.nullish(),
  dateCreated: z.date().nullish(),
});

export function toOwnedNumber(shape: unknown): OwnedNumber {
  const item = read(ownedShape, shape);
  const createdAt = item.dateCreated && !Number.isNaN(item.dateCreated.getTime()) ? item.dateCreated : null;
  return {
    carrierNumberId: item.sid,
    phoneNumber: item.phoneNumber,
    tag: storableText(item.friendlyName ?? ""),
    voiceUrl: storableText(item.trunkSid || item.voiceApplicationSid || item.voiceUrl || ""),
    capabilities: item.capabilities ?? null,
    createdAt,
  };
}

const withSid = z.object({ sid: sidShape });

/** As toOwnedNumber, each by itself: what cannot be read keeps nobody from the rest. */
export function toOwnedNumbers(shapes: readonly unknown[]): Pick<NumberPage, "numbers" | "unreadable"> {
  const numbers: OwnedNumber[] = [];
  const unreadable: (string | null)[] = [];
  for (const shape of shapes) {
    if (ownedShape.safeParse(shape).success) numbers.push(toOwnedNumber(shape));
    else unreadable.push(withSid.safeParse(shape).data?.sid ?? null);
  }
  return { numbers, unreadable };
}

const countryShape = z.object({
  countryCode: z.string(),
  country: z.string(),
  subresourceUris: z.record(z.string(), z.unknown()),
});

export function toCountryInventory(shape: unknown): CountryInventory {
  const item = read(countryShape, shape);
  const types = Object.keys(item.subresourceUris).flatMap((name) => typeOfResource[name] ?? []);
  return { countryCode: item.countryCode, name: item.country, types };
}

const pricesShape = z.object({
  priceUnit: z.string().length(3),
  phoneNumberPrices: z.array(
    z.object({ numberType: z.string(), currentPrice: z.union([z.string(), z.number()]).nullish() }),
  ),
});

/** Monthly price of this account for each kind of number the carrier publishes one for. */
export function toPrices(shape: unknown): Map<NumberType, Money> {
  const prices = new Map<NumberType, Money>();
  const { priceUnit, phoneNumberPrices } = read(pricesShape, shape);
  for (const price of phoneNumberPrices) {
    const type = typeOfPrice[price.numberType];
    const amount = price.currentPrice == null ? "" : String(price.currentPrice);
    if (type && /^\d+(\.\d+)?$/.test(amount)) prices.set(type, { amount, currency: priceUnit.toUpperCase() });
  }
  return prices;
}

/** Filters of the AvailablePhoneNumbers resources. `callingCode` anchors a match at the start of the national number. */
export function toSearchFilters(search: NumberSearch, callingCode: string) {
  const { contains } = search;
  const anchored =
    contains &&
    {
      anywhere: contains.text,
      start: `+${callingCode}${search.areaCode ?? ""}${contains.text}`,
      end: `${contains.text}$`,
    }[contains.where];
  return {
    limit: search.limit,
    ...(search.areaCode ? { areaCode: Number(search.areaCode) } : {}),
    ...(anchored ? { contains: anchored } : {}),
    ...(search.region ? { inRegion: search.region } : {}),
    ...(search.locality ? { inLocality: search.locality } : {}),
    ...(search.postalCode ? { inPostalCode: search.postalCode } : {}),
    ...(search.voice === undefined ? {} : { voiceEnabled: search.voice }),
    ...(search.sms === undefined ? {} : { smsEnabled: search.sms }),
    ...(search.mms === undefined ? {} : { mmsEnabled: search.mms }),
    ...(search.noPaperwork ? { excludeAllAddressRequired: true } : {}),
  };
}

function read<T>(shape: z.ZodType<T>, value: unknown): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new CarrierError("unknown", "The carrier's answer cannot be read.", null, { cause: result.error });
}
