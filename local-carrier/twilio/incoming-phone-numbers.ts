import type { OwnedNumber } from "../books/entries";
import { releaseNumber } from "../carrier";
import type { NumberType } from "../inventory/number-block";
import { type Answer, accountPath, type Call, formatDate, NO_CONTENT, ok } from "./call";
import { readNumberAttributes } from "./number-attributes";
import { answerList2010 } from "./paging";
import { requireAddress } from "./paperwork";
import { refuseAsInvalid, refuseAsNotFound } from "./refusal";
import { readBoolean } from "./search-filters";

export function listIncomingNumbers(type?: NumberType): (call: Call) => Answer {
  return (call) =>
    ok(
      answerList2010(call, {
        key: "incoming_phone_numbers",
        items: findListed(call, type),
        positionOf: (number) => number.sequence,
        describe: (number) => describeIncoming(call, number),
      }),
    );
}

export function fetchIncomingNumber(call: Call): Answer {
  return ok(describeIncoming(call, findOwnOrThrow(call)));
}

export function updateIncomingNumber(call: Call): Answer {
  const number = findOwnOrThrow(call);
  const attributes = readNumberAttributes(call.form, number);
  if (attributes.address_sid) requireAddress(call, attributes.address_sid);
  const changed = {
    ...number,
    ...attributes,
    account_sid: readNewOwner(call) ?? number.account_sid,
    updated_at: new Date().toISOString(),
  };
  call.carrier.books.record({ entry: "number_changed", number: changed });
  return ok(describeIncoming(call, changed));
}

export function deleteIncomingNumber(call: Call): Answer {
  releaseNumber(call.carrier, findOwnOrThrow(call), { by: "api", requestId: call.requestId });
  return NO_CONTENT;
}

export function describeIncoming(call: Call, number: OwnedNumber): object {
  const { sequence: _sequence, country: _country, bought_at, updated_at, ...wire } = number;
  return {
    ...wire,
    origin: "twilio",
    status: "in-use",
    emergency_address_status: number.emergency_address_sid ? "registered" : "unregistered",
    date_created: formatDate(bought_at),
    date_updated: formatDate(updated_at),
    uri: `${accountPath(call)}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}

/** Newest first. A fresh purchase stays out for as long as the list lags. */
function findListed(call: Call, type: NumberType | undefined): OwnedNumber[] {
  const { query, account } = call;
  const { books } = call.carrier;
  const friendlyName = query.get("FriendlyName");
  const origin = query.get("Origin");
  const includeBeta = readBoolean(query, "Beta") ?? true;
  const matchesPhoneNumber = readPartialNumber(query.get("PhoneNumber"));
  const visibleUntil = new Date(Date.now() - books.settings().list_lag_ms).toISOString();
  return books
    .numbers()
    .filter(
      (number) =>
        number.account_sid === account.account_sid &&
        number.bought_at <= visibleUntil &&
        (type === undefined || number.type === type) &&
        (!friendlyName || number.friendly_name === friendlyName) &&
        (!origin || origin === "twilio") &&
        (includeBeta || !number.beta) &&
        matchesPhoneNumber(number.phone_number),
    )
    .sort((left, right) => right.sequence - left.sequence);
}

/** Like the real filter it finds the text anywhere in the number, and `*` is any digit. */
function readPartialNumber(text: string | null): (phoneNumber: string) => boolean {
  if (!text) return () => true;
  const digits = text.replace(/^ /, "+").replace(/[^\d*+]/g, "");
  const pattern = new RegExp(digits.replaceAll("+", "\\+").replaceAll("*", "\\d"));
  return (phoneNumber) => pattern.test(phoneNumber);
}

function findOwnOrThrow(call: Call): OwnedNumber {
  const number = call.carrier.books.number(call.params.Sid ?? "");
  if (number?.account_sid !== call.account.account_sid) throw refuseAsNotFound(call.path);
  return number;
}

function readNewOwner(call: Call): string | undefined {
  const accountSid = call.form.get("AccountSid");
  if (!accountSid) return undefined;
  if (call.carrier.books.account(accountSid) === undefined) {
    throw refuseAsInvalid(20001, `AccountSid ${accountSid} is no account of this carrier`);
  }
  return accountSid;
}
