import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { newId } from "../ids";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { expectBooksAgree } from "../testing/oracle";
import {
  assignSlot,
  buyPhoneNumber,
  listPhoneNumbers,
  planPurchase,
  releasePhoneNumber,
  searchNumbers,
} from ".";
import { listPhoneNumbersQuery, type PurchaseNumberBody, searchNumbersQuery } from "./schema";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool(["510", "650"]);

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const buy = (ctx: Ctx, phoneNumber: string, more: Partial<PurchaseNumberBody> = {}) =>
  buyPhoneNumber(ctx, "default", { phone_number: phoneNumber, ...more });

async function expectNothingBought(ctx: Ctx, phoneNumber: string): Promise<void> {
  expect(await desk.control.purchasesSent(phoneNumber)).toBe(0);
  const where = { organizationId: ctx.organizationId };
  expect(await database().phoneNumber.count({ where: { ...where, live: true } })).toBe(0);
  expect(await database().ledgerLine.count({ where })).toBe(0);
}

describe("a number from search to release", () => {
  afterEach(() => expectBooksAgree(desk.control));

  test("is bought, listed, assigned and released, and the carrier's books agree at every step", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 2);
    const found = await searchNumbers(ctx, "default", searchNumbersQuery.parse({ area_code: "415" }));
    const phoneNumber = found.data[0]?.phone_number ?? "";
    expect(phoneNumber).toMatch(/^\+1415555/);

    const bought = await buy(ctx, phoneNumber, { inbound: { agent_id: agentId, version: 1 } });
    expect(bought.outcome).toBe("bought");
    expect(bought.number).toMatchObject({
      status: "active",
      phone_number: phoneNumber,
      inbound: { version: 1, follows_latest: false },
    });
    expect((await desk.control.books()).owned.map((number) => number.phone_number)).toEqual([phoneNumber]);

    const outbound = await assignSlot(ctx, {
      phoneNumber,
      direction: "outbound",
      agent_id: agentId,
      version: "latest",
      replace: false,
    });
    expect(outbound.outbound).toMatchObject({ version: 2, follows_latest: true });
    const page = await listPhoneNumbers(ctx, listPhoneNumbersQuery.parse({ q: "anna" }));
    expect(page.data.map((number) => number.phone_number)).toEqual([phoneNumber]);

    await expect(releasePhoneNumber(ctx, { phoneNumber, unassign: false })).rejects.toMatchObject({
      code: "number_in_use",
    });
    const released = await releasePhoneNumber(ctx, { phoneNumber, unassign: true });
    expect(released).toMatchObject({ outcome: "released", number: { status: "released", inbound: null } });
    const books = await desk.control.books();
    expect(books.owned).toEqual([]);
    expect(books.counts).toMatchObject({ purchases: 1, deletes: 1 });
    expect(await database().ledgerLine.count({ where: { organizationId: ctx.organizationId } })).toBe(1);
  });
});

describe("what is asked for with a purchase", () => {
  test("label and both slots come with the number, which calls one address for all numbers", async () => {
    const ctx = await openOrganization();
    const agentId = await openAgent(ctx, "Anna", 2);
    const phoneNumber = takeNumber();
    const { number } = await buy(ctx, phoneNumber, {
      label: "Front desk",
      expected_monthly_cost: "1.15",
      inbound: { agent_id: agentId, version: "latest" },
      outbound: { agent_id: agentId, version: 1 },
    });
    expect(number).toMatchObject({
      label: "Front desk",
      inbound: { version: 2, follows_latest: true },
      outbound: { version: 1, follows_latest: false },
      cost_information: { monthly_cost: "1.15", currency: "USD" },
    });
    const { owned } = await desk.control.books();
    const voiceUrl = owned.find((entry) => entry.phone_number === phoneNumber)?.voice_url ?? "";
    expect(voiceUrl).toBe(`http://localhost:3000/hooks/twilio/voice?number=${number.id}`);
  });

  test.each(["inbound", "outbound"] as const)(
    "an agent of nobody, or of others, in %s: nothing bought",
    async (direction) => {
      const [ctx, others] = [await openOrganization(), await openOrganization()];
      const phoneNumber = takeNumber();
      for (const agent_id of [await openAgent(others), newId("agt")]) {
        const wish = { [direction]: { agent_id, version: "latest" } };
        await expect(buy(ctx, phoneNumber, wish)).rejects.toMatchObject({
          code: "not_found",
          message: "There is no such agent.",
        });
      }
      await expectNothingBought(ctx, phoneNumber);
    },
  );

  test("a version that is not there, or not published: nothing bought", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const [agentId, newAgent] = [await openAgent(ctx), await openAgent(ctx, "New", 0)];
    const wishes = [
      [agentId, 7, "not_found"],
      [newAgent, "latest", "version_not_published"],
    ] as const;
    for (const [agent_id, version, code] of wishes)
      await expect(buy(ctx, phoneNumber, { inbound: { agent_id, version } })).rejects.toMatchObject({ code });
    await expectNothingBought(ctx, phoneNumber);
  });

  test("an unknown account: nothing bought", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const buying = buyPhoneNumber(ctx, newId("mac"), { phone_number: phoneNumber });
    await expect(buying).rejects.toMatchObject({ code: "not_found" });
    await expectNothingBought(ctx, phoneNumber);
  });

  test("a viewer buys nothing, and the scope is named", async () => {
    const ctx = await openOrganization({ role: "viewer" });
    const phoneNumber = takeNumber();
    await expect(buy(ctx, phoneNumber)).rejects.toMatchObject({
      code: "missing_scope",
      extra: { scopes: ["phone_numbers:manage", "managed_accounts:manage"] },
    });
    await expectNothingBought(ctx, phoneNumber);
  });
});

describe("what may stand in the way", () => {
  test("an account whose credentials are gone sells nothing, and says so", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    const id = newId("mac");
    await database().managedAccount.create({
      data: { id, carrier: "twilio", carrierAccountId: id, name: "Lost" },
    });
    const purchase = buyPhoneNumber(ctx, id, { phone_number: phoneNumber });
    await expect(purchase).rejects.toMatchObject({ code: "carrier_unreachable" });
    await expectNothingBought(ctx, phoneNumber);
  });

  test("a price that rose since it was shown: nothing bought; one that fell: bought", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await desk.control.settings({ prices: { US: { local: "1.30" } } });
    await expect(buy(ctx, phoneNumber, { expected_monthly_cost: "1.15" })).rejects.toMatchObject({
      code: "price_changed",
      message: "The carrier now asks for 1.30 USD a month. Nothing was bought.",
      extra: { cost_information: { monthly_cost: "1.30", currency: "USD" } },
    });
    await expectNothingBought(ctx, phoneNumber);
    const { number } = await buy(ctx, phoneNumber, { expected_monthly_cost: "1.3000" });
    await desk.control.settings({ prices: {} });
    expect(number.cost_information?.monthly_cost).toBe("1.30");
    const line = await database().ledgerLine.findFirstOrThrow({ where: { phoneNumberId: number.id } });
    expect([line.amount.toString(), line.currency]).toEqual(["1.3", "USD"]);
  });

  test("paperwork: refused without an address, bought with one", async () => {
    const ctx = await openOrganization();
    for (const phoneNumber of ["+447700900123", "+33639981234"]) {
      await expect(buy(ctx, phoneNumber)).rejects.toMatchObject({ code: "paperwork_required" });
      await expectNothingBought(ctx, phoneNumber);
    }
    await desk.addAddress("FR");
    for (const phoneNumber of ["+447700900123", "+33639981234"])
      expect((await buy(ctx, phoneNumber)).outcome).toBe("bought");
  });

  test("a number sold to somebody else: nothing bought", async () => {
    const ctx = await openOrganization();
    const phoneNumber = takeNumber();
    await desk.control.sell(phoneNumber);
    await expect(buy(ctx, phoneNumber)).rejects.toMatchObject({ code: "number_unavailable" });
    await expectNothingBought(ctx, phoneNumber);
  });

  test("a plan says all of it beforehand and changes nothing", async () => {
    const ctx = await openOrganization({ numberLimit: 3 });
    const phoneNumber = takeNumber();
    const plan = await planPurchase(ctx, "default", { phone_number: phoneNumber });
    expect(plan).toMatchObject({
      phone_number: phoneNumber,
      first_charge: { amount: "1.15", currency: "USD" },
      monthly_cost: { amount: "1.15", currency: "USD" },
      numbers_after: 1,
      number_limit: 3,
    });
    await expectNothingBought(ctx, phoneNumber);
  });

  test("a plan is refused as a purchase would be while buying is stopped, and the carrier is not asked", async () => {
    const ctx = await openOrganization();
    const { organizationId } = ctx;
    const stop = {
      id: newId("ks"),
      act: "buying" as const,
      organizationId,
      reason: "Under review.",
      setBy: {},
    };
    await database().killSwitch.create({ data: stop, select: { id: true } });
    const asked = (await desk.control.requests()).length;
    await expect(planPurchase(ctx, "default", { phone_number: takeNumber() })).rejects.toMatchObject({
      code: "buying_stopped",
    });
    expect((await desk.control.requests()).length).toBe(asked);
    await database().killSwitch.delete({ where: { id: stop.id } });
  });
});
