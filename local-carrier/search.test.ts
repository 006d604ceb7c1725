import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT_PATH, startTestCarrier, type TestCarrier } from "./test-carrier";

let carrier: TestCarrier;

beforeAll(async () => {
  carrier = await startTestCarrier();
});

afterAll(() => carrier.close());

interface Found {
  phone_number: string;
  locality: string | null;
  region: string | null;
  postal_code: string | null;
  lata: string | null;
  rate_center: string | null;
  address_requirements: string;
  beta: boolean;
  capabilities: Record<string, boolean>;
}

async function search(country: string, type: string, query: Record<string, string>): Promise<Found[]> {
  const path = `${ACCOUNT_PATH}/AvailablePhoneNumbers/${country}/${type}.json?${new URLSearchParams(query)}`;
  const { status, body } = await carrier.send("GET", path);
  expect(status).toBe(200);
  return body.available_phone_numbers as Found[];
}

describe("search filters", () => {
  const cases: [string, string, Record<string, string>, (number: Found) => boolean][] = [
    ["US", "Local", { AreaCode: "415" }, (found) => found.phone_number.startsWith("+1415")],
    ["US", "TollFree", { AreaCode: "888" }, (found) => found.phone_number.startsWith("+1888")],
    ["US", "Local", { Contains: "0142$" }, (found) => found.phone_number.endsWith("0142")],
    ["US", "Local", { Contains: "+1628" }, (found) => found.phone_number.startsWith("+1628")],
    ["US", "Local", { Contains: "415555017*" }, (found) => found.phone_number.startsWith("+1415555017")],
    ["US", "Local", { Contains: "JJJ" }, (found) => found.phone_number.includes("555")],
    ["GB", "Local", { Contains: "7946" }, (found) => found.locality === "London"],
    ["US", "Local", { SmsEnabled: "true" }, (found) => found.capabilities.sms === true],
    ["US", "Local", { SmsEnabled: "false" }, (found) => found.capabilities.sms === false],
    ["US", "Local", { MmsEnabled: "true" }, (found) => found.capabilities.mms === true],
    ["US", "Local", { FaxEnabled: "true" }, (found) => found.capabilities.fax === true],
    ["US", "Local", { VoiceEnabled: "true" }, (found) => found.capabilities.voice === true],
    ["GB", "Local", { ExcludeAllAddressRequired: "true" }, (found) => found.address_requirements === "none"],
    [
      "GB",
      "Local",
      { ExcludeLocalAddressRequired: "true" },
      (found) => found.address_requirements !== "local",
    ],
    [
      "GB",
      "Local",
      { ExcludeForeignAddressRequired: "true" },
      (found) => found.address_requirements !== "foreign",
    ],
    ["AU", "Local", { Beta: "false" }, (found) => !found.beta],
    [
      "US",
      "Local",
      { NearNumber: "+14155550100", Distance: "5" },
      (found) => found.locality === "San Francisco",
    ],
    ["US", "Local", { NearLatLong: "37.7749,-122.4194", Distance: "100" }, (found) => found.region === "CA"],
    ["CA", "Local", { InRegion: "QC" }, (found) => found.region === "QC"],
    ["US", "Local", { InRegion: "+12125550100" }, (found) => found.region === "NY"],
    ["US", "Local", { InLocality: "chicago" }, (found) => found.locality === "Chicago"],
  ];

  it.each(cases)("%s %s %j", async (country, type, query, fits) => {
    const found = await search(country, type, query);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(fits)).toBe(true);
  });

  it("finds again what it told about lata, rate centre and postal code", async () => {
    const [sample] = await search("US", "Local", { AreaCode: "512", PageSize: "1" });
    const exchange = { InLata: sample?.lata ?? "", InRateCenter: sample?.rate_center ?? "" };
    const inExchange = await search("US", "Local", exchange);
    expect(inExchange.length).toBeGreaterThan(0);
    expect(inExchange.every((found) => found.rate_center === sample?.rate_center)).toBe(true);
    const inPostalCode = await search("US", "Local", { InPostalCode: sample?.postal_code ?? "" });
    expect(inPostalCode.length).toBeGreaterThan(0);
    expect(inPostalCode.every((found) => found.postal_code === sample?.postal_code)).toBe(true);
  });

  it.each([
    ["a code with nothing left", "US", "Local", { AreaCode: "917" }],
    ["a code of nowhere", "US", "Local", { AreaCode: "555" }],
    ["numbers without calls", "US", "Local", { VoiceEnabled: "false" }],
    ["only paperwork", "DE", "Local", { ExcludeAllAddressRequired: "true" }],
    ["a town without numbers", "US", "Local", { InLocality: "Atlantis" }],
  ])("finds nothing for %s", async (_what, country, type, query) => {
    expect(await search(country, type, query as Record<string, string>)).toEqual([]);
  });

  it("gives fifty unless told, and no more than told", async () => {
    expect(await search("US", "Local", {})).toHaveLength(50);
    expect(await search("US", "Local", { PageSize: "7" })).toHaveLength(7);
    expect(await carrier.client.availablePhoneNumbers("US").local.list({ limit: 20 })).toHaveLength(20);
  });

  it("answers a repeated search with the same numbers, less those owned or sold", async () => {
    const before = (await search("US", "Local", { AreaCode: "303" })).map((found) => found.phone_number);
    const [bought = "", sold = "", ...rest] = before;
    expect((await carrier.buy({ PhoneNumber: bought })).status).toBe(201);
    await carrier.control("POST", "sell", { phone_number: sold });
    const after = (await search("US", "Local", { AreaCode: "303" })).map((found) => found.phone_number);
    expect(after.slice(0, rest.length)).toEqual(rest);
    expect(after).not.toContain(bought);
    expect(after).not.toContain(sold);
  });

  it("can spell capabilities in capitals", async () => {
    await carrier.control("POST", "settings", { capability_case: "upper" });
    const [number] = await search("US", "Local", { SmsEnabled: "true", PageSize: "1" });
    await carrier.control("POST", "settings", { capability_case: "lower" });
    expect(number?.capabilities).toMatchObject({ voice: true, SMS: true });
    expect(number?.capabilities).not.toHaveProperty("sms");
  });

  it.each([
    ["US/Local", { AreaCode: "41" }, 21451],
    ["US/Local", { Contains: "4*15" }, 20001],
    ["US/Local", { PageSize: "1001" }, 20001],
    ["US/Local", { Distance: "501" }, 20001],
    ["US/Local", { NearLatLong: "here" }, 20001],
    ["US/Local", { NearNumber: "+442079460123" }, 21421],
    ["US/Local", { InRateCenter: "HILO" }, 20001],
    ["US/Local", { SmsEnabled: "perhaps" }, 20001],
  ])("refuses %s %j with %i", async (list, query, code) => {
    const path = `${ACCOUNT_PATH}/AvailablePhoneNumbers/${list}.json?${new URLSearchParams(query as Record<string, string>)}`;
    expect(await carrier.send("GET", path)).toMatchObject({ status: 400, body: { code } });
  });

  it.each(["CA/Mobile", "US/Mobile", "IE/TollFree", "ES/Local", "ES"])("has no %s", async (list) => {
    const path = `${ACCOUNT_PATH}/AvailablePhoneNumbers/${list}.json`;
    const { status, body } = await carrier.send("GET", path);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 20404 });
    expect(body.message).toBe(`The requested resource ${path.replace("/api.twilio.com", "")} was not found`);
  });
});
