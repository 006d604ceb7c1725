import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { database } from "../db/client";
import { openDesk } from "../testing/desk";
import { openOutage } from "../testing/outage";
import { enqueue, isQueueRunning, startQueue, stopQueue } from ".";
import type { JobName } from "./jobs";

let desk: Awaited<ReturnType<typeof openDesk>>;
let outage: Awaited<ReturnType<typeof openOutage>>;

beforeAll(async () => {
  desk = await openDesk({ LINEDESK_SWEEP_INTERVAL_SECONDS: "1" });
  outage = await openOutage(desk.databaseUrl);
});
afterEach(() => stopQueue());
afterAll(async () => {
  await outage.close();
  await desk.close();
});

const startedBy = { kind: "user", id: "usr_1", name: "Ada", organizationId: "org_1" } as const;
const patience = { timeout: 15_000, interval: 100 };

/** Handlers that remember what they were told, and wait or fail on request. */
function createRecorder() {
  const told: [JobName, unknown][] = [];
  let gate: Promise<void> | undefined;
  let failing = false;
  const handle = (name: JobName) => async (payload: unknown) => {
    told.push([name, payload]);
    await gate;
    if (failing) throw new Error("Not this time.");
  };
  return {
    handlers: { sync: handle("sync"), renewals: handle("renewals"), tidy: handle("tidy") },
    told,
    count: (name: JobName) => told.filter(([job]) => job === name).length,
    /** Lets nothing end until the function it returns is called. */
    hold(): () => void {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return () => open();
    },
    fail(yes: boolean) {
      failing = yes;
    },
  };
}

interface JobRow {
  state: string;
  turn: Date | null;
  data: unknown;
}

const rowsOf = (name: JobName) =>
  database().$queryRaw<JobRow[]>`
    SELECT state::text, singleton_on AS turn, data FROM pgboss.job WHERE name = ${name} ORDER BY created_on`;

/** By the clock: a job that comes once an hour has two when the hour ends in between. */
async function countTurns(name: JobName): Promise<number> {
  return new Set((await rowsOf(name)).map(({ turn }) => turn?.toISOString())).size;
}

describe("one process", () => {
  test("does what the clock says, again and again, and each hourly job once an hour", async () => {
    const recorder = createRecorder();
    startQueue(recorder.handlers);
    await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThanOrEqual(3), patience);
    expect(recorder.told).toContainEqual(["sync", {}]);
    for (const name of ["renewals", "tidy"] as const) {
      expect(recorder.count(name)).toBeGreaterThan(0);
      expect(recorder.count(name)).toBe(await countTurns(name));
    }
    expect(isQueueRunning()).toBe(true);
    await stopQueue();
    expect(isQueueRunning()).toBe(false);
    const turns = (await rowsOf("sync")).map(({ turn }) => turn?.toISOString());
    expect(new Set(turns).size).toBe(turns.length);
    expect((await rowsOf("sync")).every(({ state }) => state === "completed" || state === "created")).toBe(
      true,
    );
  });

  test("is asked for a job: does it soon, and what waits already is not queued again", async () => {
    const recorder = createRecorder();
    const letGo = recorder.hold();
    startQueue(recorder.handlers);
    await vi.waitFor(async () => expect(await enqueue("renewals", {})).toBe(true), patience);
    await vi.waitFor(() => expect(recorder.count("renewals")).toBe(1), patience);
    for (let asked = 0; asked < 5; asked += 1) expect(await enqueue("renewals", {})).toBe(true);
    const waiting = (await rowsOf("renewals")).filter(({ state }) => state === "created");
    expect(waiting).toHaveLength(1);
    letGo();
    await vi.waitFor(() => expect(recorder.count("renewals")).toBe(2), patience);
    expect(await enqueue("sync", { startedBy })).toBe(true);
    await vi.waitFor(() => expect(recorder.told).toContainEqual(["sync", { startedBy }]), patience);
  });

  test("asked with a gap by whomever and however often, does it once in that time; asked without, at once", async () => {
    const recorder = createRecorder();
    startQueue(recorder.handlers);
    const gap = { gapSeconds: 6 * 60 * 60 };
    const sparing = (id: string) => enqueue("sync", { startedBy: { ...startedBy, id } }, gap);
    await vi.waitFor(async () => expect(await sparing("usr_a")).toBe(true), patience);
    const askedBy = (id: string) => ["sync", { startedBy: { ...startedBy, id } }];
    await vi.waitFor(() => expect(recorder.told).toContainEqual(askedBy("usr_a")), patience);
    for (const id of ["usr_b", "usr_c", "usr_d"]) expect(await sparing(id)).toBe(true);
    expect(await enqueue("sync", { startedBy: { ...startedBy, id: "usr_e" } })).toBe(true);
    await vi.waitFor(() => expect(recorder.told).toContainEqual(askedBy("usr_e")), patience);
    for (const id of ["usr_b", "usr_c", "usr_d"]) expect(recorder.told).not.toContainEqual(askedBy(id));
    const waiting = await database().$queryRaw<{ data: unknown; later: boolean }[]>`
      SELECT data, start_after > now() AS later FROM pgboss.job WHERE singleton_key = 'asked' AND state = 'created'`;
    expect(waiting).toEqual([{ data: { startedBy: { ...startedBy, id: "usr_b" } }, later: true }]);
  });

  test("keeps a job that failed, to be tried again, and goes on with others", async () => {
    const recorder = createRecorder();
    recorder.fail(true);
    startQueue(recorder.handlers);
    await vi.waitFor(async () => expect(await enqueue("renewals", {})).toBe(true), patience);
    await vi.waitFor(
      async () => expect((await rowsOf("renewals")).map(({ state }) => state)).toContain("retry"),
      patience,
    );
    recorder.fail(false);
    const before = recorder.count("sync");
    await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThan(before), patience);
  });

  test("stops only after the job under way has ended, and its end is written down", async () => {
    const recorder = createRecorder();
    const letGo = recorder.hold();
    startQueue(recorder.handlers);
    await vi.waitFor(() => expect(recorder.count("sync")).toBe(1), patience);
    let stopped = false;
    const stopping = stopQueue().then(() => {
      stopped = true;
    });
    expect(await enqueue("sync", { startedBy })).toBe(false);
    expect(await rowsOf("sync")).toContainEqual(expect.objectContaining({ state: "active" }));
    expect(stopped).toBe(false);
    letGo();
    await stopping;
    expect((await rowsOf("sync")).filter(({ state }) => state === "active")).toEqual([]);
    expect(recorder.count("sync")).toBe(1);
  });
});

describe("the database is away", () => {
  test("at the start: it is waited for, and nobody is told that a job waits", async () => {
    await outage.goAway();
    const recorder = createRecorder();
    startQueue(recorder.handlers);
    expect(await enqueue("sync", { startedBy })).toBe(false);
    expect(isQueueRunning()).toBe(false);
    await outage.comeBack();
    await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThan(0), patience);
  });

  test("later, while a job is under way: the process lives, says so, and goes on when it is back", async () => {
    const recorder = createRecorder();
    const letGo = recorder.hold();
    startQueue(recorder.handlers);
    await vi.waitFor(() => expect(recorder.count("sync")).toBe(1), patience);
    await outage.goAway();
    letGo();
    await vi.waitFor(() => expect(isQueueRunning()).toBe(false), patience);
    expect(await enqueue("renewals", {})).toBe(false);
    await outage.comeBack();
    await vi.waitFor(() => expect(isQueueRunning()).toBe(true), patience);
    const before = recorder.count("sync");
    await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThan(before), patience);
  });

  test("cut off again and again: it goes on each time", async () => {
    const recorder = createRecorder();
    startQueue(recorder.handlers);
    for (let cuts = 1; cuts <= 5; cuts += 1) {
      const before = recorder.count("sync");
      await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThan(before), patience);
      await outage.cutConnections();
    }
    await vi.waitFor(() => expect(isQueueRunning()).toBe(true), patience);
  });
});

test("a database without the queue's tables, put in the place of the first, gets them and the work goes on", async () => {
  const recorder = createRecorder();
  startQueue(recorder.handlers);
  await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThan(0), patience);
  await database().$executeRaw`DROP SCHEMA pgboss CASCADE`;
  const before = recorder.count("sync");
  await vi.waitFor(() => expect(recorder.count("sync")).toBeGreaterThan(before + 1), patience);
});

describe("several processes", () => {
  /** Starts a process with a queue, and answers what it did once it has ended. */
  function startProcess() {
    const child = spawn(process.execPath, ["--import", "tsx", "lib/testing/queue-process.ts"], {
      env: process.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const jobs: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => jobs.push(...text.trim().split("\n")));
    const ended = once(child, "close");
    return {
      jobs,
      async stop() {
        child.kill("SIGTERM");
        expect(await ended).toEqual([0, null]);
      },
    };
  }

  test("share the turns: each is done once, by one of them, and each process ends when asked to", async () => {
    await database().$executeRaw`TRUNCATE pgboss.job`;
    const processes = [startProcess(), startProcess()];
    const syncs = () => processes.flatMap(({ jobs }) => jobs.filter((job) => job === "sync")).length;
    try {
      await vi.waitFor(() => expect(syncs()).toBeGreaterThanOrEqual(6), { ...patience, timeout: 40_000 });
    } finally {
      await Promise.all(processes.map(({ stop }) => stop()));
    }
    const rows = await rowsOf("sync");
    expect(rows.filter(({ state }) => state === "completed")).toHaveLength(syncs());
    const turns = rows.flatMap(({ turn }) => (turn ? [turn.toISOString()] : []));
    expect(new Set(turns).size).toBe(turns.length);
    // Each process asks for one more as it starts; all others are turns.
    expect(rows.length - turns.length).toBeLessThanOrEqual(processes.length);
    expect((await rowsOf("renewals")).length).toBe(await countTurns("renewals"));
  }, 60_000);
});
