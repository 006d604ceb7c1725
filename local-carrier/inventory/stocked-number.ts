import { findCountry } from "./countries";
import { deriveLata, derivePostalCode, deriveRateCenter } from "./north-american-places";
import {
  type AddressRequirements,
  type NumberBlock,
  type NumberType,
  type Place,
  phoneNumberAt,
} from "./number-block";
import { drawFraction } from "./seeded";

export interface Capabilities {
  voice: boolean;
  sms: boolean;
  mms: boolean;
  fax: boolean;
}

export interface StockedNumber extends Place {
  phoneNumber: string;
  nationalNumber: string;
  friendlyName: string;
  country: string;
  type: NumberType;
  areaCode: string | null;
  lata: string | null;
  rateCenter: string | null;
  postalCode: string | null;
  addressRequirements: AddressRequirements;
  beta: boolean;
  capabilities: Capabilities;
}

/** Everything a search tells about one number. The same seed always tells the same. */
export function describeNumber(block: NumberBlock, offset: number, seed: string): StockedNumber {
  const phoneNumber = phoneNumberAt(block, offset);
  const nationalNumber = toNationalNumber(phoneNumber, block.country);
  return {
    phoneNumber,
    nationalNumber,
    friendlyName: formatFriendlyName(phoneNumber, nationalNumber),
    country: block.country,
    type: block.type,
    areaCode: block.areaCode,
    ...block.place,
    ...describeExchange(block, offset),
    addressRequirements: block.addressRequirements,
    beta: drawFraction(`${seed}:beta:${phoneNumber}`) < block.betaShare,
    capabilities: drawCapabilities(block, phoneNumber, seed),
  };
}

export function toNationalNumber(phoneNumber: string, country: string): string {
  return phoneNumber.slice(1 + (findCountry(country)?.dialCode.length ?? 0));
}

function describeExchange(block: NumberBlock, offset: number) {
  const { locality, region } = block.place;
  if (block.areaCode === null || locality === null || region === null) {
    return { lata: null, rateCenter: null, postalCode: null };
  }
  return {
    lata: deriveLata(block.country, region, locality),
    rateCenter: deriveRateCenter(locality),
    postalCode: derivePostalCode({ country: block.country, region, locality, offset }),
  };
}

/** One draw decides texts and pictures together, so no number takes pictures without texts. */
function drawCapabilities(block: NumberBlock, phoneNumber: string, seed: string): Capabilities {
  const messaging = drawFraction(`${seed}:messaging:${phoneNumber}`);
  return {
    voice: true,
    sms: messaging < block.capabilities.sms,
    mms: messaging < Math.min(block.capabilities.mms, block.capabilities.sms),
    fax: drawFraction(`${seed}:fax:${phoneNumber}`) < block.capabilities.fax,
  };
}

function formatFriendlyName(phoneNumber: string, nationalNumber: string): string {
  if (!phoneNumber.startsWith("+1")) return phoneNumber;
  return `(${nationalNumber.slice(0, 3)}) ${nationalNumber.slice(3, 6)}-${nationalNumber.slice(6)}`;
}
