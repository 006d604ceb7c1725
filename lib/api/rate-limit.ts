import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { env } from "../env";
import { AppError } from "../errors";
import { countRateLimitRefusal } from "../metrics/count";
import { rateLimitHeaders, windowSeconds } from "./rate-limit-headers";

/**
 * How often a caller and its organization may ask, counted in the database for all processes together. A process takes
 * a few requests out of a window in advance, so that most requests cost no write.
 */

interface Limit {
  name: "caller" | "organization" | "carrier";
  points: number;
  key: string;
}

/** What this process has taken out of a window and not used yet. */
interface Advance {
  left: number;
  /** What the window still has for any process. */
  elsewhere: number;
  resetsAt: number;
  /** There was nothing left to take. */
  refused: boolean;
}

const advances = new Map<string, Advance>();
const underway = new Map<string, Promise<void>>();
const limiters = new Map<string, RateLimiterPostgres>();

/**
 * Counts one request. Returns the RateLimit headers of the caller's own limit. People at the dashboard count each by
 * themselves, so that no program can shut them out. Throws `rate_limited` with the facts of the limit that is reached.
 */
export async function spendRequest(
  ctx: Ctx,
  { asksCarrier }: { asksCarrier: boolean },
): Promise<Record<string, string>> {
  const settings = env();
  const caller: Limit = {
    name: "caller",
    points: settings.LINEDESK_RATE_LIMIT_PER_CALLER,
    key: ctx.actor.id,
  };
  const limits = [caller];
  const isPerson = ctx.actor.kind === "user";
  if (!isPerson) {
    limits.push({
      name: "organization",
      points: settings.LINEDESK_RATE_LIMIT_PER_ORGANIZATION,
      key: ctx.organizationId,
    });
  }
  if (asksCarrier) {
    const key = isPerson ? ctx.actor.id : ctx.organizationId;
    limits.push({ name: "carrier", points: settings.LINEDESK_RATE_LIMIT_SEARCHES, key });
  }
  // One after the other: what a caller's own limit refuses must not use up what others share.
  let own: Advance | undefined;
  for (const limit of limits) {
    const state = await spend(limit);
    if (state.refused) {
      countRateLimitRefusal(limit.name);
      throw refusal(limit, state, isPerson);
    }
    own ??= state;
  }
  return headersOf(caller, own);
}

/** One request out of what was taken in advance. Whoever finds nothing left takes more; others wait for that. */
async function spend(limit: Limit): Promise<Advance> {
  const id = `${limit.name}:${limit.key}`;
  for (;;) {
    const held = advances.get(id);
    if (held && held.resetsAt > Date.now() && (held.refused || held.left > 0)) {
      held.left = Math.max(0, held.left - 1);
      return { ...held };
    }
    const taking = underway.get(id) ?? take(id, limit);
    underway.set(id, taking);
    await taking;
  }
}

async function take(id: string, limit: Limit): Promise<void> {
  try {
    const advance = await takeFromWindow(limit);
    // Callers that never come again must not fill the memory.
    if (advances.size > 10_000) advances.clear();
    advances.set(id, advance);
  } finally {
    underway.delete(id);
  }
}

async function takeFromWindow(limit: Limit): Promise<Advance> {
  const amount = Math.max(1, Math.floor(limit.points / 50));
  try {
    const { remainingPoints, msBeforeNext } = await limiterOf(limit).consume(limit.key, amount);
    return { left: amount, elsewhere: remainingPoints, resetsAt: Date.now() + msBeforeNext, refused: false };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return { left: 0, elsewhere: 0, resetsAt: Date.now() + error.msBeforeNext, refused: true };
  }
}

function limiterOf({ name, points }: Limit): RateLimiterPostgres {
  const id = `${name}:${points}`;
  const known = limiters.get(id);
  if (known) return known;
  const limiter = new RateLimiterPostgres({
    storeClient: { query },
    storeType: "client",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: windowSeconds,
  });
  limiters.set(id, limiter);
  return limiter;
}

/** The library speaks to `pg`; our connections are Prisma's. */
async function query({ text, values }: { text: string; values: unknown[] }): Promise<{ rows: unknown[] }> {
  const rows = await database().$queryRawUnsafe<{ points: number; expire: bigint }[]>(text, ...values);
  return { rows: rows.map(({ points, expire }) => ({ points, expire: Number(expire) })) };
}

function refusal({ name, points }: Limit, { resetsAt }: Advance, isPerson: boolean): AppError {
  const seconds = Math.max(1, Math.ceil((resetsAt - Date.now()) / 1000));
  const who = {
    caller: "You have sent",
    organization: "Your organization's keys and tokens have sent",
    carrier: isPerson
      ? "You have sent the carrier"
      : "Your organization's keys and tokens have sent the carrier",
  }[name];
  return new AppError("rate_limited", `${who} more than ${points} requests in a minute. Wait ${seconds} s.`, {
    retryAfterSeconds: seconds,
    policy: name,
    limit: points,
    reset_at: new Date(resetsAt).toISOString(),
  });
}

function headersOf({ points }: Limit, state: Advance | undefined): Record<string, string> {
  const { left = 0, elsewhere = 0, resetsAt = 0 } = state ?? {};
  const seconds = Math.max(0, Math.ceil((resetsAt - Date.now()) / 1000));
  return rateLimitHeaders({ policy: "caller", limit: points, remaining: left + elsewhere, seconds });
}

/** Drops windows that ended. */
export async function dropEndedWindows(): Promise<void> {
  await database().$executeRaw`DELETE FROM rate_limit WHERE expire < ${Date.now()}`;
}
