import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT_PATH, basicAuth, startTestCarrier, type TestCarrier } from "./test-carrier";

let carrier: TestCarrier;

beforeAll(async () => {
  carrier = await startTestCarrier();
});

beforeEach(async () => {
  await carrier.control("POST", "reset");
  await carrier.control("POST", "settings", { magic_slow_ms: 20, magic_late_ms: 20 });
});

afterAll(() => carrier.close());

const NUMBER = "+14155550123";
const CUT = Symbol("cut");

/** The status, or CUT when the connection ended without one. */
async function tryToBuy(phoneNumber = NUMBER, extra: Record<string, string> = {}) {
  try {
    return (await carrier.buy({ PhoneNumber: phoneNumber, ...extra })).status;
  } catch (error) {
    // Node's fetch tells a broken connection by a TypeError; anything else is the test's own fault.
    if (error instanceof TypeError) return CUT;
    throw error;
  }
}

async function isOwned(phoneNumber = NUMBER): Promise<boolean> {
  const { owned, charges } = await carrier.books();
  const found = owned.some((number) => number.phone_number === phoneNumber);
  expect(charges.filter((charge) => charge.phone_number === phoneNumber)).toHaveLength(found ? 1 : 0);
  return found;
}

/** Asks the carrier until it is so: for what happens after no reply can tell. */
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { interval: 5, timeout: 5_000 }).toBe(true);
}

describe("faults of a purchase", () => {
  it.each([
    [{ kind: "ok" }, 201, true],
    [{ kind: "refuse", code: 21422 }, 400, false],
    [{ kind: "refuse", code: 20003, status: 401, message: "Authenticate" }, 401, false],
    [{ kind: "reset_before" }, CUT, false],
    [{ kind: "reset_after" }, CUT, true],
    [{ kind: "error_500_before" }, 500, false],
    [{ kind: "error_500_after" }, 500, true],
    [{ kind: "status_429" }, 429, false],
    [{ kind: "delay", ms: 20, when: "before" }, 201, true],
    [{ kind: "delay", ms: 20, when: "after" }, 201, true],
    [{ kind: "price_change", price: "9.99", country: "US", type: "local" }, 201, true],
  ])("%j answers %s, owned: %s; the next request is ordinary", async (behaviour, status, owned) => {
    await carrier.arm({ operation: "buy", behaviour });
    expect(await tryToBuy()).toBe(status);
    expect(await isOwned()).toBe(owned);
    expect(await tryToBuy("+14155550124")).toBe(201);
  });

  it("price_change is what the purchase then costs", async () => {
    const behaviour = { kind: "price_change", price: "9.99", country: "US", type: "local" };
    await carrier.arm({ operation: "buy", behaviour });
    await tryToBuy();
    expect((await carrier.books()).charges).toMatchObject([{ amount: "9.99" }]);
  });

  it.each([
    ["hang_before", false],
    ["hang_after", true],
  ])("%s never answers; owned: %s", async (kind, owned) => {
    await carrier.arm({ operation: "buy", behaviour: { kind } });
    const leaving = new AbortController();
    const buying = fetch(`${carrier.url}${ACCOUNT_PATH}/IncomingPhoneNumbers.json`, {
      method: "POST",
      headers: { authorization: basicAuth() },
      body: new URLSearchParams({ PhoneNumber: NUMBER }),
      signal: leaving.signal,
    });
    await eventually(async () => {
      const { body } = await carrier.control("GET", "requests");
      return (body.requests as { fault: string | null }[]).some((request) => request.fault === kind);
    });
    leaving.abort();
    await expect(buying).rejects.toThrow();
    expect(await isOwned()).toBe(owned);
  });

  it("late cuts the connection now and acts afterwards", async () => {
    await carrier.arm({ operation: "buy", behaviour: { kind: "late", ms: 100 } });
    expect(await tryToBuy()).toBe(CUT);
    expect(await isOwned()).toBe(false);
    await eventually(isOwned);
  });

  it("garble acts and sends half of a 201", async () => {
    await carrier.arm({ operation: "buy", behaviour: { kind: "garble" } });
    await expect(carrier.buy({ PhoneNumber: NUMBER })).rejects.toThrow(SyntaxError);
    expect(await isOwned()).toBe(true);
  });

  it("wrong_number acts and speaks of another", async () => {
    const behaviour = { kind: "wrong_number", phone_number: "+12015550100" };
    await carrier.arm({ operation: "buy", behaviour });
    expect(await carrier.buy({ PhoneNumber: NUMBER })).toMatchObject({
      status: 201,
      body: { phone_number: "+12015550100" },
    });
    expect(await isOwned()).toBe(true);
  });

  it("the SDK sees what it would see of Twilio", async () => {
    const buy = () => carrier.client.incomingPhoneNumbers.create({ phoneNumber: NUMBER });
    await carrier.arm({ operation: "buy", behaviour: { kind: "status_429" } });
    await expect(buy()).rejects.toMatchObject({ status: 429, code: 20429 });
    await carrier.arm({ operation: "buy", behaviour: { kind: "error_500_after" } });
    await expect(buy()).rejects.toMatchObject({ status: 500, code: 20500 });
    await expect(buy()).rejects.toMatchObject({ status: 400, code: 21422 });
    expect(await carrier.client.incomingPhoneNumbers.list({ phoneNumber: NUMBER })).toHaveLength(1);
  });
});

describe("arming", () => {
  it("aims at one number, so many times", async () => {
    const behaviour = { kind: "error_500_before" };
    await carrier.arm({ operation: "buy", phone_number: NUMBER, times: 2, behaviour });
    expect(await tryToBuy("+14155550124")).toBe(201);
    expect([await tryToBuy(), await tryToBuy(), await tryToBuy()]).toEqual([500, 500, 201]);
  });

  it("goes on until cleared with zero times", async () => {
    await carrier.arm({ operation: "any", times: 0, behaviour: { kind: "status_429" } });
    expect([await tryToBuy(), await tryToBuy(), await tryToBuy()]).toEqual([429, 429, 429]);
    expect((await carrier.send("GET", `${ACCOUNT_PATH}/Balance.json`)).status).toBe(429);
    expect((await carrier.control("DELETE", "faults")).body).toEqual({ cleared: 1 });
    expect(await tryToBuy()).toBe(201);
  });

  it.each([
    ["search", "GET", "/AvailablePhoneNumbers/US/Local.json"],
    ["list", "GET", "/IncomingPhoneNumbers.json"],
    ["fetch", "GET", "/IncomingPhoneNumbers/{sid}.json"],
    ["update", "POST", "/IncomingPhoneNumbers/{sid}.json"],
    ["release", "DELETE", "/IncomingPhoneNumbers/{sid}.json"],
    ["addresses", "GET", "/Addresses.json"],
  ] as const)("strikes %s and nothing else", async (operation, method, path) => {
    const { body } = await carrier.buy({ PhoneNumber: NUMBER });
    await carrier.arm({ operation, behaviour: { kind: "error_500_before" } });
    expect((await carrier.send("GET", `${ACCOUNT_PATH}.json`)).status).toBe(200);
    const struck = ACCOUNT_PATH + path.replace("{sid}", String(body.sid));
    expect((await carrier.send(method, struck)).status).toBe(500);
    expect((await carrier.send(method, struck)).status).toBeLessThan(300);
  });

  it("strikes pricing", async () => {
    await carrier.arm({ operation: "pricing", behaviour: { kind: "error_500_before" } });
    expect((await carrier.send("GET", "/pricing.twilio.com/v1/PhoneNumbers/Countries/US")).status).toBe(500);
  });

  it("knows a released number by its SID, and a DELETE whose reply is lost", async () => {
    const { body } = await carrier.buy({ PhoneNumber: NUMBER });
    await carrier.arm({ operation: "release", phone_number: NUMBER, behaviour: { kind: "reset_after" } });
    const path = `${ACCOUNT_PATH}/IncomingPhoneNumbers/${body.sid}.json`;
    await expect(carrier.send("DELETE", path)).rejects.toThrow(TypeError);
    expect((await carrier.send("DELETE", path)).status).toBe(404);
    expect((await carrier.books()).deletes).toMatchObject([{ phone_number: NUMBER }]);
  });

  it.each([
    [{ operation: "steal", behaviour: { kind: "ok" } }],
    [{ operation: "buy", behaviour: { kind: "explode" } }],
    [{ operation: "buy", behaviour: { kind: "delay" } }],
    [{ operation: "buy", phone_number: "555", behaviour: { kind: "ok" } }],
    [{ operation: "buy", behaviour: { kind: "ok" }, typo: 1 }],
  ])("refuses %j", async (fault) => {
    const { status, body } = await carrier.arm(fault);
    expect(status).toBe(400);
    expect(body.error).toEqual(expect.any(String));
  });
});

describe("magic numbers", () => {
  it.each([
    ["0190", [400, 400], false],
    ["0191", [201, 400], true],
    ["0192", [CUT, 400], true],
    ["0193", [CUT, 201], true],
    ["0194", [500, 400], true],
    ["0195", [500, 201], true],
    ["0196", [429, 201], true],
    ["0197", [400, 400], false],
    ["0198", [403, 403], false],
    ["0199", [201, 400], true],
  ])("%s answers twice with %j, owned: %s", async (ending, statuses, owned) => {
    const phoneNumber = `+1628555${ending}`;
    expect([await tryToBuy(phoneNumber), await tryToBuy(phoneNumber)]).toEqual(statuses);
    expect(await isOwned(phoneNumber)).toBe(owned);
  });

  it.each([
    ["0190", 21422],
    ["0197", 21631],
    ["0198", 10001],
  ])("%s refuses with %i", async (ending, code) => {
    expect((await carrier.buy({ PhoneNumber: `+1800555${ending}` })).body.code).toBe(code);
  });

  it("0197 can be bought with an address", async () => {
    const address = await carrier.client.addresses.create({
      customerName: "Ada",
      street: "1 Main Street",
      city: "Oakland",
      region: "CA",
      postalCode: "94601",
      isoCountry: "US",
    });
    expect(await tryToBuy("+16285550197", { AddressSid: address.sid })).toBe(201);
  });

  it("strikes each number anew, and again after a reset", async () => {
    expect(await tryToBuy("+14155550195")).toBe(500);
    expect(await tryToBuy("+16285550195")).toBe(500);
    expect(await tryToBuy("+14155550195")).toBe(201);
    await carrier.control("POST", "reset");
    expect(await tryToBuy("+14155550195")).toBe(500);
  });

  it("makes room for a fault armed on purpose", async () => {
    await carrier.arm({ operation: "buy", phone_number: "+14155550190", behaviour: { kind: "ok" } });
    expect(await tryToBuy("+14155550190")).toBe(201);
  });

  it.each(["4155550192", "+14155550192", "14155550192"])("is found by who asks for %s", async (Contains) => {
    const query = new URLSearchParams({ Contains });
    const { body } = await carrier.send(
      "GET",
      `${ACCOUNT_PATH}/AvailablePhoneNumbers/US/Local.json?${query}`,
    );
    expect(body.available_phone_numbers).toMatchObject([{ phone_number: "+14155550192" }]);
  });

  it.each(["0192$", "55501*", "+141555501", "555019"])("is not found by %s", async (Contains) => {
    const query = new URLSearchParams({ Contains, PageSize: "1000" });
    const { body } = await carrier.send(
      "GET",
      `${ACCOUNT_PATH}/AvailablePhoneNumbers/US/Local.json?${query}`,
    );
    const found = body.available_phone_numbers as { phone_number: string }[];
    expect(found.filter(({ phone_number }) => /019\d$/.test(phone_number))).toEqual([]);
  });
});

describe("control", () => {
  it("remembers every request and how it ended, from a place on", async () => {
    const { body: before } = await carrier.control("GET", "requests");
    await carrier.arm({ operation: "buy", behaviour: { kind: "reset_after" } });
    await tryToBuy();
    await carrier.send("GET", `${ACCOUNT_PATH}/IncomingPhoneNumbers.json?PhoneNumber=%2B14155550123`);
    const { body } = await carrier.control("GET", `requests?since=${before.last}`);
    expect(body.requests).toMatchObject([
      { method: "POST", operation: "buy", form: { PhoneNumber: NUMBER }, status: null, fault: "reset_after" },
      { method: "GET", operation: "list", query: { PhoneNumber: NUMBER }, status: 200, fault: null },
    ]);
  });

  it.each([
    ["POST", "own", { phone_number: "+14155551234" }, 404],
    ["POST", "own", { phone_number: NUMBER, account_sid: "AC1" }, 404],
    ["POST", "disown", { phone_number: NUMBER }, 404],
    ["POST", "settings", { second_purchase: "maybe" }, 400],
    ["POST", "settings", { prices: { US: { local: 1.15 } } }, 400],
    ["GET", "requests?since=yesterday", undefined, 400],
    ["GET", "nonsense", undefined, 404],
  ] as const)("%s %s %j gives %i", async (method, path, body, status) => {
    const answer = await carrier.control(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual(expect.any(String));
  });

  it("does not sell or buy again what is owned", async () => {
    await tryToBuy();
    expect((await carrier.control("POST", "sell", { phone_number: NUMBER })).status).toBe(409);
    expect((await carrier.control("POST", "own", { phone_number: NUMBER })).status).toBe(409);
  });

  it("says it is well", async () => {
    expect((await carrier.control("GET", "health")).body).toMatchObject({ status: "ok", validating: true });
  });
});
