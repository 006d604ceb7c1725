import { randomBytes } from "node:crypto";
import type { Books } from "./books/books";
import type { Charge, OwnedNumber } from "./books/entries";
import { findCountry } from "./inventory/countries";
import type { Inventory } from "./inventory/inventory";
import type { NumberType } from "./inventory/number-block";
import type { StockedNumber } from "./inventory/stocked-number";

/** What the dialect and the control API both stand on. */
export interface Carrier {
  books: Books;
  inventory: Inventory;
}

export interface PurchaseOrder {
  accountSid: string;
  number: StockedNumber;
  attributes: Partial<OwnedNumber>;
  kind: Charge["kind"];
  requestId: string | null;
  /** Now, unless told otherwise. */
  at?: string;
}

export function makeSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}

/** What a month of such a number costs now. Null when the country has no such type. */
export function priceOf(carrier: Carrier, country: string, type: NumberType): string | null {
  return carrier.books.priceOverride(country, type) ?? findCountry(country)?.monthlyPrices[type] ?? null;
}

/** Takes the number off the shelf and charges for it, in one journal entry. The caller has checked it is free. */
export function sellNumber(carrier: Carrier, order: PurchaseOrder): OwnedNumber {
  const { number, accountSid } = order;
  const { at = new Date().toISOString() } = order;
  const sid = makeSid("PN");
  const owned: OwnedNumber = {
    friendly_name: number.friendlyName,
    api_version: "2010-04-01",
    voice_url: "",
    voice_method: "POST",
    voice_fallback_url: "",
    voice_fallback_method: "POST",
    voice_caller_id_lookup: false,
    voice_receive_mode: "voice",
    voice_application_sid: "",
    sms_url: "",
    sms_method: "POST",
    sms_fallback_url: "",
    sms_fallback_method: "POST",
    sms_application_sid: "",
    status_callback: "",
    status_callback_method: "POST",
    trunk_sid: null,
    address_sid: null,
    identity_sid: null,
    bundle_sid: null,
    emergency_status: "Inactive",
    emergency_address_sid: null,
    ...order.attributes,
    sid,
    sequence: carrier.books.nextSequence(),
    account_sid: accountSid,
    phone_number: number.phoneNumber,
    country: number.country,
    type: number.type,
    address_requirements: number.addressRequirements,
    beta: number.beta,
    capabilities: number.capabilities,
    bought_at: at,
    updated_at: at,
  };
  const charge: Charge = {
    account_sid: accountSid,
    phone_number: number.phoneNumber,
    sid,
    amount: priceOf(carrier, number.country, number.type) ?? "0.00",
    currency: "USD",
    kind: order.kind,
    at,
    request_id: order.requestId,
  };
  carrier.books.record({ entry: "number_bought", number: owned, charge });
  return owned;
}

export function releaseNumber(
  carrier: Carrier,
  number: OwnedNumber,
  release: { by: "api" | "console"; requestId: string | null },
): void {
  carrier.books.record({
    entry: "number_released",
    release: {
      account_sid: number.account_sid,
      phone_number: number.phone_number,
      sid: number.sid,
      by: release.by,
      at: new Date().toISOString(),
      request_id: release.requestId,
    },
  });
}

export function changePrice(
  carrier: Carrier,
  change: { country: string; type: NumberType; price: string },
): void {
  const settings = carrier.books.settings();
  const country = { ...settings.prices[change.country], [change.type]: change.price };
  carrier.books.record({
    entry: "settings_changed",
    settings: { ...settings, prices: { ...settings.prices, [change.country]: country } },
  });
}
