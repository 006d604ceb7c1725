import { COUNTRIES, findCountry } from "../inventory/countries";
import { NUMBER_TYPES, type NumberType } from "../inventory/number-block";
import type { StockedNumber } from "../inventory/stocked-number";
import { type Answer, accountPath, type Call, ok } from "./call";
import { refuseAsNotFound } from "./refusal";
import { readSearchFilters } from "./search-filters";

export const TYPE_SEGMENTS: Readonly<Record<NumberType, string>> = {
  local: "Local",
  toll_free: "TollFree",
  mobile: "Mobile",
};

export function listAvailableCountries(call: Call): Answer {
  return ok({
    countries: COUNTRIES.map((country) => describeCountry(call, country.isoCountry, country.name)),
    uri: call.path,
  });
}

export function fetchAvailableCountry(call: Call): Answer {
  const country = findCountry(call.params.CountryCode ?? "");
  if (country === undefined) throw refuseAsNotFound(call.path);
  return ok(describeCountry(call, country.isoCountry, country.name));
}

export function searchAvailableNumbers(type: NumberType): (call: Call) => Answer {
  return (call) => {
    const country = call.params.CountryCode ?? "";
    const { books, inventory } = call.carrier;
    if (!inventory.typesOf(country).includes(type)) throw refuseAsNotFound(call.path);
    const found = inventory.search(readSearchFilters(call, country, type), books.isOffSale);
    const inCapitals = books.settings().capability_case === "upper";
    return ok({
      available_phone_numbers: found.map((number) => describeAvailable(number, inCapitals)),
      uri: call.path,
    });
  };
}

function describeCountry(call: Call, isoCountry: string, name: string): object {
  const path = `${accountPath(call)}/AvailablePhoneNumbers/${isoCountry}`;
  const types = call.carrier.inventory.typesOf(isoCountry);
  return {
    country_code: isoCountry,
    country: name,
    beta: false,
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      NUMBER_TYPES.filter((type) => types.includes(type)).map((type) => [
        type,
        `${path}/${TYPE_SEGMENTS[type]}.json`,
      ]),
    ),
  };
}

function describeAvailable(number: StockedNumber, inCapitals: boolean): object {
  const { voice, sms, mms, fax } = number.capabilities;
  return {
    friendly_name: number.friendlyName,
    phone_number: number.phoneNumber,
    lata: number.lata,
    locality: number.locality,
    rate_center: number.rateCenter,
    latitude: number.latitude?.toFixed(6) ?? null,
    longitude: number.longitude?.toFixed(6) ?? null,
    region: number.region,
    postal_code: number.postalCode,
    iso_country: number.country,
    address_requirements: number.addressRequirements,
    beta: number.beta,
    // Twilio's document has lower case, code in the wild reads capitals: a client must manage both.
    capabilities: inCapitals ? { voice, SMS: sms, MMS: mms, fax } : { voice, sms, mms, fax },
  };
}
