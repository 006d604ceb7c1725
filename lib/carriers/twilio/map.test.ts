import { describe, expect, test } from "vitest";
import type { NumberSearch } from "../carrier";
import { CarrierError } from "../errors";
import {
  toAvailableNumber,
  toCountryInventory,
  toOwnedNumber,
  toOwnedNumbers,
  toPrices,
  toSearchFilters,
} from "./map";

const price = { amount: "1.15", currency: "USD" };

/** As the SDK hands out an AvailablePhoneNumbers item. */
const available = {
  friendlyName: "(415) 555-0123",
  phoneNumber: "+14155550123",
  lata: "722",
  locality: "San Francisco",
  rateCenter: "SNFC CNTRL",
  latitude: 37.79,
  longitude: -122.4,
  region: "CA",
  postalCode: "94105",
  isoCountry: "US",
  addressRequirements: "none",
  beta: false,
  capabilities: { voice: true, SMS: true, MMS: false },
};

function expectUnreadable(read: () => unknown): void {
  try {
    read();
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(CarrierError);
    expect(error).toMatchObject({ kind: "unknown" });
  }
}

const nonsense = [undefined, null, "", "<html>", 42, [], {}, { phoneNumber: 14155550123 }, { sid: "PN1" }];

describe("an available number", () => {
  test("becomes an offer in our words", () => {
    expect(toAvailableNumber(available, "local", price)).toEqual({
      phoneNumber: "+14155550123",
      countryCode: "US",
      type: "local",
      region: "CA",
      locality: "San Francisco",
      postalCode: "94105",
      capabilities: { voice: true, sms: true, mms: false },
      addressRequirement: "none",
      monthlyCost: price,
      setupCost: { amount: "0.00", currency: "USD" },
    });
  });

  test.each([
    [
      { voice: true, sms: true, mms: true },
      { voice: true, sms: true, mms: true },
    ],
    [
      { voice: true, SMS: false, MMS: true },
      { voice: true, sms: false, mms: true },
    ],
    [
      { voice: false, sms: false, mms: false, fax: true },
      { voice: false, sms: false, mms: false },
    ],
    [{}, { voice: false, sms: false, mms: false }],
    [
      { voice: null, sms: null, SMS: true },
      { voice: false, sms: true, mms: false },
    ],
  ])("capabilities %o are %o", (capabilities, expected) => {
    expect(toAvailableNumber({ ...available, capabilities }, "local", null).capabilities).toEqual(expected);
  });

  test("places the carrier does not know are null, not empty", () => {
    const bare = { ...available, region: "", locality: null, postalCode: undefined };
    expect(toAvailableNumber(bare, "toll_free", null)).toMatchObject({
      region: null,
      locality: null,
      postalCode: null,
      monthlyCost: null,
      setupCost: null,
    });
  });

  test.each(["none", "any", "local", "foreign"])("address requirement %s", (addressRequirements) => {
    const offer = toAvailableNumber({ ...available, addressRequirements }, "local", price);
    expect(offer.addressRequirement).toBe(addressRequirements);
  });

  test.each([
    ...nonsense,
    { ...available, addressRequirements: "bundle" },
    { ...available, phoneNumber: undefined },
    { ...available, capabilities: "voice" },
  ])("%o cannot be read, which is no answer", (shape) => {
    expectUnreadable(() => toAvailableNumber(shape, "local", price));
  });
});

describe("an owned number", () => {
  const owned = {
    sid: `PN${"0a".repeat(16)}`,
    phoneNumber: "+14155550123",
    friendlyName: "linedesk.aaaaaa.org.num",
    voiceUrl: "https://desk.example.com/hooks/twilio/voice",
    dateCreated: new Date("2026-01-01T00:00:00Z"),
  };

  test("becomes id, number, tag, voice URL and date", () => {
    expect(toOwnedNumber(owned)).toEqual({
      carrierNumberId: owned.sid,
      phoneNumber: "+14155550123",
      tag: "linedesk.aaaaaa.org.num",
      voiceUrl: "https://desk.example.com/hooks/twilio/voice",
      capabilities: null,
      createdAt: owned.dateCreated,
    });
  });

  test.each([null, undefined, new Date("never")])("a creation date of %o is no date", (dateCreated) => {
    expectSafeDate(dateCreated);
  });

  /** An invalid Date either reads as none or as an unreadable answer; never as a date to compare with. */
  function expectSafeDate(dateCreated: Date | null | undefined): void {
    try {
      expect(toOwnedNumber({ ...owned, dateCreated }).createdAt).toBeNull();
    } catch (error) {
      expect(error).toMatchObject({ kind: "unknown" });
    }
  }

  test("no tag is the empty tag", () => {
    expect(toOwnedNumber({ ...owned, friendlyName: null }).tag).toBe("");
  });

  test("what it can do is told where the carrier says it", () => {
    const { capabilities } = toOwnedNumber({ ...owned, capabilities: { voice: true, SMS: true } });
    expect(capabilities).toEqual({ voice: true, sms: true, mms: false });
  });

  test("a trunk or an application takes its calls before the voice URL does, and nothing takes none", () => {
    const [trunkSid, voiceApplicationSid] = [`TK${"1".repeat(32)}`, `AP${"2".repeat(32)}`];
    expect(toOwnedNumber({ ...owned, trunkSid }).voiceUrl).toBe(trunkSid);
    expect(toOwnedNumber({ ...owned, trunkSid: "", voiceApplicationSid }).voiceUrl).toBe(voiceApplicationSid);
    expect(toOwnedNumber({ ...owned, voiceUrl: null }).voiceUrl).toBe("");
  });

  test.each([
    ...nonsense,
    { ...owned, sid: "PN123" },
    { ...owned, sid: `AC${"0".repeat(32)}` },
    { ...owned, sid: undefined },
    { ...owned, phoneNumber: null },
    { ...owned, phoneNumber: "" },
    { ...owned, phoneNumber: "14155550123" },
    { ...owned, phoneNumber: "client:anna" },
    { ...owned, phoneNumber: "+1415555\0" },
  ])("%o cannot be read, which is no answer", (shape) => {
    expectUnreadable(() => toOwnedNumber(shape));
  });

  test("what somebody wrote on it can be kept, and never becomes what we would write", () => {
    const friendlyName = "linedesk\0.a\uD800.\u{1F600}";
    const { tag, voiceUrl } = toOwnedNumber({
      ...owned,
      friendlyName,
      voiceUrl: "https://a.example/\uDC00\0",
    });
    expect(tag).toBe("linedesk\uFFFD.a\uFFFD.\u{1F600}");
    expect(voiceUrl).toBe("https://a.example/\uFFFD\uFFFD");
  });

  test("in a list, one that cannot be read keeps nobody from the rest", () => {
    const odd = { ...owned, sid: `PN${"1b".repeat(16)}`, phoneNumber: "client:anna" };
    expect(toOwnedNumbers([odd, owned, null, { ...owned, sid: "PN1" }])).toEqual({
      numbers: [toOwnedNumber(owned)],
      unreadable: [odd.sid, null, null],
    });
    expect(toOwnedNumbers([])).toEqual({ numbers: [], unreadable: [] });
  });
});

describe("a country and its prices", () => {
  test("has the kinds it has resources for, and not the ones we do not know", () => {
    const country = {
      countryCode: "GB",
      country: "United Kingdom",
      subresourceUris: { local: "/l", toll_free: "/t", mobile: "/m", machine_to_machine: "/x", voip: "/v" },
    };
    expect(toCountryInventory(country)).toEqual({
      countryCode: "GB",
      name: "United Kingdom",
      types: ["local", "toll_free", "mobile"],
    });
  });

  test("prices are the account's current ones, by kind", () => {
    const prices = toPrices({
      priceUnit: "usd",
      phoneNumberPrices: [
        { numberType: "local", basePrice: "1.50", currentPrice: "1.15" },
        { numberType: "toll free", basePrice: "2.15", currentPrice: 2.15 },
        { numberType: "national", basePrice: "9", currentPrice: "9" },
        { numberType: "mobile", basePrice: "3", currentPrice: null },
      ],
    });
    expect([...prices]).toEqual([
      ["local", { amount: "1.15", currency: "USD" }],
      ["toll_free", { amount: "2.15", currency: "USD" }],
    ]);
  });

  test.each(["", "-1", "1,15", "free", "1e3", "1.", ".5", "NaN"])(
    "a price of %o is unknown, not zero",
    (text) => {
      const shape = { priceUnit: "USD", phoneNumberPrices: [{ numberType: "local", currentPrice: text }] };
      expect(toPrices(shape).size).toBe(0);
    },
  );

  test.each([...nonsense, { priceUnit: "US dollars", phoneNumberPrices: [] }])(
    "%o cannot be read",
    (shape) => {
      expectUnreadable(() => toPrices(shape));
      expectUnreadable(() => toCountryInventory(shape));
    },
  );
});

describe("search filters", () => {
  const base: NumberSearch = { countryCode: "US", type: "local", limit: 20 };

  test.each<[Partial<NumberSearch>, object]>([
    [{}, {}],
    [{ areaCode: "415" }, { areaCode: 415 }],
    [{ contains: { text: "555", where: "anywhere" } }, { contains: "555" }],
    [{ contains: { text: "555", where: "end" } }, { contains: "555$" }],
    [{ contains: { text: "555", where: "start" } }, { contains: "+1555" }],
    [
      { areaCode: "415", contains: { text: "555", where: "start" } },
      { areaCode: 415, contains: "+1415555" },
    ],
    [{ region: "CA" }, { inRegion: "CA" }],
    [{ locality: "Oakland" }, { inLocality: "Oakland" }],
    [{ postalCode: "94607" }, { inPostalCode: "94607" }],
    [
      { voice: true, sms: false, mms: true },
      { voiceEnabled: true, smsEnabled: false, mmsEnabled: true },
    ],
    [{ noPaperwork: true }, { excludeAllAddressRequired: true }],
    [{ noPaperwork: false }, {}],
  ])("%o", (search, filters) => {
    expect(toSearchFilters({ ...base, ...search }, "1")).toEqual({ limit: 20, ...filters });
  });
});
