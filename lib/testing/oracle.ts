import { expect, vi } from "vitest";
import { database } from "../db/client";
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
 * one row each, every purchase was asked for, every release was meant, and there is one charge per number we hold.
 * Numbers brought along are in nobody's books and cost nothing, but count.
 */
export async function expectBooksAgree(control: Control): Promise<void> {
  const books = await control.books();
  const rows = await database().phoneNumber.findMany({
    select: {
      id: true,
      state: true,
      source: true,
      carrierNumberId: true,
      purchasedAt: true,
      monthlyCost: true,
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

  const lines = await database().ledgerLine.findMany({ select: { phoneNumberId: true } });
  const charged = rows.filter((row) => row.purchasedAt !== null && row.monthlyCost !== null);
  expect(lines.map((line) => line.phoneNumberId).sort()).toEqual(charged.map((row) => row.id).sort());

  const totals = await database().numberTotal.aggregate({ _sum: { numbers: true } });
  expect(totals._sum.numbers ?? 0).toBe(rows.filter((row) => row.live).length);
  const open = { status: "pending" as const, phoneNumber: { state: { notIn: [...unfinished] } } };
  expect(await database().purchaseOrder.count({ where: open })).toBe(0);
  expect(await database().releaseOrder.count({ where: open })).toBe(0);
  expect(books.violations).toEqual([]);
}
