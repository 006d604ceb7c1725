import { database } from "../db/client";
import { env } from "../env";
import { readState } from "../metrics";
import { isQueueRunning } from "../queue";

/** The process is up. */
export function healthz(): Response {
  return answer(200, { status: "ok" });
}

/** The process can do its work: the database answers. */
export async function readyz(): Promise<Response> {
  try {
    await database().$queryRaw`SELECT 1`;
    return answer(200, { status: "ready" });
  } catch {
    // Which error it is does not matter to a load balancer; the requests that meet it log it.
    return answer(503, { status: "not_ready", detail: "The database does not answer." });
  }
}

interface Check {
  ok: boolean;
  detail: string;
}

/**
 * Whether the work of the installation goes on, for monitors that wake somebody. Not for a load balancer or whoever
 * restarts processes: most of what it finds is not the fault of this process.
 */
export async function healthzWork(): Promise<Response> {
  const checks = await readChecks();
  const ok = Object.values(checks).every((check) => check.ok);
  return answer(ok ? 200 : 503, { status: ok ? "ok" : "failing", checks });
}

const minute = 60;
const unfinishedLimit = 15 * minute;

async function readChecks(): Promise<Record<string, Check>> {
  const queue = isQueueRunning()
    ? pass("This process takes jobs.")
    : fail("This process takes no jobs, or has lost the database.");
  try {
    const { accounts, unfinished, safeMode } = await readState();
    const syncLimit = Math.max(30 * minute, 2 * env().LINEDESK_SWEEP_INTERVAL_SECONDS);
    const syncAge = Math.max(0, ...accounts.map(({ seconds }) => seconds));
    const oldest = Math.max(0, ...unfinished.map(({ oldest_seconds }) => oldest_seconds));
    return {
      database: pass("The database answers."),
      queue,
      carrier_sync:
        syncAge > syncLimit
          ? fail(`A carrier account was not compared to the end for ${duration(syncAge)}.`)
          : pass("Every carrier account was compared lately."),
      unfinished:
        oldest > unfinishedLimit
          ? fail(`A purchase or release has been under way for ${duration(oldest)}.`)
          : pass("No purchase or release has been under way for long."),
      safe_mode: safeMode ? fail("Safe mode: nothing is bought or released.") : pass("Not in safe mode."),
    };
  } catch {
    return { database: fail("The database does not answer."), queue };
  }
}

const pass = (detail: string): Check => ({ ok: true, detail });
const fail = (detail: string): Check => ({ ok: false, detail });

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / minute);
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
