import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createNumberPool, openLocalCarrier } from "../testing/local-carrier";
import type { Carrier, NumberSearch, OwnedNumber } from "./carrier";
import type { CarrierErrorKind } from "./errors";

interface CarrierSettings {
  accountSid: string;
  authToken: string;
  baseUrl: string;
  readTimeoutMs: number;
  writeTimeoutMs: number;
  pageSize?: number;
}

/** After this a call is given up. Long enough for a busy machine, short enough to wait for in a test. */
const timeoutMs = 1_500;
const account = { accountSid: `AC${"5".repeat(32)}`, authToken: "contract" };
const search: NumberSearch = { countryCode: "US", type: "local", limit: 20 };

/** What every adapter owes the rest of Linedesk, checked against the local carrier and its books. */
export function describeCarrier(name: string, create: (settings: CarrierSettings) => Carrier): void {
  let local: Awaited<ReturnType<typeof openLocalCarrier>>;
  let carrier: Carrier;
  const takeNumber = createNumberPool();
  const settings = (baseUrl: string) => ({
    ...account,
    baseUrl,
    readTimeoutMs: timeoutMs,
    writeTimeoutMs: timeoutMs,
  });

  beforeAll(async () => {
    local = await openLocalCarrier(account);
    carrier = create(settings(local.url));
  });
  afterEach(() => local.control.disarm());
  afterAll(async () => {
    const { violations } = await local.control.books();
    await local.close();
    expect(violations).toEqual([]);
  });

  const order = (phoneNumber: string, tag = `tag of ${phoneNumber}`) => ({
    phoneNumber,
    tag,
    voiceUrl: "https://desk.example.com/hooks/voice",
    addressId: null,
  });
  const owns = async (phoneNumber: string) =>
    (await local.control.books()).owned.some((number) => number.phone_number === phoneNumber);

  describe(`${name}: looking around`, () => {
    test("countries have names and the kinds of numbers they sell", async () => {
      const countries = await carrier.listCountries();
      const kinds = new Map(countries.map(({ countryCode, types }) => [countryCode, [...types].sort()]));
      expect(kinds.get("US")).toEqual(["local", "toll_free"]);
      expect(kinds.get("GB")).toEqual(["local", "mobile", "toll_free"]);
      expect(countries.every((country) => country.name.length > 1)).toBe(true);
    });

    test.each<[string, Partial<NumberSearch>, (phoneNumber: string) => boolean]>([
      ["nothing", {}, (number) => number.startsWith("+1")],
      ["an area code", { areaCode: "628" }, (number) => number.startsWith("+1628")],
      ["toll-free", { type: "toll_free" }, (number) => /^\+18(00|33|44|55|66|77|88)/.test(number)],
      ["digits anywhere", { contains: { text: "17", where: "anywhere" } }, (number) => number.includes("17")],
      [
        "digits at the end",
        { contains: { text: "77", where: "end" }, areaCode: "415" },
        (number) => /^\+1415\d+77$/.test(number),
      ],
      ["digits at the start", { contains: { text: "212", where: "start" } }, (n) => n.startsWith("+1212")],
      ["another country", { countryCode: "GB", type: "mobile" }, (number) => number.startsWith("+447")],
    ])("a search by %s gives such numbers, with what they cost", async (_, change, fits) => {
      const found = await carrier.searchNumbers({ ...search, ...change });
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThanOrEqual(20);
      for (const offer of found) {
        expect(fits(offer.phoneNumber), offer.phoneNumber).toBe(true);
        expect(offer.type).toBe(change.type ?? "local");
        expect(offer.monthlyCost?.amount).toMatch(/^\d+\.\d\d$/);
        expect(offer.monthlyCost?.currency).toBe("USD");
      }
    });

    test("a search by place and by capabilities", async () => {
      const [some] = await carrier.searchNumbers({ ...search, areaCode: "415", mms: true, sms: true });
      expect(some?.capabilities).toEqual({ voice: true, sms: true, mms: true });
      const { region, locality, postalCode } = some ?? {};
      expect(region && locality && postalCode).toBeTruthy();
      const place = { region: region ?? "", locality: locality ?? "", postalCode: postalCode ?? "" };
      const near = await carrier.searchNumbers({ ...search, ...place });
      expect(near.length).toBeGreaterThan(0);
      for (const offer of near) expect(offer).toMatchObject({ region, locality, postalCode });
      for (const offer of await carrier.searchNumbers({ ...search, sms: false }))
        expect(offer.capabilities.sms).toBe(false);
    });

    test("only numbers without paperwork", async () => {
      const british = { ...search, countryCode: "GB", limit: 50 };
      const all = await carrier.searchNumbers(british);
      expect(new Set(all.map((offer) => offer.addressRequirement))).toEqual(new Set(["none", "any"]));
      const free = await carrier.searchNumbers({ ...british, noPaperwork: true });
      expect(new Set(free.map((offer) => offer.addressRequirement))).toEqual(new Set(["none"]));
    });

    test("a kind the country does not have is an empty shelf, not an error", async () => {
      expect(await carrier.searchNumbers({ ...search, type: "mobile" })).toEqual([]);
    });

    test("capabilities in capitals read the same", async () => {
      const before = await carrier.searchNumbers({ ...search, areaCode: "510" });
      await local.control.settings({ capability_case: "upper" });
      const after = await carrier.searchNumbers({ ...search, areaCode: "510" });
      await local.control.settings({ capability_case: "lower" });
      expect(after).toEqual(before);
    });

    test.each([
      ["+14155550150", "local", "none"],
      ["+18005550150", "toll_free", "none"],
      ["+442079460123", "local", "none"],
      ["+447700900123", "mobile", "any"],
      ["+33639981234", "mobile", "local"],
    ])(
      "a quote for %s is for exactly it: %s, paperwork %s",
      async (phoneNumber, type, addressRequirement) => {
        const quote = await carrier.quoteNumber(phoneNumber);
        expect(quote).toMatchObject({ phoneNumber, type, addressRequirement, setupCost: { amount: "0.00" } });
      },
    );

    test("a quote has the price of this moment, not of the last search", async () => {
      await carrier.searchNumbers(search);
      await local.control.settings({ prices: { US: { local: "1.37" } } });
      const quote = await carrier.quoteNumber("+14155550151");
      await local.control.settings({ prices: {} });
      expect(quote?.monthlyCost).toEqual({ amount: "1.37", currency: "USD" });
    });

    test("a price is also told of a number that is not for sale, and not of one nobody publishes a price for", async () => {
      const owned = takeNumber();
      await local.control.own(owned);
      expect(await carrier.priceNumber(owned)).toEqual({ amount: "1.15", currency: "USD" });
      expect(await carrier.priceNumber("+18005550150")).toEqual({ amount: "2.15", currency: "USD" });
      expect(await carrier.priceNumber("+999123456789")).toBeNull();
      expect(await carrier.priceNumber("+20212345678")).toBeNull();
    });

    test("a number that is sold, or that nobody has, has no quote", async () => {
      const sold = takeNumber();
      await local.control.sell(sold);
      expect(await carrier.quoteNumber(sold)).toBeNull();
      expect(await carrier.quoteNumber("+14155551234")).toBeNull();
      expect(await carrier.quoteNumber("+999123456789")).toBeNull();
      // Egypt: a real country, which no carrier here has numbers or prices of.
      expect(await carrier.quoteNumber("+20212345678")).toBeNull();
    });

    test("an address is found where the carrier wants it", async () => {
      expect(await carrier.findAddress("any", "GB")).toBeNull();
      await local.addAddress("FR");
      expect(await carrier.findAddress("any", "GB")).toMatch(/^AD/);
      expect(await carrier.findAddress("local", "FR")).toMatch(/^AD/);
      expect(await carrier.findAddress("local", "DE")).toBeNull();
      expect(await carrier.findAddress("foreign", "FR")).toBeNull();
      expect(await carrier.findAddress("foreign", "DE")).toMatch(/^AD/);
    });
  });

  describe(`${name}: buying and giving back`, () => {
    test("a bought number is ours, with our tag, and is found by either, exactly", async () => {
      const phoneNumber = takeNumber();
      const bought = await carrier.buyNumber(order(phoneNumber, "desk.1"));
      expect(bought).toMatchObject({ phoneNumber, tag: "desk.1" });
      expect(bought.createdAt).toBeInstanceOf(Date);
      const longer = await carrier.buyNumber(order(takeNumber(), "desk.12"));
      expect(await carrier.findNumbers({ tag: "desk.1" })).toEqual([bought]);
      expect(await carrier.findNumbers({ tag: "desk.12" })).toEqual([longer]);
      expect(await carrier.findNumbers({ tag: "desk" })).toEqual([]);
      expect(await carrier.findNumbers({ phoneNumber })).toEqual([bought]);
      expect(await carrier.findNumbers({ phoneNumber: phoneNumber.slice(0, -1) })).toEqual([]);
      expect(await carrier.getNumber(bought.carrierNumberId)).toEqual(bought);
      const { owned } = await local.control.books();
      expect(owned.find((number) => number.phone_number === phoneNumber)).toMatchObject({
        sid: bought.carrierNumberId,
        friendly_name: "desk.1",
        voice_url: "https://desk.example.com/hooks/voice",
      });
    });

    test("a number given back is gone, and giving it back again is no error", async () => {
      const phoneNumber = takeNumber();
      const { carrierNumberId } = await carrier.buyNumber(order(phoneNumber));
      await carrier.releaseNumber(carrierNumberId);
      expect(await owns(phoneNumber)).toBe(false);
      expect(await carrier.getNumber(carrierNumberId)).toBeNull();
      await carrier.releaseNumber(carrierNumberId);
      const { deletes } = await local.control.books();
      expect(deletes.filter((release) => release.sid === carrierNumberId)).toHaveLength(1);
    });
  });

  describe(`${name}: the account's list`, () => {
    const small = () => create({ ...settings(local.url), pageSize: 3 });

    async function listFrom(reader: Carrier, after: string | null | undefined): Promise<string[]> {
      const ids: string[] = [];
      let place = after;
      while (place !== null) {
        const page = await reader.listNumbers(place);
        ids.push(...page.numbers.map((number) => number.carrierNumberId));
        place = page.after;
      }
      return ids;
    }

    test("has every number once, page after page, as each is", async () => {
      const phoneNumber = takeNumber();
      const bought = await carrier.buyNumber(order(phoneNumber, "desk.listed"));
      for (let count = 0; count < 5; count += 1) await local.control.own(takeNumber());
      const { owned } = await local.control.books();
      const ids = await listFrom(small(), undefined);
      expect([...ids].sort()).toEqual(owned.map(({ sid }) => sid).sort());
      const { numbers, after } = await small().listNumbers();
      expect(numbers).toHaveLength(3);
      expect(after).toEqual(expect.any(String));
      expect((await carrier.listNumbers()).numbers).toContainEqual(bought);
    });

    test("changing underneath: what was there all along is listed once, what came or went at most once", async () => {
      const leaving: OwnedNumber[] = [];
      for (let count = 0; count < 4; count += 1) leaving.push(await carrier.buyNumber(order(takeNumber())));
      const before = (await local.control.books()).owned.map(({ sid }) => sid);
      const reader = small();
      const first = await reader.listNumbers();
      // One that was listed already, one that was not yet, and a new one.
      for (const gone of [leaving[3], leaving[0]]) await carrier.releaseNumber(gone?.carrierNumberId ?? "");
      const come = await carrier.buyNumber(order(takeNumber()));
      const listed = [
        ...first.numbers.map((number) => number.carrierNumberId),
        ...(await listFrom(reader, first.after)),
      ];
      expect(new Set(listed).size).toBe(listed.length);
      const stayed = before.filter((sid) => !leaving.some(({ carrierNumberId }) => carrierNumberId === sid));
      expect(listed).toEqual(expect.arrayContaining(stayed));
      const mayBe = [...before, come.carrierNumberId];
      expect(listed.filter((sid) => !mayBe.includes(sid))).toEqual([]);
    });

    test("marked, a number bears our tag and sends its calls to us, whatever took them before", async () => {
      const phoneNumber = takeNumber();
      await local.control.own(phoneNumber, { friendly_name: "by hand" });
      const [byHand] = await carrier.findNumbers({ phoneNumber });
      const sid = byHand?.carrierNumberId ?? "";
      const mark = { tag: "desk.marked", voiceUrl: "https://desk.example.com/hooks/voice" };
      const takers = { TrunkSid: `TK${"1".repeat(32)}`, VoiceApplicationSid: `AP${"2".repeat(32)}` };
      for (const [attribute, taker] of Object.entries(takers)) {
        await local.configure(sid, { [attribute]: taker });
        expect((await carrier.getNumber(sid))?.voiceUrl).toBe(taker);
        const marked = await carrier.markNumber(sid, mark);
        expect(marked).toEqual({ ...byHand, ...mark });
        expect(await carrier.markNumber(sid, mark)).toEqual(marked);
        expect(await carrier.getNumber(sid)).toEqual(marked);
      }
    });

    test("a number the account does not have cannot be marked", async () => {
      const mark = { tag: "desk.none", voiceUrl: "https://desk.example.com/hooks/voice" };
      expect(await carrier.markNumber(`PN${"0".repeat(32)}`, mark)).toBeNull();
    });
  });

  /** `acted`: whether the carrier carried it out all the same. */
  const faults: [string, object, CarrierErrorKind, boolean][] = [
    ["refused", { kind: "refuse", code: 21404 }, "refused", false],
    ["refused without credit", { kind: "refuse", status: 403, code: 10001 }, "refused", false],
    ["sold a moment ago", { kind: "refuse", code: 21422 }, "unavailable", false],
    ["paperwork missing", { kind: "refuse", code: 21631 }, "paperwork", false],
    ["too many requests", { kind: "status_429" }, "busy", false],
    ["conflict", { kind: "refuse", status: 409, code: 20409 }, "unknown", false],
    ["reset before", { kind: "reset_before" }, "unknown", false],
    ["reset after", { kind: "reset_after" }, "unknown", true],
    ["500 before", { kind: "error_500_before" }, "unknown", false],
    ["500 after", { kind: "error_500_after" }, "unknown", true],
    ["no answer, not done", { kind: "hang_before" }, "unknown", false],
    ["no answer, done", { kind: "hang_after" }, "unknown", true],
    ["half an answer", { kind: "garble" }, "unknown", true],
  ];

  describe(`${name}: when it goes wrong`, () => {
    test.each(faults)("a purchase, %s: sent once, kind told truly", async (_, behaviour, kind, acted) => {
      const phoneNumber = takeNumber();
      await local.control.arm({ operation: "buy", phone_number: phoneNumber, times: 0, behaviour });
      await expect(carrier.buyNumber(order(phoneNumber))).rejects.toMatchObject({
        name: "CarrierError",
        kind,
      });
      expect(await local.control.purchasesSent(phoneNumber)).toBe(1);
      expect(await owns(phoneNumber)).toBe(acted);
    });

    test("an answer about another number is handed on as it is, for the caller to distrust", async () => {
      const phoneNumber = takeNumber();
      const behaviour = { kind: "wrong_number", phone_number: "+12015550100" };
      await local.control.arm({ operation: "buy", phone_number: phoneNumber, behaviour });
      expect((await carrier.buyNumber(order(phoneNumber))).phoneNumber).toBe("+12015550100");
    });

    test.each(faults)("a release, %s: sent once, kind told truly", async (_, behaviour, kind, acted) => {
      const phoneNumber = takeNumber();
      const { carrierNumberId } = await carrier.buyNumber(order(phoneNumber));
      await local.control.arm({ operation: "release", phone_number: phoneNumber, times: 0, behaviour });
      // A release is answered without a body, so half of it is all of it.
      if ((behaviour as { kind: string }).kind === "garble") await carrier.releaseNumber(carrierNumberId);
      else await expect(carrier.releaseNumber(carrierNumberId)).rejects.toMatchObject({ kind });
      const asked = await local.control.requests();
      const sent = asked.filter((request) => request.operation === "release");
      expect(sent.filter((request) => request.path.includes(carrierNumberId))).toHaveLength(1);
      expect(await owns(phoneNumber)).toBe(!acted);
    });

    test.each(faults.filter(([, , kind]) => kind === "unknown" || kind === "busy"))(
      "a mark, %s: sent once, kind told truly",
      async (_, behaviour, kind, acted) => {
        const phoneNumber = takeNumber();
        const { carrierNumberId } = await carrier.buyNumber(order(phoneNumber, "desk.before"));
        await local.control.arm({ operation: "update", phone_number: phoneNumber, times: 0, behaviour });
        const mark = { tag: "desk.after", voiceUrl: "https://desk.example.com/hooks/voice" };
        await expect(carrier.markNumber(carrierNumberId, mark)).rejects.toMatchObject({ kind });
        const asked = (await local.control.requests()).filter(({ operation }) => operation === "update");
        expect(asked.filter((request) => request.path.includes(carrierNumberId))).toHaveLength(1);
        expect((await carrier.getNumber(carrierNumberId))?.tag).toBe(acted ? "desk.after" : "desk.before");
      },
    );

    test.each<[string, string, object, (carrier: Carrier) => Promise<unknown>]>([
      ["a garbled list", "list", { kind: "garble" }, (c) => c.findNumbers({ phoneNumber: "+14155550100" })],
      ["a list with 500", "list", { kind: "error_500_before" }, (c) => c.findNumbers({ tag: "x" })],
      ["a garbled page", "list", { kind: "garble" }, (c) => c.listNumbers()],
      ["a page cut off", "list", { kind: "reset_after" }, (c) => c.listNumbers()],
      ["a garbled fetch", "fetch", { kind: "garble" }, (c) => c.getNumber(`PN${"0".repeat(32)}`)],
      ["a search cut off", "search", { kind: "reset_before" }, (c) => c.searchNumbers(search)],
      ["a garbled search", "search", { kind: "garble" }, (c) => c.quoteNumber("+14155550152")],
      ["prices cut off", "pricing", { kind: "reset_before" }, (c) => c.quoteNumber("+14155550152")],
      ["garbled addresses", "addresses", { kind: "garble" }, (c) => c.findAddress("any", "US")],
    ])("%s never reads as empty: it is no answer", async (_, operation, behaviour, read) => {
      await carrier.buyNumber(order(takeNumber()));
      await local.control.arm({ operation, times: 0, behaviour });
      await expect(read(carrier)).rejects.toMatchObject({ name: "CarrierError", kind: "unknown" });
    });

    test("with nobody listening, nothing was sent, and that is known", async () => {
      const closed = await openLocalCarrier(account);
      const gone = create(settings(closed.url));
      await closed.close();
      const calls = [
        gone.buyNumber(order(takeNumber())),
        gone.releaseNumber(`PN${"0".repeat(32)}`),
        gone.findNumbers({ tag: "x" }),
        gone.listNumbers(),
        gone.markNumber(`PN${"0".repeat(32)}`, { tag: "x", voiceUrl: "https://desk.example.com/" }),
        gone.listCountries(),
      ];
      for (const call of calls) await expect(call).rejects.toMatchObject({ kind: "unreachable" });
    });

    test("wrong credentials are a definite no", async () => {
      const stranger = create({ ...settings(local.url), authToken: "wrong" });
      await expect(stranger.buyNumber(order(takeNumber()))).rejects.toMatchObject({
        kind: "refused",
        carrierCode: "20003",
      });
    });
  });
}
