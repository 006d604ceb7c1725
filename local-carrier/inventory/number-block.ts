export const NUMBER_TYPES = ["local", "toll_free", "mobile"] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

export type AddressRequirements = "none" | "any" | "local" | "foreign";

/** How many of a block's numbers, between 0 and 1, can do what. Every number takes calls. */
export interface CapabilityShares {
  sms: number;
  mms: number;
  fax: number;
}

export interface Place {
  locality: string | null;
  region: string | null;
  latitude: number | null;
  longitude: number | null;
}

/** A run of consecutive numbers sharing a prefix: `prefix` followed by `first` ... `first + count - 1`. */
export interface NumberBlock {
  country: string;
  type: NumberType;
  prefix: string;
  suffixDigits: number;
  first: number;
  count: number;
  /** How many, counted from the first, an ordinary search may show. */
  forSale: number;
  /** Offset from which numbers are magic: bought like others, but found only when named exactly. */
  magicFrom: number;
  areaCode: string | null;
  place: Place;
  addressRequirements: AddressRequirements;
  capabilities: CapabilityShares;
  betaShare: number;
}

export const NOWHERE: Place = { locality: null, region: null, latitude: null, longitude: null };

export function phoneNumberAt(block: NumberBlock, offset: number): string {
  if (block.suffixDigits === 0) return block.prefix;
  return block.prefix + String(block.first + offset).padStart(block.suffixDigits, "0");
}
