import type { FaultOperation } from "../faults/behaviour";
import { fetchAccount, fetchBalance } from "./account";
import { createAddress, deleteAddress, fetchAddress, listAddresses, updateAddress } from "./addresses";
import {
  fetchAvailableCountry,
  listAvailableCountries,
  searchAvailableNumbers,
} from "./available-phone-numbers";
import type { Answer, Call } from "./call";
import {
  deleteIncomingNumber,
  fetchIncomingNumber,
  listIncomingNumbers,
  updateIncomingNumber,
} from "./incoming-phone-numbers";
import { compilePathTemplate } from "./path-template";
import { fetchCountryPrices, listPricedCountries } from "./pricing";
import { buyNumber } from "./purchase";

export interface Operation {
  method: "GET" | "POST" | "DELETE";
  host: string;
  template: string;
  faults: FaultOperation;
  answer: (call: Call) => Answer;
}

const ACCOUNT = "/2010-04-01/Accounts/{AccountSid}";
const AVAILABLE = `${ACCOUNT}/AvailablePhoneNumbers`;
const INCOMING = `${ACCOUNT}/IncomingPhoneNumbers`;
const ADDRESSES = `${ACCOUNT}/Addresses`;
const PRICES = "/v1/PhoneNumbers/Countries";

/** Everything this carrier serves, under the paths of Twilio's OpenAPI document. */
export const OPERATIONS: readonly Operation[] = [
  api("GET", "/2010-04-01/Accounts/{Sid}.json", "any", fetchAccount),
  api("GET", `${ACCOUNT}/Balance.json`, "any", fetchBalance),
  api("GET", `${AVAILABLE}.json`, "search", listAvailableCountries),
  api("GET", `${AVAILABLE}/{CountryCode}.json`, "search", fetchAvailableCountry),
  api("GET", `${AVAILABLE}/{CountryCode}/Local.json`, "search", searchAvailableNumbers("local")),
  api("GET", `${AVAILABLE}/{CountryCode}/TollFree.json`, "search", searchAvailableNumbers("toll_free")),
  api("GET", `${AVAILABLE}/{CountryCode}/Mobile.json`, "search", searchAvailableNumbers("mobile")),
  api("GET", `${INCOMING}.json`, "list", listIncomingNumbers()),
  api("GET", `${INCOMING}/Local.json`, "list", listIncomingNumbers("local")),
  api("GET", `${INCOMING}/TollFree.json`, "list", listIncomingNumbers("toll_free")),
  api("GET", `${INCOMING}/Mobile.json`, "list", listIncomingNumbers("mobile")),
  api("POST", `${INCOMING}.json`, "buy", buyNumber()),
  api("POST", `${INCOMING}/Local.json`, "buy", buyNumber("local")),
  api("POST", `${INCOMING}/TollFree.json`, "buy", buyNumber("toll_free")),
  api("POST", `${INCOMING}/Mobile.json`, "buy", buyNumber("mobile")),
  api("GET", `${INCOMING}/{Sid}.json`, "fetch", fetchIncomingNumber),
  api("POST", `${INCOMING}/{Sid}.json`, "update", updateIncomingNumber),
  api("DELETE", `${INCOMING}/{Sid}.json`, "release", deleteIncomingNumber),
  api("GET", `${ADDRESSES}.json`, "addresses", listAddresses),
  api("POST", `${ADDRESSES}.json`, "addresses", createAddress),
  api("GET", `${ADDRESSES}/{Sid}.json`, "addresses", fetchAddress),
  api("POST", `${ADDRESSES}/{Sid}.json`, "addresses", updateAddress),
  api("DELETE", `${ADDRESSES}/{Sid}.json`, "addresses", deleteAddress),
  pricing("GET", PRICES, listPricedCountries),
  pricing("GET", `${PRICES}/{IsoCountry}`, fetchCountryPrices),
];

// "Local.json" also fits "{Sid}.json": the template with fewer parameters is the one that was meant.
const COMPILED = OPERATIONS.map((operation) => ({
  operation,
  path: compilePathTemplate(operation.template),
})).sort((left, right) => left.path.parameterCount - right.path.parameterCount);

export interface Route {
  operation: Operation;
  params: Record<string, string>;
}

/** A known path asked with another method is told apart from an unknown path. */
export function findRoute(method: string, host: string, path: string): Route | "unknown" | "wrong_method" {
  let fits = false;
  for (const { operation, path: template } of COMPILED) {
    if (operation.host !== host) continue;
    const params = template.match(path);
    if (params === null) continue;
    if (operation.method === method) return { operation, params };
    fits = true;
  }
  return fits ? "wrong_method" : "unknown";
}

function api(
  method: Operation["method"],
  template: string,
  faults: FaultOperation,
  answer: Operation["answer"],
): Operation {
  return { method, host: "api.twilio.com", template, faults, answer };
}

function pricing(method: Operation["method"], template: string, answer: Operation["answer"]): Operation {
  return { method, host: "pricing.twilio.com", template, faults: "pricing", answer };
}
