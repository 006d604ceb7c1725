import type { Address } from "../books/entries";
import { findCountry } from "../inventory/countries";
import type { StockedNumber } from "../inventory/stocked-number";
import type { Call } from "./call";
import { Refusal, refuseAsInvalid } from "./refusal";

/** Refuses a purchase whose address is missing, not this account's, or in the wrong country. */
export function checkPaperwork(call: Call, number: StockedNumber): void {
  const addressSid = call.form.get("AddressSid");
  if (!addressSid) {
    if (number.addressRequirements === "none") return;
    throw new Refusal(400, 21631);
  }
  const address = requireAddress(call, addressSid);
  const isDomestic = address.iso_country === number.country;
  const place = number.locality ?? findCountry(number.country)?.name ?? number.country;
  if (number.addressRequirements === "local" && !isDomestic) {
    throw refuseAsInvalid(
      21615,
      `The Address must be local to ${number.phoneNumber}: ${place}, ${number.country}`,
    );
  }
  if (number.addressRequirements === "foreign" && isDomestic) {
    throw refuseAsInvalid(21615, `The Address must be outside ${number.country} for ${number.phoneNumber}`);
  }
}

export function requireAddress(call: Call, addressSid: string): Address {
  const address = call.carrier.books.address(addressSid);
  if (address?.account_sid !== call.account.account_sid) throw new Refusal(400, 21613);
  return address;
}
