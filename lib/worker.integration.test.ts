import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { database } from "./db/client";
import { failPointControl } from "./fail-points";
import { isQueueRunning } from "./queue";
import { openDesk, openOrganization } from "./testing/desk";
import { createNumberPool } from "./testing/local-carrier";
import { openOutage } from "./testing/outage";
import { insertPurchase } from "./testing/rows";
import { startWorker } from "./worker";

let desk: Awaited<ReturnType<typeof openDesk>>;
let outage: Awaited<ReturnType<typeof openOutage>>;
let folder: string;
let worker: ReturnType<typeof startWorker> | undefined;
const takeNumber = createNumberPool();
const patience = { timeout: 20_000, interval: 100 };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "linedesk-test-"));
  desk = await openDesk({
    LINEDESK_SWEEP_INTERVAL_SECONDS: "1",
    LINEDESK_RECOVERY_INTERVAL_SECONDS: "0.2",
    LINEDESK_LEASE_SECONDS: "2",
    LINEDESK_EPOCH_FILE: path.join(folder, "epoch"),
    LINEDESK_FAIL_POINTS: "on",
  });
  outage = await openOutage(desk.databaseUrl);
});
afterEach(() => worker?.stop());
afterAll(async () => {
  await outage.close();
  await desk.close();
  await rm(folder, { recursive: true });
});

const epochOf = async () => (await database().installation.findFirst())?.epoch ?? 0n;
const completed = () => database().carrierSync.count({ where: { status: "completed" } });

/** A purchase that a process left behind before it asked the carrier: recovery frees its number. */
async function leavePurchase(): Promise<() => Promise<void>> {
  const { numberId } = await insertPurchase(await openOrganization(), takeNumber(), { state: "claimed" });
  return async () => {
    const row = await database().phoneNumber.findUniqueOrThrow({ where: { id: numberId } });
    expect(row.state).toBe("failed");
  };
}

test("the epoch rises, what was left behind is finished, and the carrier is compared again and again", async () => {
  const expectFreed = await leavePurchase();
  worker = startWorker();
  await vi.waitFor(expectFreed, patience);
  expect(await epochOf()).toBeGreaterThan(0n);
  await vi.waitFor(async () => expect(await completed()).toBeGreaterThanOrEqual(2), patience);
  const sync = await database().carrierSync.findFirstOrThrow({ orderBy: { startedAt: "asc" } });
  expect(sync).toMatchObject({ managedAccountId: desk.managedAccountId, startedBy: { kind: "job" } });
});

test("asked to stop, it leaves nothing running", async () => {
  worker = startWorker();
  await vi.waitFor(() => expect(isQueueRunning()).toBe(true), patience);
  await worker.stop();
  expect(isQueueRunning()).toBe(false);
  expect(await database().carrierSync.count({ where: { status: "running" } })).toBe(0);
  const open = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'linedesk queue'`;
  expect(open).toEqual([{ count: 0 }]);
});

test("asked to stop while much is left behind, it finishes the batch it has taken and takes no other", async () => {
  const ctx = await openOrganization();
  for (let count = 0; count < 51; count += 1) await insertPurchase(ctx, takeNumber(), { state: "claimed" });
  const left = { organizationId: ctx.organizationId, state: "claimed" as const };
  let stopping: Promise<void> | undefined;
  failPointControl.reach = async (name) => {
    if (name === "recovery.taken") stopping ??= worker?.stop();
  };
  worker = startWorker();
  await vi.waitFor(() => expect(stopping).toBeDefined(), patience);
  await stopping;
  delete failPointControl.reach;
  expect(await database().phoneNumber.count({ where: left })).toBe(1);
});

test("stopped before it could begin, it stops", async () => {
  await outage.goAway();
  await startWorker().stop();
  await outage.comeBack();
  expect(isQueueRunning()).toBe(false);
});

test("a database that is away, at the start and later, is waited for", async () => {
  await outage.goAway();
  worker = startWorker();
  await outage.comeBack();
  await vi.waitFor(() => expect(isQueueRunning()).toBe(true), patience);
  await outage.goAway();
  await vi.waitFor(() => expect(isQueueRunning()).toBe(false), patience);
  await outage.comeBack();
  const [expectFreed, before] = [await leavePurchase(), await completed()];
  await vi.waitFor(expectFreed, patience);
  await vi.waitFor(async () => expect(await completed()).toBeGreaterThan(before), patience);
}, 60_000);

test("a database that went back in time: nothing left behind is touched, and the carrier is still compared", async () => {
  await database().$executeRaw`UPDATE installation SET epoch = epoch - 5`;
  const expectFreed = await leavePurchase();
  const before = await completed();
  worker = startWorker();
  await vi.waitFor(async () => expect(await completed()).toBeGreaterThan(before + 1), patience);
  expect((await database().installation.findFirstOrThrow()).safeModeSince).not.toBeNull();
  await expect(expectFreed()).rejects.toThrow("claimed");
});
