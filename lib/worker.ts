import { dropExpiredAnswers } from "./api/idempotency";
import { dropEndedWindows } from "./api/rate-limit";
import { isDatabaseUnavailable } from "./db/transaction";
import { env } from "./env";
import { log } from "./log";
import { ensureManagedAccount } from "./managed-accounts";
import { recoverUnfinished } from "./phone-numbers";

interface Worker {
  /** Stops taking work and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Background work of this process: recovery at once and every few seconds. Any number of processes may run it. An
 * absent database is waited for.
 */
export function startWorker(): Worker {
  const intervalMs = env().LINEDESK_RECOVERY_INTERVAL_SECONDS * 1000;
  let stopped = false;
  let wake = () => {};

  async function run(): Promise<void> {
    while (!stopped) {
      await step();
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, intervalMs);
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

let accountEnsured = false;

let tidiedAt = 0;

/** Once an hour: what nobody can ask for any more. */
async function tidy(): Promise<void> {
  if (Date.now() - tidiedAt < 60 * 60 * 1000) return;
  tidiedAt = Date.now();
  await dropExpiredAnswers();
  await dropEndedWindows();
}

async function step(): Promise<void> {
  try {
    if (!accountEnsured) {
      await ensureManagedAccount();
      accountEnsured = true;
    }
    while ((await recoverUnfinished()) > 0) {
      // A full batch may have left more; each row taken is due again only later, so this ends.
    }
    await tidy();
  } catch (error) {
    if (isDatabaseUnavailable(error)) log.warn("Recovery waits for the database.");
    else log.error({ err: error }, "Recovery failed and will be tried again.");
  }
}
