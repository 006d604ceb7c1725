import { priceOf } from "../carrier";
import { COUNTRIES, type Country, findCountry } from "../inventory/countries";
import type { NumberType } from "../inventory/number-block";
import { type Answer, type Call, ok } from "./call";
import { answerListV1 } from "./paging";
import { refuseAsNotFound } from "./refusal";

const PRICED_TYPES: Readonly<Record<NumberType, string>> = {
  local: "local",
  toll_free: "toll free",
  mobile: "mobile",
};

export function listPricedCountries(call: Call): Answer {
  return ok(
    answerListV1(call, {
      key: "countries",
      items: COUNTRIES,
      positionOf: (country) => COUNTRIES.length - COUNTRIES.indexOf(country),
      describe: (country) => describeCountry(call, country),
    }),
  );
}

export function fetchCountryPrices(call: Call): Answer {
  const country = findCountry(call.params.IsoCountry ?? "");
  if (country === undefined) throw refuseAsNotFound(call.path);
  return ok({
    ...describeCountry(call, country),
    price_unit: country.currency,
    phone_number_prices: call.carrier.inventory.typesOf(country.isoCountry).map((type) => ({
      number_type: PRICED_TYPES[type],
      base_price: country.monthlyPrices[type],
      current_price: priceOf(call.carrier, country.isoCountry, type),
    })),
  });
}

function describeCountry(call: Call, country: Country) {
  return {
    country: country.name,
    iso_country: country.isoCountry,
    url: `${call.origin}/v1/PhoneNumbers/Countries/${country.isoCountry}`,
  };
}
