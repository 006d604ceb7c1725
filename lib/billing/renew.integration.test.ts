import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveDrift } from "../carrier-sync";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { enterSafeMode } from "../installation";
import { allScopes } from "../permissions";
import { recoverUnfinished, releasePhoneNumber } from "../phone-numbers";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { actionsOf } from "../testing/numbers";
import { endHolds } from "../testing/oracle";
import { insertDrift, insertNumber } from "../testing/rows";
import { endSafeModeNow } from "../testing/stops";
import { isoDate, periodsBegun, renewDueNumbers } from ".";

let desk: Awaited<ReturnType<typeof openDesk>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  await openOrganization();
});
afterAll(() => desk.close());

const dayMs = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const linesOf = (phoneNumberId: string) =>
  database().ledgerLine.findMany({ where: { phoneNumberId }, orderBy: { periodStart: "asc" } });
const spansOf = async (phoneNumberId: string) =>
  (await linesOf(phoneNumberId)).map((line) => [isoDate(line.periodStart), isoDate(line.periodEnd)]);
const spansBegun = (purchasedAt: Date) =>
  periodsBegun(purchasedAt, new Date()).map(({ start, end }) => [isoDate(start), isoDate(end)]);

/** A number whose first month is charged, and none since. */
async function openNumber(ctx: Ctx, purchasedAt: Date, more: Parameters<typeof insertNumber>[2] = {}) {
  const id = await insertNumber(ctx, takeNumber(), { purchasedAt, ...more });
  const [first] = periodsBegun(purchasedAt, purchasedAt);
  if (!first) throw new Error("No month begins with a purchase.");
  const line = { id: `led_${id}`, organizationId: ctx.organizationId, phoneNumberId: id };
  await database().ledgerLine.create({
    data: { ...line, periodStart: first.start, periodEnd: first.end, amount: "1.15", currency: "USD" },
  });
  return id;
}

describe("renewal", () => {
  test("charges each month that has begun, once, however long nobody did", async () => {
    const ctx = await openOrganization();
    const ages = [0, 5, 27, 40, 100, 400, 1100].map(daysAgo);
    const ids: string[] = [];
    for (const purchasedAt of ages) ids.push(await openNumber(ctx, purchasedAt));
    const owed = ages.map((purchasedAt) => spansBegun(purchasedAt));
    expect(await renewDueNumbers()).toBe(owed.flat().length - ids.length);
    for (const [index, id] of ids.entries()) {
      expect(await spansOf(id)).toEqual(owed[index]);
      for (const line of await linesOf(id))
        expect(line).toMatchObject({ organizationId: ctx.organizationId, currency: "USD" });
      const total = (await linesOf(id)).reduce((sum, { amount }) => sum.plus(amount), new Prisma.Decimal(0));
      expect(total).toEqual(new Prisma.Decimal("1.15").times(owed[index]?.length ?? 0));
      expect(await actionsOf(id)).toEqual(Array((owed[index]?.length ?? 0) - 1).fill("phone_number.renewed"));
    }
    expect(await renewDueNumbers()).toBe(0);
  });

  test("by ten at once is renewal once", async () => {
    const ctx = await openOrganization();
    const purchasedAt = daysAgo(70);
    const ids = await Promise.all(Array.from({ length: 12 }, () => openNumber(ctx, purchasedAt)));
    const written = await Promise.all(Array.from({ length: 10 }, () => renewDueNumbers()));
    const owed = spansBegun(purchasedAt);
    expect(written.reduce((sum, lines) => sum + lines, 0)).toBe(ids.length * (owed.length - 1));
    for (const id of ids) expect(await spansOf(id)).toEqual(owed);
  });

  test("concerns held numbers too, and nothing that is not ours, costs nothing known, leaves or left", async () => {
    const ctx = await openOrganization();
    const purchasedAt = daysAgo(40);
    const due = { nextCheckAt: new Date(Date.now() + dayMs) };
    const held = await openNumber(ctx, purchasedAt, { state: "held", ...due });
    const others = [
      await openNumber(ctx, purchasedAt, { state: "releasing", ...due }),
      await openNumber(ctx, purchasedAt, { state: "released", releasedAt: daysAgo(20) }),
      await openNumber(ctx, purchasedAt, { state: "gone" }),
      await openNumber(ctx, purchasedAt, { state: "quarantined" }),
      await openNumber(ctx, purchasedAt, { source: "imported" }),
      await openNumber(ctx, purchasedAt, { monthlyCost: null, currency: null }),
    ];
    await renewDueNumbers();
    expect(await spansOf(held)).toEqual(spansBegun(purchasedAt));
    for (const id of others) expect(await linesOf(id)).toHaveLength(1);
    await database().phoneNumber.updateMany({ where: due, data: { state: "active", nextCheckAt: null } });
  });

  test("a price of below a cent, and the currency, are charged as they are", async () => {
    const ctx = await openOrganization();
    const id = await openNumber(ctx, daysAgo(40), { monthlyCost: "0.0085", currency: "EUR" });
    await renewDueNumbers();
    expect((await linesOf(id)).at(-1)).toMatchObject({
      amount: new Prisma.Decimal("0.0085"),
      currency: "EUR",
    });
  });

  test("does not wait for a number somebody is at, and charges it next time", async () => {
    const ctx = await openOrganization();
    const purchasedAt = daysAgo(40);
    const [busy, free] = [await openNumber(ctx, purchasedAt), await openNumber(ctx, purchasedAt)];
    await database().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM phone_number WHERE id = ${busy} FOR NO KEY UPDATE`;
      await renewDueNumbers();
      expect(await spansOf(free)).toEqual(spansBegun(purchasedAt));
      expect(await linesOf(busy)).toHaveLength(1);
    });
    await renewDueNumbers();
    expect(await spansOf(busy)).toEqual(spansBegun(purchasedAt));
  });

  test("and a release at once: each month that has begun is charged once, whoever comes first", async () => {
    const ctx = await openOrganization();
    const purchasedAt = daysAgo(40);
    const owed = spansBegun(purchasedAt);
    for (let round = 0; round < 10; round += 1) {
      const id = await openNumber(ctx, purchasedAt);
      const release = () => releasePhoneNumber(ctx, { phoneNumber: id, unassign: false });
      const both = round % 2 ? [release(), renewDueNumbers()] : [renewDueNumbers(), release()];
      await Promise.all(both);
      expect(await spansOf(id)).toEqual(owed);
      expect(await renewDueNumbers()).toBe(0);
    }
  });

  test("comes with a release, a hold that ends, and the news that the carrier has it no more", async () => {
    const ctx = await openOrganization();
    const purchasedAt = daysAgo(70);
    const owed = spansBegun(purchasedAt);
    const released = await openNumber(ctx, purchasedAt);
    await releasePhoneNumber(ctx, { phoneNumber: released, unassign: false });
    const held = await openNumber(ctx, purchasedAt);
    await releasePhoneNumber(ctx, { phoneNumber: held, unassign: false, hold: 7 });
    expect(await linesOf(held)).toHaveLength(1);
    await endHolds();
    await recoverUnfinished();
    const driftId = await insertDrift(ctx, takeNumber(), { kind: "missing" });
    const { phoneNumberId: missing } = await database().drift.findUniqueOrThrow({ where: { id: driftId } });
    await database().phoneNumber.update({ where: { id: missing ?? "" }, data: { purchasedAt } });
    const operator = { ...ctx, scopes: allScopes };
    await resolveDrift(operator, { driftId, action: "detach" });
    for (const [id, state] of [
      [released, "released"],
      [held, "released"],
      [missing ?? "", "gone"],
    ] as const) {
      expect((await database().phoneNumber.findUniqueOrThrow({ where: { id } })).state).toBe(state);
      expect(await spansOf(id)).toEqual(owed);
      const renewed = { objectId: id, action: "phone_number.renewed" };
      expect(await database().auditEvent.findFirstOrThrow({ where: renewed })).toMatchObject({
        actorId: "renewal",
      });
    }
    expect(await renewDueNumbers()).toBe(0);
  });

  test("stands still in safe mode and catches up afterwards", async () => {
    const ctx = await openOrganization();
    const purchasedAt = daysAgo(40);
    const id = await openNumber(ctx, purchasedAt);
    await enterSafeMode("The database went back in time.");
    expect(await renewDueNumbers()).toBe(0);
    expect(await linesOf(id)).toHaveLength(1);
    await endSafeModeNow();
    await renewDueNumbers();
    expect(await spansOf(id)).toEqual(spansBegun(purchasedAt));
  });
});
