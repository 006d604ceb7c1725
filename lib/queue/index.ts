import { Pool } from "pg";
import PgBoss from "pg-boss";
import { isDatabaseUnavailable } from "../db/transaction";
import { env } from "../env";
import { log } from "../log";
import { type Handlers, type JobName, jobNames, type Payload, payloads, terms } from "./jobs";

/**
 * Work that comes round by the clock or is asked for, shared by all processes of a database. Jobs are hints: what is
 * owed is in the tables of its own module, so a job that is lost, doubled or late changes nothing that matters.
 */

export type { Handlers } from "./jobs";

const hour = 60 * 60;
const pollMs = 2_000;

interface Queue {
  /** Null while the database does not do what is asked of it. */
  boss: PgBoss | null;
  wake: Record<JobName, () => void>;
  stop(): Promise<void>;
}

// Route handlers and the worker may be bundled apart; they must find the same queue.
const kept = globalThis as typeof globalThis & { linedeskQueue?: Queue };

/**
 * Takes jobs in this process until `stopQueue`, and sees to it that each scheduled one is queued once for its turn, by
 * whichever process is first. Returns at once; an absent database is waited for. Starting it again changes nothing.
 */
export function startQueue(handlers: Handlers): void {
  kept.linedeskQueue ??= open(handlers);
}

/** Stops taking jobs and waits for those under way. */
export async function stopQueue(): Promise<void> {
  const queue = kept.linedeskQueue;
  kept.linedeskQueue = undefined;
  await queue?.stop();
}

/**
 * Asks for a job soon, in any process; one that waits already is enough. With a gap, all who ask with one share a single
 * job in so many seconds, and the next waits for its turn. Returns whether it waits now: not without a database, nor in
 * a process that runs no queue.
 */
export async function enqueue<Name extends JobName>(
  name: Name,
  payload: Payload<Name>,
  { gapSeconds = 0 } = {},
): Promise<boolean> {
  const queue = kept.linedeskQueue;
  if (!queue?.boss) return false;
  try {
    const sparing = { singletonKey: "asked", singletonSeconds: gapSeconds, singletonNextSlot: true };
    await queue.boss.send(name, payloads[name].parse(payload), gapSeconds > 0 ? sparing : {});
  } catch (error) {
    complain(error);
    return false;
  }
  queue.wake[name]();
  return true;
}

/** When a job comes round next by itself. */
export function nextTurn(name: JobName, now = Date.now()): Date {
  const intervalMs = intervalOf(name) * 1000;
  return new Date((Math.floor(now / intervalMs) + 1) * intervalMs);
}

/** Whether this process takes jobs, and the database lets it. */
export function isQueueRunning(): boolean {
  return kept.linedeskQueue?.boss != null;
}

function open(handlers: Handlers): Queue {
  const pool = createPool();
  let stopped = false;
  const queue: Queue = { boss: null, wake: { sync() {}, renewals() {}, tidy() {} }, stop };

  async function run(): Promise<void> {
    while (!stopped) {
      const boss = await connect(pool).catch(complain);
      if (boss) {
        queue.boss = boss;
        await Promise.all(jobNames.map((name) => serve(boss, name)));
        await boss.stop({ graceful: false });
      }
      await pause("sync");
    }
  }

  /** Jobs of one name, one after the other, so that a long comparison holds up nothing else. */
  async function serve<Name extends JobName>(boss: PgBoss, name: Name): Promise<void> {
    while (!stopped && queue.boss === boss) {
      try {
        if (!(await takeOne(boss, name, handlers[name]))) await pause(name);
      } catch (error) {
        complain(error);
        queue.boss = null; // connected anew: the database that comes back may be another one
      }
    }
  }

  async function pause(name: JobName): Promise<void> {
    if (stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      queue.wake[name] = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  async function stop(): Promise<void> {
    stopped = true;
    for (const wake of Object.values(queue.wake)) wake();
    await running;
    await pool.end();
  }
  return queue;
}

/** At most one for each turn of the database's clock, whoever asks and however often. Returns whether it was this one. */
async function queueTurn(boss: PgBoss, name: JobName): Promise<boolean> {
  const turn = { singletonKey: "turn", singletonSeconds: intervalOf(name) };
  return (await boss.send(name, {}, turn)) !== null;
}

/**
 * Queues what is due by the clock and does one job, if there is one. The library's own worker is not used: it ends the
 * process when the database goes away as a job ends (docs/decisions/0013-queue-and-metrics.md).
 */
async function takeOne<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  handle: (payload: Payload<Name>) => Promise<void>,
): Promise<boolean> {
  await queueTurn(boss, name);
  const [job] = await boss.fetch<unknown>(name);
  if (!job) return false;
  if (await succeeds(name, async () => await handle(payloads[name].parse(job.data) as Payload<Name>)))
    await boss.complete(name, job.id);
  else await boss.fail(name, job.id);
  return true;
}

async function succeeds(name: JobName, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isDatabaseUnavailable(error))
      log.warn({ job: name }, "A job lost the database and will be tried again.");
    else log.error({ err: error, job: name }, "A job failed.");
    return false;
  }
}

/** How often a job comes round by itself. */
function intervalOf(name: JobName): number {
  return name === "sync" ? Math.max(1, Math.round(env().LINEDESK_SWEEP_INTERVAL_SECONDS)) : hour;
}

/**
 * Makes the library's schema and our queues where they are missing, and asks for a comparison. Any number of processes
 * may do it at once.
 */
async function connect(pool: Pool): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => await pool.query(text, values) },
    schedule: false, // its clock knows whole minutes only; turns come from `singletonSeconds`
    maintenanceIntervalSeconds: 60,
    // A turn is known to be taken from its row, which therefore has to outlive it.
    archiveCompletedAfterSeconds: Math.max(12 * hour, 2 * intervalOf("sync")),
  });
  boss.on("error", complain);
  try {
    await boss.start();
    for (const name of jobNames) {
      const options = { name, policy: "short" as const, ...terms[name], retentionMinutes: 12 * 60 };
      await boss.createQueue(name, { ...options });
      await boss.updateQueue(name, { ...options }); // those of an earlier version are there already
    }
    // Whatever happened while nobody looked is found now, and not only at the next turn.
    const isTurn = await queueTurn(boss, "sync");
    if (!isTurn) await boss.send("sync", {});
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

/** Small and apart from the pool of requests, so that neither can starve the other. */
function createPool(): Pool {
  const pool = new Pool({
    connectionString: env().DATABASE_URL,
    max: 2,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    application_name: "linedesk queue",
  });
  pool.on("error", complain);
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
}

function complain(error: unknown): null {
  if (isDatabaseUnavailable(error)) log.warn("The queue waits for the database.");
  else log.error({ err: error }, "The queue failed and will try again.");
  return null;
}
