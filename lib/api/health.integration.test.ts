import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { enterSafeMode } from "../installation";
import { startQueue, stopQueue } from "../queue";
import { send } from "../testing/browser";
import { openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { openOutage } from "../testing/outage";
import { insertPurchase } from "../testing/rows";

let desk: Awaited<ReturnType<typeof openDesk>>;
let outage: Awaited<ReturnType<typeof openOutage>>;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  outage = await openOutage(desk.databaseUrl);
  startQueue({ sync: async () => {}, renewals: async () => {}, tidy: async () => {} });
});
afterAll(async () => {
  await stopQueue();
  await outage.close();
  await desk.close();
});

/** Which checks fail, once the state of some seconds ago has passed. */
async function expectFailing(names: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const { status, body, headers } = await send("GET", "/healthz/work");
      const failing = Object.entries<{ ok: boolean }>(body.checks).filter(([, { ok }]) => !ok);
      expect(failing.map(([name]) => name)).toEqual(names);
      expect([status, body.status]).toEqual(names.length > 0 ? [503, "failing"] : [200, "ok"]);
      expect(headers.get("cache-control")).toBe("no-store");
    },
    { timeout: 15_000, interval: 250 },
  );
}

describe("whether the work goes on", () => {
  afterEach(() => expectFailing([]));

  test("in ordinary times it does, and each check says so in a sentence", async () => {
    await expectFailing([]);
    const { body } = await send("GET", "/healthz/work");
    expect(Object.keys(body.checks)).toEqual([
      "database",
      "queue",
      "carrier_sync",
      "unfinished",
      "safe_mode",
    ]);
    for (const { detail } of Object.values<{ detail: string }>(body.checks))
      expect(detail).toMatch(/^[A-Z].*\.$/);
  });

  test("not when an account was not compared for half an hour", async () => {
    const where = { id: desk.managedAccountId };
    const longAgo = new Date(Date.now() - 31 * 60_000);
    await database().managedAccount.update({ where, data: { createdAt: longAgo } });
    await expectFailing(["carrier_sync"]);
    await database().carrierSync.create({
      data: {
        id: "syn_1",
        managedAccountId: desk.managedAccountId,
        status: "completed",
        startedBy: {},
        leaseUntil: new Date(),
        finishedAt: new Date(),
      },
    });
  });

  test("not when a purchase has been under way for a quarter of an hour", async () => {
    const { numberId } = await insertPurchase(await openOrganization(), takeNumber(), { state: "unknown" });
    const longAgo = new Date(Date.now() - 16 * 60_000);
    const where = { id: numberId };
    await database().phoneNumber.update({ where, data: { createdAt: longAgo }, select: { id: true } });
    await expectFailing(["unfinished"]);
    await database().phoneNumber.update({
      where,
      data: { createdAt: new Date(Date.now() - 10 * 60_000) },
      select: { id: true },
    });
  });

  test("not in safe mode", async () => {
    await enterSafeMode("The database went back in time.");
    await expectFailing(["safe_mode"]);
    await database().installation.updateMany({ data: { safeModeSince: null, safeModeReason: null } });
  });

  test("not while the database is away, which fails what depends on it and not whether the process is up", async () => {
    await outage.goAway();
    try {
      await expectFailing(["database", "queue"]);
      expect((await send("GET", "/readyz")).status).toBe(503);
      expect((await send("GET", "/healthz")).status).toBe(200);
    } finally {
      await outage.comeBack();
    }
  });
});

test("a process that takes no jobs says so", async () => {
  await stopQueue();
  await expectFailing(["queue"]);
});

test("without LINEDESK_METRICS_TOKEN, /metrics is an address like any other that nobody declared", async () => {
  const replies = [];
  for (const address of ["/metrics", "/core/no-such-page"]) {
    const { status, body, headers } = await send("GET", address, undefined, {
      authorization: "Bearer undefined",
    });
    const { request_id: _, ...rest } = body;
    replies.push([status, rest, headers.get("content-type"), headers.get("cache-control")]);
  }
  expect(replies[0]).toEqual(replies[1]);
  expect(replies[0]?.[0]).toBe(404);
});
