import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenApiCheck, type OpenApiCheck } from "./openapi-check";
import { ACCOUNT_PATH, ACCOUNT_SID, startTestCarrier, type TestCarrier } from "./test-carrier";
import { OPERATIONS } from "./twilio/operations";

let carrier: TestCarrier;
let check: OpenApiCheck;

beforeAll(async () => {
  carrier = await startTestCarrier();
  check = await createOpenApiCheck();
});

afterAll(() => carrier.close());

const ADDRESS = {
  customerName: "Ada",
  street: "1 Main Street",
  city: "San Francisco",
  region: "CA",
  postalCode: "94105",
  isoCountry: "US",
};

describe("the dialect, through Twilio's own SDK and against Twilio's own document", () => {
  it("serves account, balance and prices", async () => {
    const account = await carrier.client.api.v2010.accounts(ACCOUNT_SID).fetch();
    expect(account).toMatchObject({ sid: ACCOUNT_SID, status: "active", type: "Full" });
    expect(await carrier.client.balance.fetch()).toMatchObject({ balance: "100000.00", currency: "USD" });

    const prices = await carrier.client.pricing.v1.phoneNumbers.countries("US").fetch();
    expect(prices.phoneNumberPrices).toMatchObject([
      { numberType: "local", basePrice: "1.15", currentPrice: "1.15" },
      { numberType: "toll free", basePrice: "2.15", currentPrice: "2.15" },
    ]);
    // Two a page and seven countries: the SDK follows the absolute addresses it is given.
    const countries = await carrier.client.pricing.v1.phoneNumbers.countries.list({ pageSize: 2 });
    expect(countries.map((country) => country.isoCountry)).toEqual([
      "AU",
      "CA",
      "DE",
      "FR",
      "GB",
      "IE",
      "US",
    ]);
  });

  it("lists countries with the types they have", async () => {
    const countries = await carrier.client.availablePhoneNumbers.list();
    const types = countries.map(({ countryCode, subresourceUris }) => [
      countryCode,
      Object.keys(subresourceUris as object),
    ]);
    expect(Object.fromEntries(types)).toEqual({
      AU: ["local", "toll_free", "mobile"],
      CA: ["local"],
      DE: ["local", "mobile"],
      FR: ["local", "mobile"],
      GB: ["local", "toll_free", "mobile"],
      IE: ["local"],
      US: ["local", "toll_free"],
    });
    expect(await carrier.client.availablePhoneNumbers("GB").fetch()).toMatchObject({
      country: "United Kingdom",
    });
  });

  it("searches, buys, changes and releases each type", async () => {
    const { client } = carrier;
    const address = await client.addresses.create({ ...ADDRESS, isoCountry: "GB" });
    const [local] = await client.availablePhoneNumbers("US").local.list({ limit: 5 });
    const [tollFree] = await client.availablePhoneNumbers("US").tollFree.list({ limit: 5 });
    const [mobile] = await client.availablePhoneNumbers("GB").mobile.list({ limit: 5 });
    const bought = [
      await client.incomingPhoneNumbers.local.create({ phoneNumber: local?.phoneNumber ?? "" }),
      await client.incomingPhoneNumbers.tollFree.create({ phoneNumber: tollFree?.phoneNumber ?? "" }),
      await client.incomingPhoneNumbers.mobile.create({
        phoneNumber: mobile?.phoneNumber ?? "",
        addressSid: address.sid,
      }),
      await client.incomingPhoneNumbers.create({
        phoneNumber: "+14155550123",
        friendlyName: "intent-1",
        voiceUrl: "https://desk.example/voice",
        voiceMethod: "POST",
        voiceCallerIdLookup: false,
      }),
    ];
    expect(await client.incomingPhoneNumbers.local.list()).toHaveLength(2);
    expect(await client.incomingPhoneNumbers.tollFree.list()).toHaveLength(1);
    expect(await client.incomingPhoneNumbers.mobile.list()).toHaveLength(1);
    expect(await client.incomingPhoneNumbers.list()).toHaveLength(4);

    const last = bought.at(-1);
    const number = client.incomingPhoneNumbers(last?.sid ?? "");
    expect(await number.fetch()).toMatchObject({
      friendlyName: "intent-1",
      voiceUrl: "https://desk.example/voice",
    });
    expect(await number.update({ voiceUrl: "", friendlyName: "renamed" })).toMatchObject({
      friendlyName: "renamed",
      voiceUrl: "",
    });
    expect(await number.remove()).toBe(true);
    await expect(number.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(number.remove()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it("keeps addresses", async () => {
    const { client } = carrier;
    const address = await client.addresses.create({
      ...ADDRESS,
      friendlyName: "Office",
      emergencyEnabled: true,
    });
    expect(await client.addresses(address.sid).fetch()).toMatchObject({
      city: "San Francisco",
      isoCountry: "US",
    });
    expect(await client.addresses(address.sid).update({ city: "Oakland" })).toMatchObject({
      city: "Oakland",
    });
    expect(await client.addresses.list({ isoCountry: "US", friendlyName: "Office" })).toHaveLength(1);
    expect(await client.addresses.list({ customerName: "Nobody" })).toEqual([]);
    expect(await client.addresses.list({ emergencyEnabled: true })).toHaveLength(1);
    expect(await client.addresses(address.sid).remove()).toBe(true);
    await expect(client.addresses(address.sid).fetch()).rejects.toMatchObject({ code: 20404 });
  });

  it("has been asked every operation it serves, and every one is in the document", async () => {
    const { body } = await carrier.control("GET", "requests?since=0");
    const requests = body.requests as { method: string; path: string; status: number | null }[];
    const covered = new Set<string | null>();
    for (const { method, path, status } of requests) {
      const [host = ""] = path.split("/");
      if (status !== null && status < 300) {
        covered.add(check.operationOf({ method, host, path: path.slice(host.length) }));
      }
    }
    const served = OPERATIONS.map(({ method, host, template }) => {
      const path = template
        .replace("{CountryCode}", "US")
        .replace("{IsoCountry}", "US")
        .replace(/\{\w+\}/g, "x");
      return check.operationOf({ method, host, path });
    });
    expect(served).not.toContain(null);
    expect(new Set(served).size).toBe(OPERATIONS.length);
    expect([...covered].sort()).toEqual([...new Set(served)].sort());
  });

  it("has broken the document nowhere", async () => {
    expect((await carrier.books()).violations).toEqual([]);
  });
});

describe("violations", () => {
  it.each([
    ["an unknown field", { PhoneNumber: "+14155550150", Nonsense: "1" }, "form has an unknown Nonsense"],
    ["a value outside an enum", { PhoneNumber: "+14155550150", VoiceMethod: "PUT" }, "form VoiceMethod"],
    ["a SID of another kind", { PhoneNumber: "+14155550150", TrunkSid: "PN1" }, "form TrunkSid"],
    [
      "a boolean that is none",
      { PhoneNumber: "+14155550150", VoiceCallerIdLookup: "yes" },
      "must be boolean",
    ],
  ])("are noted for %s", async (_what, form, expected) => {
    await carrier.buy(form);
    const violation = (await carrier.books()).violations.at(-1);
    expect(violation?.direction).toBe("request");
    expect(violation?.problems.join("; ")).toContain(expected);
  });

  it("are noted for a missing field, an operation unknown and one unserved", async () => {
    await carrier.buy({}, "IncomingPhoneNumbers/Local.json");
    await carrier.send("GET", `${ACCOUNT_PATH}/Nonsense.json`);
    await carrier.send("GET", "/trunking.twilio.com/v1/Trunks");
    const problems = (await carrier.books()).violations
      .slice(-3)
      .map((violation) => violation.problems.join());
    expect(problems[0]).toContain("form lacks PhoneNumber");
    expect(problems[1]).toContain("not in the document");
    expect(problems[2]).toBe("this carrier does not serve this operation");
  });

  it("would be noted for a reply that lacks what Twilio's example has", () => {
    const path = `/2010-04-01/Accounts/${ACCOUNT_SID}/Balance.json`;
    const reply = { method: "GET", host: "api.twilio.com", path, status: 200 };
    expect(check.checkResponse({ ...reply, body: { account_sid: ACCOUNT_SID, balance: "1.00" } })).toEqual([
      "body lacks currency",
    ]);
    const wrong = { account_sid: "PN1", balance: 1, currency: "USD" };
    expect(check.checkResponse({ ...reply, body: wrong }).length).toBeGreaterThan(0);
  });
});
