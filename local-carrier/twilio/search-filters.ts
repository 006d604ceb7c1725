import { parseContains } from "../inventory/contains";
import type { Inventory, InventoryQuery } from "../inventory/inventory";
import type { Near } from "../inventory/near";
import type { NumberType } from "../inventory/number-block";
import type { Call } from "./call";
import { readPageSize } from "./paging";
import { refuseAsInvalid } from "./refusal";

const DEFAULT_MILES = 25;
const MAX_MILES = 500;

/** Everything a search may ask, or a refusal naming the parameter that makes no sense. */
export function readSearchFilters(call: Call, country: string, type: NumberType): InventoryQuery {
  const { query } = call;
  const { inventory } = call.carrier;
  // Given a phone number instead of a place, these filters mean "as that number has it".
  const readPlace = (name: string, field: "region" | "locality" | "lata" | "rateCenter" | "postalCode") => {
    const text = query.get(name)?.trim();
    if (!text) return undefined;
    return /^\+\d{7,15}$/.test(text) ? (inventory.find(text)?.[field] ?? text) : text;
  };
  if (query.get("InRateCenter") && !query.get("InLata")) {
    throw refuseAsInvalid(20001, "InRateCenter requires InLata");
  }
  return {
    country,
    type,
    limit: readPageSize(query),
    areaCode: readAreaCode(query),
    contains: readContains(query),
    capabilities: {
      voice: readBoolean(query, "VoiceEnabled"),
      sms: readBoolean(query, "SmsEnabled"),
      mms: readBoolean(query, "MmsEnabled"),
      fax: readBoolean(query, "FaxEnabled"),
    },
    excludedAddressRequirements: readExclusions(query),
    includeBeta: readBoolean(query, "Beta") ?? true,
    near: readNear(query, inventory),
    region: readPlace("InRegion", "region"),
    locality: readPlace("InLocality", "locality"),
    lata: readPlace("InLata", "lata"),
    rateCenter: readPlace("InRateCenter", "rateCenter"),
    postalCode: readPlace("InPostalCode", "postalCode"),
  };
}

export function readBoolean(values: URLSearchParams, name: string): boolean | undefined {
  const text = values.get(name)?.toLowerCase();
  if (!text) return undefined;
  if (text !== "true" && text !== "false") throw refuseAsInvalid(20001, `${name} must be true or false`);
  return text === "true";
}

function readAreaCode(query: URLSearchParams): string | undefined {
  const areaCode = query.get("AreaCode");
  if (!areaCode) return undefined;
  if (!/^\d{3}$/.test(areaCode)) throw refuseAsInvalid(21451, `AreaCode ${areaCode} is invalid`);
  return areaCode;
}

function readContains(query: URLSearchParams) {
  const text = query.get("Contains");
  if (!text) return undefined;
  // An unescaped plus sign arrives as a space; no pattern contains one.
  const pattern = parseContains(text.replace(/^ /, "+"));
  if (pattern === null) throw refuseAsInvalid(20001, `Contains is not a valid pattern: ${text}`);
  return pattern;
}

function readExclusions(query: URLSearchParams): string[] {
  if (readBoolean(query, "ExcludeAllAddressRequired")) return ["any", "local", "foreign"];
  const excluded: string[] = [];
  if (readBoolean(query, "ExcludeLocalAddressRequired")) excluded.push("local");
  if (readBoolean(query, "ExcludeForeignAddressRequired")) excluded.push("foreign");
  return excluded;
}

function readNear(query: URLSearchParams, inventory: Inventory): Near | undefined {
  const miles = Number(query.get("Distance") ?? DEFAULT_MILES);
  if (!Number.isInteger(miles) || miles < 0 || miles > MAX_MILES) {
    throw refuseAsInvalid(20001, `Distance must be between 0 and ${MAX_MILES}`);
  }
  const nearNumber = query.get("NearNumber")?.trim();
  if (nearNumber) {
    const areaCode = /^\+?1?(\d{3})\d{7}$/.exec(nearNumber)?.[1] ?? "";
    const { latitude, longitude } = inventory.blockOfAreaCode(areaCode)?.place ?? {};
    if (latitude == null || longitude == null) {
      throw refuseAsInvalid(21421, `NearNumber ${nearNumber} is not a number with a known place`);
    }
    return { latitude, longitude, miles };
  }
  const nearLatLong = query.get("NearLatLong");
  if (!nearLatLong) return undefined;
  const parts = /^(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(nearLatLong);
  if (parts === null) throw refuseAsInvalid(20001, "NearLatLong must look like 37.8,-122.4");
  return { latitude: Number(parts[1]), longitude: Number(parts[2]), miles };
}
