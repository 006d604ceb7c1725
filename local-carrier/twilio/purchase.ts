import { parseMoney } from "../books/money";
import { priceOf, sellNumber } from "../carrier";
import type { NumberType } from "../inventory/number-block";
import type { StockedNumber } from "../inventory/stocked-number";
import { TYPE_SEGMENTS } from "./available-phone-numbers";
import { type Answer, type Call, created } from "./call";
import { describeIncoming } from "./incoming-phone-numbers";
import { readNumberAttributes } from "./number-attributes";
import { checkPaperwork } from "./paperwork";
import { Refusal, refuseAsInvalid } from "./refusal";

/** Buys an exact number, or any of an area code. Synchronous: once it returns, the number is owned and charged. */
export function buyNumber(type?: NumberType): (call: Call) => Answer {
  return (call) => {
    const { carrier, account, form, requestId } = call;
    if (account.status !== "active") throw new Refusal(403, 10001);
    if (type !== undefined && form.get("AreaCode")) {
      throw refuseAsInvalid(21457, "AreaCode is not allowed on this list");
    }
    const number = form.get("PhoneNumber") ? findWanted(call) : pickFromAreaCode(call);
    if (type !== undefined && number.type !== type) {
      throw refuseAsInvalid(21458, `${number.phoneNumber} is not a ${TYPE_SEGMENTS[type]} number`);
    }

    const owned = carrier.books.numberByPhoneNumber(number.phoneNumber);
    const isOwn = owned?.account_sid === account.account_sid;
    if (isOwn && carrier.books.settings().second_purchase === "update") {
      const attributes = readNumberAttributes(form, owned);
      const changed = { ...owned, ...attributes, updated_at: new Date().toISOString() };
      carrier.books.record({ entry: "number_changed", number: changed });
      return created(describeIncoming(call, changed));
    }
    if (carrier.books.isOffSale(number.phoneNumber)) throw refuseAsUnavailable(number.phoneNumber);

    const attributes = readNumberAttributes(form);
    if (attributes.friendly_name === "") delete attributes.friendly_name;
    checkPaperwork(call, number);
    checkFunds(call, number);
    return created(
      describeIncoming(
        call,
        sellNumber(carrier, {
          accountSid: account.account_sid,
          number,
          attributes,
          kind: "purchase",
          requestId,
        }),
      ),
    );
  };
}

function findWanted(call: Call): StockedNumber {
  const phoneNumber = readWantedNumber(call.form) ?? "";
  if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    throw refuseAsInvalid(21421, `PhoneNumber ${call.form.get("PhoneNumber")} is not a valid phone number`);
  }
  const number = call.carrier.inventory.find(phoneNumber);
  if (number === undefined) throw refuseAsUnavailable(phoneNumber);
  return number;
}

/** An unescaped plus sign arrives as a space. */
export function readWantedNumber(form: URLSearchParams): string | null {
  return form.get("PhoneNumber")?.replace(/^ /, "+") ?? null;
}

function pickFromAreaCode(call: Call): StockedNumber {
  const areaCode = call.form.get("AreaCode");
  if (!areaCode) throw refuseAsInvalid(21421, "PhoneNumber or AreaCode is required");
  const { books, inventory } = call.carrier;
  const block = inventory.blockOfAreaCode(areaCode);
  if (block === undefined) throw refuseAsInvalid(21451, `AreaCode ${areaCode} is invalid`);
  const [number] = inventory.search(
    {
      country: block.country,
      type: block.type,
      areaCode,
      limit: 1,
      capabilities: {},
      excludedAddressRequirements: [],
      includeBeta: true,
    },
    books.isOffSale,
  );
  if (number === undefined) throw refuseAsInvalid(21452, `No phone numbers found in area code ${areaCode}`);
  return number;
}

/** Which code the real carrier gives an account without money is not published; it stops being active. */
function checkFunds(call: Call, number: StockedNumber): void {
  const { account, carrier } = call;
  const { books } = carrier;
  if (
    account.type === "Trial" &&
    books.numbers().some((owned) => owned.account_sid === account.account_sid)
  ) {
    throw new Refusal(400, 21404);
  }
  const price = priceOf(carrier, number.country, number.type) ?? "0.00";
  if (parseMoney(books.balance(account.account_sid)) < parseMoney(price)) {
    throw new Refusal(403, 10001, "Account is not active: out of funds");
  }
}

function refuseAsUnavailable(phoneNumber: string): Refusal {
  return refuseAsInvalid(21422, `${phoneNumber} is not available.`);
}
