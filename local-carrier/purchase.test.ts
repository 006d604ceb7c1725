import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT_PATH, basicAuth, openClient, startTestCarrier, type TestCarrier } from "./test-carrier";

let carrier: TestCarrier;

beforeAll(async () => {
  carrier = await startTestCarrier({ validate: false });
});

beforeEach(() => carrier.control("POST", "reset"));

afterAll(() => carrier.close());

const OTHER_SID = `AC${"0".repeat(31)}1`;

async function addAddress(isoCountry: string): Promise<string> {
  const { body } = await carrier.send("POST", `${ACCOUNT_PATH}/Addresses.json`, {
    CustomerName: "Ada",
    Street: "1 Main Street",
    City: "Somewhere",
    Region: "X",
    PostalCode: "1",
    IsoCountry: isoCountry,
  });
  return String(body.sid);
}

describe("buying", () => {
  it("charges once, at the price of the type, and says so in the balance", async () => {
    expect((await carrier.buy({ PhoneNumber: "+14155550123", FriendlyName: "intent-1" })).body).toMatchObject(
      {
        friendly_name: "intent-1",
        status: "in-use",
        origin: "twilio",
      },
    );
    await carrier.buy({ PhoneNumber: "+18005550123" });
    const books = await carrier.books();
    expect(books.charges.map(({ phone_number, amount }) => [phone_number, amount])).toEqual([
      ["+14155550123", "1.15"],
      ["+18005550123", "2.15"],
    ]);
    expect(books.balance).toBe("99996.70");
    expect((await carrier.client.balance.fetch()).balance).toBe("99996.70");
    const [charge] = books.charges;
    const { body } = await carrier.control("GET", "requests");
    const request = (body.requests as { request_id: string; form: object }[]).find(
      (candidate) => candidate.request_id === charge?.request_id,
    );
    expect(request?.form).toEqual({ PhoneNumber: "+14155550123", FriendlyName: "intent-1" });
  });

  it.each([
    ["not E.164", { PhoneNumber: "4155550123" }, "", 21421],
    ["nothing", {}, "", 21421],
    ["not in the inventory", { PhoneNumber: "+14155551234" }, "", 21422],
    ["in no country", { PhoneNumber: "+99912345678" }, "", 21422],
    ["an area code that is none", { AreaCode: "999" }, "", 21451],
    ["an area code with nothing left", { AreaCode: "917" }, "", 21452],
    ["an area code on a typed list", { AreaCode: "415" }, "/Local", 21457],
    ["another type", { PhoneNumber: "+18005550123" }, "/Local", 21458],
    ["a URL that is none", { PhoneNumber: "+14155550123", VoiceUrl: "desk" }, "", 21402],
    ["a status URL that is none", { PhoneNumber: "+14155550123", StatusCallback: "ftp://x" }, "", 21402],
    ["a fallback alone", { PhoneNumber: "+14155550123", VoiceFallbackUrl: "https://x.example" }, "", 21405],
    ["a method that is none", { PhoneNumber: "+14155550123", VoiceMethod: "PUT" }, "", 21403],
    ["an application that is none", { PhoneNumber: "+14155550123", VoiceApplicationSid: "1" }, "", 21420],
    ["a long name", { PhoneNumber: "+14155550123", FriendlyName: "x".repeat(65) }, "", 20001],
    ["an address of nobody", { PhoneNumber: "+14155550123", AddressSid: `AD${"0".repeat(32)}` }, "", 21613],
    ["no address where one is needed", { PhoneNumber: "+61255501234" }, "", 21631],
  ])("refuses %s without charging", async (_what, form, list, code) => {
    const { status, body, headers } = await carrier.buy(
      form as Record<string, string>,
      `IncomingPhoneNumbers${list}.json`,
    );
    expect({ status, code: body.code }).toEqual({ status: 400, code });
    expect(body).toEqual({
      code,
      status: 400,
      message: body.message,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(headers.get("X-Twilio-Error-Code")).toBe(String(code));
    expect(headers.get("Twilio-Request-Id")).toMatch(/^RQ[0-9a-f]{32}$/);
    expect((await carrier.books()).charges).toEqual([]);
  });

  it.each([
    ["+14155550123", null, 201],
    ["+442079460123", null, 201],
    ["+448081570123", null, 201],
    ["+441614960123", null, 21631],
    ["+441614960123", "US", 201],
    ["+447700900123", "FR", 201],
    ["+61255501234", "US", 201],
    ["+611800975707", null, 201],
    ["+493023125123", "US", 21615],
    ["+493023125123", "DE", 201],
    ["+4917139200123".slice(0, 13), "US", 201],
    ["+33199001234", "DE", 21615],
    ["+33639981234", "FR", 201],
    ["+353209112345", "GB", 21615],
    ["+353209112345", "IE", 201],
  ])("%s with an address in %s gives %i", async (phoneNumber, isoCountry, expected) => {
    const form = {
      PhoneNumber: phoneNumber,
      ...(isoCountry && { AddressSid: await addAddress(isoCountry) }),
    };
    const { status, body } = await carrier.buy(form);
    expect(status === 201 ? status : body.code).toBe(expected);
  });

  it("by area code takes any number of it", async () => {
    const { body } = await carrier.buy({ AreaCode: "628" });
    expect(body.phone_number).toMatch(/^\+162855501\d\d$/);
  });

  it("answers a second purchase with a refusal", async () => {
    await carrier.buy({ PhoneNumber: "+14155550123", FriendlyName: "first" });
    const second = await carrier.buy({ PhoneNumber: "+14155550123", FriendlyName: "second" });
    expect(second).toMatchObject({
      status: 400,
      body: { code: 21422, message: "+14155550123 is not available." },
    });
    expect((await carrier.books()).owned).toMatchObject([{ friendly_name: "first" }]);
  });

  it("or, set so, by overwriting what was set, without a charge", async () => {
    await carrier.control("POST", "settings", { second_purchase: "update" });
    const first = await carrier.buy({ PhoneNumber: "+14155550123", FriendlyName: "first" });
    const second = await carrier.buy({
      PhoneNumber: "+14155550123",
      FriendlyName: "second",
      VoiceUrl: "https://other.example/voice",
    });
    expect(second).toMatchObject({ status: 201, body: { sid: first.body.sid, friendly_name: "second" } });
    const books = await carrier.books();
    expect(books.owned).toMatchObject([
      { friendly_name: "second", voice_url: "https://other.example/voice" },
    ]);
    expect(books.charges).toHaveLength(1);
  });

  it("lets one of fifty simultaneous buyers win", async () => {
    const attempts = Array.from({ length: 50 }, () => carrier.buy({ PhoneNumber: "+14155550123" }));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect((await carrier.books()).charges).toHaveLength(1);
  });

  it("keeps accounts apart", async () => {
    await carrier.control("POST", "accounts", { account_sid: OTHER_SID, auth_token: "other" });
    const other = openClient(carrier.url, OTHER_SID, "other");
    const { sid } = await other.incomingPhoneNumbers.create({ phoneNumber: "+14155550123" });
    expect(await carrier.client.incomingPhoneNumbers.list()).toEqual([]);
    await expect(carrier.client.incomingPhoneNumbers(sid).remove()).rejects.toMatchObject({ code: 20404 });
    await carrier.control("POST", "settings", { second_purchase: "update" });
    expect((await carrier.buy({ PhoneNumber: "+14155550123" })).body.code).toBe(21422);
    expect(await other.balance.fetch()).toMatchObject({ balance: "99998.85" });
    expect(await carrier.client.balance.fetch()).toMatchObject({ balance: "100000.00" });
  });

  it.each([
    [{ status: "suspended" }, 0, 10001],
    [{ type: "Trial" }, 1, 21404],
  ])("an account %j gets %i numbers", async (account, numbers, code) => {
    await carrier.control("POST", "accounts", { account_sid: OTHER_SID, auth_token: "other", ...account });
    const other = openClient(carrier.url, OTHER_SID, "other");
    for (let bought = 0; bought < numbers; bought += 1) {
      await other.incomingPhoneNumbers.create({ phoneNumber: `+1415555010${bought}` });
    }
    const next = other.incomingPhoneNumbers.create({ phoneNumber: "+14155550123" });
    await expect(next).rejects.toMatchObject({ code });
  });

  it("stops when the money is gone", async () => {
    await carrier.control("POST", "settings", { opening_balance: "2.00" });
    expect((await carrier.buy({ PhoneNumber: "+14155550123" })).status).toBe(201);
    expect(await carrier.buy({ PhoneNumber: "+14155550124" })).toMatchObject({
      status: 403,
      body: { code: 10001 },
    });
  });

  it("charges a price changed since", async () => {
    await carrier.control("POST", "settings", { prices: { US: { local: "1.30" } } });
    const { phoneNumberPrices } = await carrier.client.pricing.v1.phoneNumbers.countries("US").fetch();
    expect(phoneNumberPrices[0]).toMatchObject({
      numberType: "local",
      basePrice: "1.15",
      currentPrice: "1.30",
    });
    await carrier.buy({ PhoneNumber: "+14155550123" });
    expect((await carrier.books()).charges).toMatchObject([{ amount: "1.30" }]);
  });
});

describe("owning", () => {
  it("a trunk and an application exclude each other", async () => {
    const trunkSid = `TK${"1".repeat(32)}`;
    const voiceApplicationSid = `AP${"2".repeat(32)}`;
    const { sid } = await carrier.client.incomingPhoneNumbers.create({
      phoneNumber: "+14155550123",
      trunkSid,
    });
    const number = carrier.client.incomingPhoneNumbers(sid);
    expect(await number.update({ voiceApplicationSid })).toMatchObject({
      voiceApplicationSid,
      trunkSid: null,
    });
    expect(await number.update({ trunkSid })).toMatchObject({ voiceApplicationSid: "", trunkSid });
    expect(await number.update({ trunkSid: "" })).toMatchObject({ trunkSid: null });
  });

  it.each([
    ["held", 400],
    ["back_in_stock", 201],
  ])("a released number is %s", async (released_numbers, expected) => {
    await carrier.control("POST", "settings", { released_numbers });
    const { sid } = await carrier.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550123" });
    await carrier.client.incomingPhoneNumbers(sid).remove();
    expect((await carrier.buy({ PhoneNumber: "+14155550123" })).status).toBe(expected);
    expect((await carrier.books()).deletes).toMatchObject([{ sid, by: "api" }]);
  });

  it("the console buys and releases behind the API's back", async () => {
    expect(await carrier.control("POST", "own", { phone_number: "+14155550123" })).toMatchObject({
      status: 201,
    });
    expect(await carrier.client.incomingPhoneNumbers.list()).toHaveLength(1);
    expect(await carrier.control("POST", "disown", { phone_number: "+14155550123" })).toMatchObject({
      status: 200,
    });
    expect(await carrier.client.incomingPhoneNumbers.list()).toEqual([]);
    const { counts, deletes } = await carrier.books();
    expect(counts).toMatchObject({ owned: 0, purchases: 0, console_purchases: 1, deletes: 1 });
    expect(deletes).toMatchObject([{ by: "console" }]);
  });

  it("a lagging list does not yet show a purchase that a fetch does", async () => {
    await carrier.control("POST", "settings", { list_lag_ms: 3_600_000 });
    const { sid } = await carrier.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550123" });
    expect(await carrier.client.incomingPhoneNumbers.list()).toEqual([]);
    expect(await carrier.client.incomingPhoneNumbers(sid).fetch()).toMatchObject({ sid });
    await carrier.control("POST", "settings", { list_lag_ms: 0 });
    expect(await carrier.client.incomingPhoneNumbers.list()).toHaveLength(1);
  });
});

describe("listing", () => {
  it("pages through two and a half pages, newest first, each number once", async () => {
    const bought: string[] = [];
    for (let last = 100; last < 125; last += 1) {
      bought.push(`+141555501${String(last).slice(1)}`);
      await carrier.buy({ PhoneNumber: bought.at(-1) ?? "" });
    }
    const listed = await carrier.client.incomingPhoneNumbers.list({ pageSize: 10 });
    expect(listed.map((number) => number.phoneNumber)).toEqual(bought.toReversed());

    const first = await carrier.client.incomingPhoneNumbers.page({ pageSize: 10 });
    await carrier.buy({ PhoneNumber: "+14155550140" });
    const second = await first.nextPage();
    const third = await second?.nextPage();
    expect([first, second, third].map((page) => page?.instances.length)).toEqual([10, 10, 5]);
    expect(await third?.nextPage()).toBeUndefined();
    const back = await second?.previousPage();
    expect(back?.instances.map((number) => number.sid)).toEqual(first.instances.map((number) => number.sid));
  });

  it("filters like the real one: by part of a number, by whole names", async () => {
    await carrier.buy({ PhoneNumber: "+14155550123", FriendlyName: "one" });
    await carrier.buy({ PhoneNumber: "+16285550123", FriendlyName: "one more" });
    const count = async (query: object) => (await carrier.client.incomingPhoneNumbers.list(query)).length;
    expect(await count({ phoneNumber: "5550123" })).toBe(2);
    expect(await count({ phoneNumber: "+1415" })).toBe(1);
    expect(await count({ phoneNumber: "+1***5550123" })).toBe(2);
    expect(await count({ phoneNumber: "+14155550199" })).toBe(0);
    expect(await count({ friendlyName: "one" })).toBe(1);
    expect(await count({ origin: "hosted" })).toBe(0);
    expect(await count({ origin: "twilio", beta: false })).toBe(2);
  });

  it.each([
    ["PageToken=nonsense", 21481],
    ["PageSize=0", 20001],
  ])("refuses %s", async (query, code) => {
    const { status, body } = await carrier.send("GET", `${ACCOUNT_PATH}/IncomingPhoneNumbers.json?${query}`);
    expect({ status, code: body.code }).toEqual({ status: 400, code });
  });
});

describe("the door", () => {
  it.each([
    ["no credentials", undefined],
    ["a wrong token", basicAuth(undefined, "wrong")],
    ["an unknown account", basicAuth(OTHER_SID, "test-token")],
  ])("stays shut to %s", async (_what, authorization) => {
    const headers = authorization === undefined ? undefined : { authorization };
    const response = await fetch(`${carrier.url}${ACCOUNT_PATH}.json`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 20003, message: "Authenticate" });
  });

  it.each([
    ["GET", "/api.twilio.com/2010-04-01/Nonsense.json", 404, 20404],
    ["GET", "/example.com/", 404, 20404],
    ["DELETE", `${ACCOUNT_PATH}/Balance.json`, 405, 20004],
    ["GET", ACCOUNT_PATH.replace(/AC\w+/, OTHER_SID).concat(".json"), 401, 20003],
  ] as const)("%s %s gives %i", async (method, path, status, code) => {
    expect(await carrier.send(method, path)).toMatchObject({ status, body: { code } });
  });
});
