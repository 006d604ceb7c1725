import type { Address } from "../books/entries";
import { makeSid } from "../carrier";
import { type Answer, accountPath, type Call, created, formatDate, NO_CONTENT, ok } from "./call";
import { answerList2010 } from "./paging";
import { refuseAsInvalid, refuseAsNotFound } from "./refusal";
import { readBoolean } from "./search-filters";

export function listAddresses(call: Call): Answer {
  const { query, account } = call;
  const customerName = query.get("CustomerName");
  const friendlyName = query.get("FriendlyName");
  const isoCountry = query.get("IsoCountry");
  const emergencyEnabled = readBoolean(query, "EmergencyEnabled");
  const items = call.carrier.books
    .addresses()
    .filter(
      (address) =>
        address.account_sid === account.account_sid &&
        (!customerName || address.customer_name === customerName) &&
        (!friendlyName || address.friendly_name === friendlyName) &&
        (!isoCountry || address.iso_country === isoCountry) &&
        (emergencyEnabled ?? address.emergency_enabled) === address.emergency_enabled,
    )
    .sort((left, right) => right.sequence - left.sequence);
  return ok(
    answerList2010(call, {
      key: "addresses",
      items,
      positionOf: (address) => address.sequence,
      describe: (address) => describeAddress(call, address),
    }),
  );
}

export function createAddress(call: Call): Answer {
  const { form } = call;
  const isoCountry = readRequired(form, "IsoCountry");
  if (!/^[A-Z]{2}$/.test(isoCountry)) throw refuseAsInvalid(20001, "IsoCountry must be two capital letters");
  const at = new Date().toISOString();
  const address: Address = {
    sid: makeSid("AD"),
    sequence: call.carrier.books.nextSequence(),
    account_sid: call.account.account_sid,
    customer_name: readRequired(form, "CustomerName"),
    street: readRequired(form, "Street"),
    city: readRequired(form, "City"),
    region: readRequired(form, "Region"),
    postal_code: readRequired(form, "PostalCode"),
    iso_country: isoCountry,
    friendly_name: form.get("FriendlyName") ?? "",
    street_secondary: form.get("StreetSecondary") || null,
    emergency_enabled: readBoolean(form, "EmergencyEnabled") ?? false,
    created_at: at,
    updated_at: at,
  };
  call.carrier.books.record({ entry: "address_saved", address });
  return created(describeAddress(call, address));
}

export function fetchAddress(call: Call): Answer {
  return ok(describeAddress(call, findOwnOrThrow(call)));
}

export function updateAddress(call: Call): Answer {
  const { form } = call;
  const current = findOwnOrThrow(call);
  const address: Address = {
    ...current,
    customer_name: form.get("CustomerName") ?? current.customer_name,
    friendly_name: form.get("FriendlyName") ?? current.friendly_name,
    street: form.get("Street") ?? current.street,
    street_secondary: form.get("StreetSecondary") ?? current.street_secondary,
    city: form.get("City") ?? current.city,
    region: form.get("Region") ?? current.region,
    postal_code: form.get("PostalCode") ?? current.postal_code,
    emergency_enabled: readBoolean(form, "EmergencyEnabled") ?? current.emergency_enabled,
    updated_at: new Date().toISOString(),
  };
  call.carrier.books.record({ entry: "address_saved", address });
  return ok(describeAddress(call, address));
}

export function deleteAddress(call: Call): Answer {
  call.carrier.books.record({ entry: "address_deleted", sid: findOwnOrThrow(call).sid });
  return NO_CONTENT;
}

function describeAddress(call: Call, address: Address): object {
  const { sequence: _sequence, created_at, updated_at, ...wire } = address;
  return {
    ...wire,
    validated: false,
    verified: false,
    date_created: formatDate(created_at),
    date_updated: formatDate(updated_at),
    uri: `${accountPath(call)}/Addresses/${address.sid}.json`,
  };
}

function findOwnOrThrow(call: Call): Address {
  const address = call.carrier.books.address(call.params.Sid ?? "");
  if (address?.account_sid !== call.account.account_sid) throw refuseAsNotFound(call.path);
  return address;
}

function readRequired(form: URLSearchParams, name: string): string {
  const text = form.get(name);
  if (!text) throw refuseAsInvalid(20001, `${name} is required`);
  return text;
}
