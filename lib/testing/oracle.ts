import { expect, vi } from "vitest";
import { periodsBegun } from "../billing";
import { database } from "../db/client";
import type { NumberState } from "../db/generated/enums";
import { recoverUnfinished } from "../phone-numbers";
import type { Control } from "./local-carrier";

const unfinished = ["claimed", "calling", "unknown", "releasing"] as const;

/** Makes everything unfinished due now, as if its lease had run out. */
export async function endLeases(): Promise<void> {
  await database().phoneNumber.updateMany({
    where: { state: { in: [...unfinished] } },
    data: { nextCheckAt: new Date(Date.now() - 1000) },
  });
}

/** Makes every hold end now, as if its days had passed. */
export async function endHolds(): Promise<void> {
  await database().$executeRaw`
    UPDATE release_order SET release_at = now() - interval '1 second'
    WHERE status = 'pending' AND phone_number_id IN (SELECT id FROM phone_number WHERE state = 'held')`;
  await database().$executeRaw`
    UPDATE phone_number SET next_check_at = now() - interval '1 second' WHERE state = 'held'`;
}

/** Runs recovery until nothing is under way any more. */
export async function settleEverything(timeout = 15_000): Promise<void> {
  await vi.waitFor(
    async () => {
      await recoverUnfinished();
      const left = await database().phoneNumber.count({ where: { state: { in: [...unfinished] } } });
      expect(left).toBe(0);
    },
    { timeout, interval: 100 },
  );
}

/**
 * The oracle: what the carrier's own books say against our rows, once nothing is under way. What it bills to us has
 * one row each, every purchase was asked for, every release was meant, and months are charged as they should be. Numbers
 * brought along are in nobody's books and cost nothing, but count.
 */
export async function expectBooksAgree(control: Control): Promise<void> {
  const books = await control.books();
  const rows = await database().phoneNumber.findMany({
    select: {
      id: true,
      state: true,
      source: true,
      carrierNumberId: true,
      live: true,
    },
  });
  const bought = rows.filter(({ source }) => source === "managed");
  const held = bought.filter(({ state }) => ["active", "held", "quarantined"].includes(state));
  expect(books.owned.map(({ sid }) => sid).sort()).toEqual(
    held.map(({ carrierNumberId }) => carrierNumberId ?? "").sort(),
  );
  const released = bought.filter(({ state }) => state === "released").map((row) => row.carrierNumberId ?? "");
  expect(released).toEqual(expect.arrayContaining(books.deletes.map(({ sid }) => sid)));

  await expectChargesAgree();

  const totals = await database().numberTotal.aggregate({ _sum: { numbers: true } });
  expect(totals._sum.numbers ?? 0).toBe(rows.filter((row) => row.live).length);
  await expectOrdersAgree();
  expect(books.violations).toEqual([]);
}

/** Each number that was ours is charged from its first month on, without a gap and for no month that began after it left. */
async function expectChargesAgree(): Promise<void> {
  const rows = await database().phoneNumber.findMany({
    where: { purchasedAt: { not: null }, monthlyCost: { not: null } },
    select: {
      id: true,
      purchasedAt: true,
      releasedAt: true,
      ledgerLines: { orderBy: { periodStart: "asc" } },
    },
  });
  expect(await database().ledgerLine.count()).toBe(rows.flatMap((row) => row.ledgerLines).length);
  for (const { id, purchasedAt, releasedAt, ledgerLines } of rows) {
    const owned = periodsBegun(purchasedAt ?? new Date(), releasedAt ?? new Date());
    const charged = ledgerLines.map(({ periodStart, periodEnd }) => ({ start: periodStart, end: periodEnd }));
    expect(charged.length, id).toBeGreaterThan(0);
    expect(charged, id).toEqual(owned.slice(0, charged.length));
  }
}

/** Nothing is open that is not under way; what waits to be released has one order that says so. */
async function expectOrdersAgree(): Promise<void> {
  const openIn = (states: NumberState[]) => ({
    status: "pending" as const,
    phoneNumber: { state: { notIn: states } },
  });
  expect(await database().purchaseOrder.count({ where: openIn([...unfinished]) })).toBe(0);
  expect(await database().releaseOrder.count({ where: openIn([...unfinished, "held"]) })).toBe(0);
  const lost = { state: "held" as const, releaseOrders: { none: { status: "pending" as const } } };
  expect(await database().phoneNumber.count({ where: lost })).toBe(0);
}
