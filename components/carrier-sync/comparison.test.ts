import { describe, expect, test } from "vitest";
import type { CarrierSync, CarrierSyncOverview } from "@/lib/carrier-sync/schema";
import {
  countFound,
  failedComparisons,
  isCompared,
  lastComparedAt,
  toBaseline,
  uncomparedSince,
} from "./comparison";

function run(id: string, status: CarrierSync["status"], startedAt = "2026-11-22T09:00:00.000Z"): CarrierSync {
  return {
    id,
    managed_account_id: "mac_1",
    managed_account_name: "Twilio",
    status,
    started_by: { kind: "job", name: "Linedesk" },
    numbers_seen: 0,
    drifts_seen: 0,
    error: status === "failed" ? "The carrier did not answer." : null,
    started_at: startedAt,
    finished_at: status === "running" ? null : startedAt,
  };
}

function overview(...accounts: { latest: CarrierSync | null; last?: string | null }[]): CarrierSyncOverview {
  return {
    data: accounts.map(({ latest, last = latest?.finished_at ?? null }, index) => ({
      managed_account_id: `mac_${index + 1}`,
      managed_account_name: `Account ${index + 1}`,
      latest,
      last_completed_at: last,
      next_at: "2026-11-22T10:00:00.000Z",
    })),
    next_cursor: null,
  };
}

describe("a comparison that was asked for", () => {
  const cases = [
    { name: "has not begun", before: run("a", "completed"), now: run("a", "completed"), ends: false },
    { name: "is under way", before: run("a", "completed"), now: run("b", "running"), ends: false },
    { name: "is done", before: run("a", "completed"), now: run("b", "completed"), ends: true },
    { name: "failed", before: run("a", "completed"), now: run("b", "failed"), ends: true },
    {
      name: "joined one under way, now done",
      before: run("a", "running"),
      now: run("a", "completed"),
      ends: true,
    },
    { name: "is the first, not begun", before: null, now: null, ends: false },
    { name: "is the first, done", before: null, now: run("a", "completed"), ends: true },
  ];
  test.each(cases)("$name", ({ before, now, ends }) => {
    expect(isCompared(overview({ latest: now }), toBaseline(overview({ latest: before })))).toBe(ends);
  });

  test("waits for the last account", () => {
    const before = toBaseline(overview({ latest: run("a", "completed") }, { latest: run("b", "completed") }));
    const halfway = overview({ latest: run("c", "completed") }, { latest: run("d", "running") });
    expect(isCompared(halfway, before)).toBe(false);
  });
});

test("what failed is told, what is under way or done is not", () => {
  const accounts = overview(
    { latest: run("a", "failed") },
    { latest: run("b", "running") },
    { latest: run("c", "completed") },
    { latest: null },
  );
  expect(failedComparisons(accounts).map(({ id }) => id)).toEqual(["a"]);
});

test("differences are counted over all accounts, and not where nobody is told of them", () => {
  const found = (drifts_seen: number | null) => ({ latest: { ...run("a", "completed"), drifts_seen } });
  expect(countFound(overview(found(2), { latest: null }, found(3)))).toBe(5);
  expect(countFound(overview(found(2), found(null)))).toBeNull();
  expect(countFound(overview())).toBe(0);
});

test("everything was compared when the account compared longest ago was", () => {
  const early = "2026-11-22T08:00:00.000Z";
  const late = "2026-11-22T09:00:00.000Z";
  expect(lastComparedAt(overview({ latest: null, last: late }, { latest: null, last: early }))).toBe(early);
  expect(lastComparedAt(overview({ latest: null, last: late }, { latest: null, last: null }))).toBeNull();
  expect(lastComparedAt(overview())).toBeNull();
});

describe("safe mode waits for", () => {
  const since = "2026-11-22T09:00:00.000Z";
  const cases = [
    { name: "an account never compared", latest: null, last: null, waits: true },
    { name: "one compared before", latest: run("a", "completed", "2026-11-22T08:59:59.000Z"), waits: true },
    {
      name: "not one compared since",
      latest: run("a", "completed", "2026-11-22T09:00:01.000Z"),
      waits: false,
    },
    { name: "one whose only comparison since failed", latest: run("a", "failed"), last: null, waits: true },
    {
      name: "not one compared since and running again",
      latest: run("b", "running", "2026-11-22T09:10:00.000Z"),
      last: "2026-11-22T09:05:00.000Z",
      waits: false,
    },
  ];
  test.each(cases)("$name", ({ latest, last, waits }) => {
    const accounts = overview(last === undefined ? { latest } : { latest, last });
    expect(uncomparedSince(accounts, since)).toEqual(waits ? ["Account 1"] : []);
  });
});
