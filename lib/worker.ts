import { dropExpiredAnswers } from "./api/idempotency";
import { dropEndedWindows } from "./api/rate-limit";
import { renewDueNumbers } from "./billing";
import { syncEveryAccount } from "./carrier-sync";
import { isDatabaseUnavailable } from "./db/transaction";
import { env } from "./env";
import { keepEpoch } from "./installation";
import { log } from "./log";
import { ensureManagedAccount } from "./managed-accounts";
import { recoverUnfinished } from "./phone-numbers";
import { type Handlers, startQueue, stopQueue } from "./queue";

interface Worker {
  /** Stops taking work and waits for what is under way. */
  stop(): Promise<void>;
}

/** What this process does for each job of the queue. */
const jobs: Handlers = {
  sync: async ({ startedBy }) => void (await syncEveryAccount(startedBy)),
  renewals: async () => void (await renewDueNumbers()),
  async tidy() {
    await dropExpiredAnswers();
    await dropEndedWindows();
  },
};

const heartbeatSeconds = 5;

/**
 * Background work of this process: the epoch first, then recovery every few seconds and the queue. Any number of
 * processes may run it. An absent database is waited for.
 */
export function startWorker(): Worker {
  let prepared = false;

  /** Whether the database went back in time is known before anything is done by what it says. */
  async function prepare(): Promise<void> {
    await keepEpoch();
    await ensureManagedAccount();
    startQueue(jobs);
    prepared = true;
  }

  const heartbeat = repeat("The epoch", heartbeatSeconds, keepEpoch);
  const recovery = repeat("Recovery", env().LINEDESK_RECOVERY_INTERVAL_SECONDS, async (isStopped) => {
    if (!prepared) await prepare();
    await recoverAll(isStopped);
  });
  return {
    async stop() {
      await Promise.all([heartbeat.stop(), recovery.stop(), stopQueue()]);
      await stopQueue(); // one that was just being started
    },
  };
}

async function recoverAll(isStopped: () => boolean): Promise<void> {
  while (!isStopped() && (await recoverUnfinished()) > 0) {
    // A batch may have left more, and while the carrier is slow what was looked at first is due again.
  }
}

/**
 * Does it at once and again so many seconds after each end, whatever came of it, until stopped. Work of many steps asks
 * between them whether it is to stop.
 */
function repeat(what: string, seconds: number, work: (isStopped: () => boolean) => Promise<void>): Worker {
  let stopped = false;
  let wake = () => {};

  async function run(): Promise<void> {
    while (!stopped) {
      await work(() => stopped).catch((error: unknown) => {
        if (isDatabaseUnavailable(error)) log.warn(`${what} waits for the database.`);
        else log.error({ err: error }, `${what} failed and will be tried again.`);
      });
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
