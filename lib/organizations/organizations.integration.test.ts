import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { newId } from "../ids";
import { setKillSwitch } from "../kill-switches";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { insertNumber } from "../testing/rows";
import { getOrganization } from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await database().drift.deleteMany();
  await database().killSwitch.deleteMany();
});
afterAll(() => desk.close());

async function insertDrift(organizationId: string | null, status: "open" | "accepted" = "open") {
  await database().drift.create({
    data: {
      id: newId("drf"),
      managedAccountId: desk.managedAccountId,
      organizationId,
      kind: "unknown_number",
      status,
      phoneNumber: takeNumber(),
      carrierNumberId: newId("num"),
      expected: {},
      observed: {},
      ...(status === "open" ? {} : { resolution: "accepted", resolvedAt: new Date() }),
    },
  });
}

const narrowed = (ctx: Ctx, ...scopes: ("phone_numbers:read" | "managed_accounts:read")[]): Ctx => ({
  ...ctx,
  scopes: new Set(scopes),
});

test("a new organization holds, costs, owes and is stopped from nothing", async () => {
  const ctx = await openOrganization({ numberLimit: 7 });
  expect(await getOrganization(ctx)).toEqual({
    id: ctx.organizationId,
    name: "Test organization",
    number_limit: 7,
    numbers: 0,
    monthly_cost: [],
    operates_installation: false,
    open_drifts: 0,
    safe_mode: null,
    stopped: [],
  });
});

test("numbers that count are counted, and their cost is summed by currency with two decimals", async () => {
  const ctx = await openOrganization();
  for (const [monthlyCost, currency] of [
    ["1.15", "USD"],
    ["2.1", "USD"],
    ["16", "EUR"],
    [null, null],
  ])
    await insertNumber(ctx, takeNumber(), { monthlyCost, currency });
  await insertNumber(ctx, takeNumber(), { state: "released" });
  expect(await getOrganization(ctx)).toMatchObject({
    numbers: 4,
    monthly_cost: [
      { amount: "16.00", currency: "EUR" },
      { amount: "3.25", currency: "USD" },
    ],
  });
});

test("open differences are one's own; those of nobody are for who runs the installation and may see its accounts", async () => {
  const [ours, theirs] = [await openOrganization(), await openOrganization()];
  const operator = await openOrganization({ operator: true });
  await insertDrift(ours.organizationId);
  await insertDrift(ours.organizationId, "accepted");
  await insertDrift(operator.organizationId);
  for (let count = 0; count < 2; count += 1) await insertDrift(null);
  const openOf = async (ctx: Ctx) => (await getOrganization(ctx)).open_drifts;
  expect([await openOf(ours), await openOf(theirs), await openOf(operator)]).toEqual([1, 0, 3]);
  expect(await openOf(narrowed(operator, "phone_numbers:read"))).toBe(1);
  expect(await openOf(narrowed(operator, "phone_numbers:read", "managed_accounts:read"))).toBe(3);
  expect(await getOrganization(operator)).toMatchObject({ operates_installation: true });
});

test("what is stopped for it is told with the reason, and nothing of what is stopped for another", async () => {
  const [ours, theirs] = [await openOrganization(), await openOrganization()];
  const operator = await openOrganization({ operator: true });
  await setKillSwitch(ours, { act: "releasing", reach: "organization", reason: "Under review." });
  await setKillSwitch(operator, { act: "buying", reach: "installation", reason: "Prices changed." });
  const everywhere = { act: "buying", reason: "Prices changed." };
  expect((await getOrganization(theirs)).stopped).toEqual([everywhere]);
  expect((await getOrganization(ours)).stopped).toEqual([
    everywhere,
    { act: "releasing", reason: "Under review." },
  ]);
});
