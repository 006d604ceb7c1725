/** What Linedesk asks of any carrier, in our words. Adapters live in folders beside this file. */

export type CarrierName = "twilio" | "telnyx";
export type NumberType = "local" | "toll_free" | "mobile";
/** Where an address registered with the carrier must lie before it sells the number. */
export type AddressRequirement = "none" | "any" | "local" | "foreign";

/** A decimal string and an ISO 4217 code; never a float. */
export interface Money {
  amount: string;
  currency: string;
}

export interface Capabilities {
  voice: boolean;
  sms: boolean;
  mms: boolean;
}

export interface CountryInventory {
  countryCode: string;
  name: string;
  types: NumberType[];
}

export interface NumberSearch {
  countryCode: string;
  type: NumberType;
  areaCode?: string;
  region?: string;
  locality?: string;
  postalCode?: string;
  contains?: { text: string; where: "anywhere" | "start" | "end" };
  voice?: boolean;
  sms?: boolean;
  mms?: boolean;
  noPaperwork?: boolean;
  limit: number;
}

export interface AvailableNumber {
  phoneNumber: string;
  countryCode: string;
  type: NumberType;
  region: string | null;
  locality: string | null;
  postalCode: string | null;
  capabilities: Capabilities;
  addressRequirement: AddressRequirement;
  /** Null when the carrier publishes no price for this kind of number: unknown, not free. */
  monthlyCost: Money | null;
  setupCost: Money | null;
}

/** A number of the account, as the carrier tells it. */
export interface OwnedNumber {
  carrierNumberId: string;
  phoneNumber: string;
  /** The text we, or somebody, wrote on it. */
  tag: string;
  /** Where its calls are sent: an address, or the carrier's id of whatever takes them instead; empty when nowhere. */
  voiceUrl: string;
  /** Null when the carrier does not say. */
  capabilities: Capabilities | null;
  createdAt: Date | null;
}

export interface NumberPage {
  numbers: OwnedNumber[];
  /** Entries that make no sense: the carrier's ids of those numbers, null where not even that can be read. */
  unreadable: (string | null)[];
  /** For the page after this one; null on the last. */
  after: string | null;
}

export interface NumberPurchase {
  phoneNumber: string;
  tag: string;
  voiceUrl: string;
  /** The carrier's id of the address to register, where the number asks for one. */
  addressId: string | null;
}

/** All methods throw CarrierError and nothing else. Reads may be tried again; purchases and releases are sent once. */
export interface Carrier {
  readonly name: CarrierName;
  listCountries(): Promise<CountryInventory[]>;
  /** Numbers on offer, with what they cost now. An offer reserves nothing. */
  searchNumbers(search: NumberSearch): Promise<AvailableNumber[]>;
  /** The offer for exactly this number with the price of this moment, or null when it is not for sale. */
  quoteNumber(phoneNumber: string): Promise<AvailableNumber | null>;
  /** What a month of exactly this number costs now, whoever has it, or null when the carrier publishes no price. */
  priceNumber(phoneNumber: string): Promise<Money | null>;
  /** The id of an address of the account that lies where the carrier wants it, or null when there is none. */
  findAddress(requirement: Exclude<AddressRequirement, "none">, countryCode: string): Promise<string | null>;
  /** Buys exactly this number. Kind `unknown` when the outcome is not known. */
  buyNumber(purchase: NumberPurchase): Promise<OwnedNumber>;
  /** Numbers of the account whose number, or whose tag, equals exactly what is asked. */
  findNumbers(by: { phoneNumber: string } | { tag: string }): Promise<OwnedNumber[]>;
  /** One number of the account by the carrier's id, or null when the account does not have it. */
  getNumber(carrierNumberId: string): Promise<OwnedNumber | null>;
  /** The numbers of the account, page by page; `after` is what the page before said. The list may change underneath. */
  listNumbers(after?: string): Promise<NumberPage>;
  /**
   * Writes our tag on a number and sends its calls to us, whatever took them before. Repeating it changes nothing. Null
   * when the account does not have it; kind `unknown` as above.
   */
  markNumber(carrierNumberId: string, mark: { tag: string; voiceUrl: string }): Promise<OwnedNumber | null>;
  /**
   * Gives the number back. Returns when the carrier confirms, or says it no longer has it. Not sent any more, kind
   * `busy`, when its turn comes after `sendUntil`, of performance.now().
   */
  releaseNumber(carrierNumberId: string, sendUntil?: number): Promise<void>;
}
