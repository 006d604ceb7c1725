import { createHash } from "node:crypto";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { AppError, type ErrorCode } from "../errors";
import { log } from "../log";
import type { Answer, Earlier } from "./endpoint";
import { problems } from "./problems";

/**
 * A repeated request with the same Idempotency-Key gets the first one's answer. There is no lock and no lease here: what
 * must not happen twice is held by the rows it is about (a claim on a number), and what a request did that never
 * answered is found in those rows by its request id.
 */

interface Guarded {
  method: string;
  /** The endpoint's path as declared, so that a key counts per operation. */
  route: string;
  key: string;
  fingerprint: string;
  run: () => Promise<Answer<unknown>>;
  findEarlier: ((requestId: string) => Promise<Earlier | null>) | undefined;
}

interface StoredRequest {
  fingerprint: string;
  request_id: string;
  final_status: number | null;
  /** A `Kept` as text: jsonb alone would not give the fields back in the order they were told in. */
  final_answer: string | null;
  abandoned: boolean;
}

type Kept =
  | { body: unknown; headers: Record<string, string> }
  | { code: ErrorCode; message: string; extra: AppError["extra"] };

/** No request takes longer than this; one that has not answered by then died with its process. */
const longestRequest = Prisma.sql`interval '60 seconds'`;
const keptFor = Prisma.sql`interval '30 days'`;

export type Outcome = { answer: Answer<unknown> } | { failure: AppError };

/**
 * Runs `run` unless this key has its outcome already; `replayed` says which. Throws what is no expected failure,
 * `idempotency_key_reused` for another request under the same key, and `request_in_progress` while the first one is not
 * decided.
 */
export async function withIdempotency(
  ctx: Ctx,
  guarded: Guarded,
): Promise<{ outcome: Outcome; replayed: boolean }> {
  if (await take(ctx, guarded)) return { outcome: await runAndKeep(ctx, guarded), replayed: false };
  const stored = await read(ctx, guarded);
  if (!stored) throw inProgress();
  if (stored.fingerprint !== guarded.fingerprint) {
    throw new AppError(
      "idempotency_key_reused",
      "This Idempotency-Key came with another request before. Use a new key for each request.",
    );
  }
  if (stored.final_answer) return { outcome: asOutcome(stored, stored.final_answer), replayed: true };
  const earlier = (await guarded.findEarlier?.(stored.request_id)) ?? null;
  if (earlier === null) {
    if (!stored.abandoned || !(await takeOver(ctx, guarded, stored.request_id))) throw inProgress();
    return { outcome: await runAndKeep(ctx, guarded), replayed: false };
  }
  if ("pending" in earlier) throw inProgress(earlier.pending);
  await keep(ctx, guarded, stored.request_id, earlier);
  return { outcome: earlier, replayed: true };
}

async function runAndKeep(ctx: Ctx, guarded: Guarded): Promise<Outcome> {
  let outcome: Outcome;
  try {
    outcome = { answer: await guarded.run() };
  } catch (error) {
    // Nobody knows what a defect left behind: the rows will tell the next request with this key.
    if (!(error instanceof AppError)) throw error;
    outcome = { failure: error };
  }
  await keep(ctx, guarded, ctx.requestId, outcome);
  return outcome;
}

/**
 * Keeps what is final; what may yet change is asked again next time. What was done is done, so that a failure here is
 * only logged: the rows still tell.
 */
async function keep(ctx: Ctx, guarded: Guarded, requestId: string, outcome: Outcome): Promise<void> {
  try {
    if ("failure" in outcome) {
      const { code, message, extra } = outcome.failure;
      if (!isFinal(code)) return await forget(ctx, guarded, requestId);
      return await finish(ctx, guarded, requestId, problems[code].status, { code, message, extra });
    }
    const { status = 200, body, headers = {} } = outcome.answer;
    // An order of this request settles and will tell; without one, this answer is all there will ever be.
    if (status === 202 && (await guarded.findEarlier?.(requestId))) return;
    await finish(ctx, guarded, requestId, status, { body, headers });
  } catch (error) {
    log.error({ err: error, requestId }, "The answer to an Idempotency-Key could not be kept.");
  }
}

/** Whether asking again later could not go another way without anybody changing anything. */
function isFinal(code: ErrorCode): boolean {
  const passing: ErrorCode[] = [
    "purchase_in_progress",
    "request_in_progress",
    "rate_limited",
    "carrier_unreachable",
  ];
  return !passing.includes(code) && ![500, 501, 503].includes(problems[code].status);
}

function asOutcome({ final_status }: StoredRequest, answer: string): Outcome {
  const kept: Kept = JSON.parse(answer);
  if ("code" in kept) return { failure: new AppError(kept.code, kept.message, kept.extra) };
  return { answer: { status: final_status ?? 200, body: kept.body, headers: kept.headers } };
}

function inProgress(operationId?: string): AppError {
  return new AppError(
    "request_in_progress",
    "The first request with this Idempotency-Key has not ended yet. Send it again in a moment.",
    { retryAfterSeconds: 2, ...(operationId ? { operation_id: operationId } : {}) },
  );
}

/** True when this request is the first with the key, or the first since the kept answer expired. */
async function take(ctx: Ctx, { method, route, key, fingerprint }: Guarded): Promise<boolean> {
  const rows = await database().$queryRaw<unknown[]>`
    INSERT INTO idempotency_record AS r (organization_id, method, route, key, fingerprint, request_id, expires_at)
    VALUES (${ctx.organizationId}, ${method}, ${route}, ${key}, ${fingerprint}, ${ctx.requestId}, now() + ${keptFor})
    ON CONFLICT (organization_id, method, route, key) DO UPDATE SET
      fingerprint = excluded.fingerprint, request_id = excluded.request_id, started_at = now(),
      expires_at = excluded.expires_at, final_status = NULL, final_answer = NULL
    WHERE r.expires_at < now()
    RETURNING 1 AS taken`;
  return rows.length > 0;
}

async function read(ctx: Ctx, { method, route, key }: Guarded): Promise<StoredRequest | undefined> {
  const rows = await database().$queryRaw<StoredRequest[]>`
    SELECT fingerprint, request_id, final_status, final_answer, started_at < now() - ${longestRequest} AS abandoned
    FROM idempotency_record
    WHERE organization_id = ${ctx.organizationId} AND method = ${method} AND route = ${route} AND key = ${key}`;
  return rows[0];
}

/** Of several that find an abandoned record, one goes on with it. */
async function takeOver(ctx: Ctx, { method, route, key }: Guarded, requestId: string): Promise<boolean> {
  const count = await database().$executeRaw`
    UPDATE idempotency_record SET request_id = ${ctx.requestId}, started_at = now()
    WHERE organization_id = ${ctx.organizationId} AND method = ${method} AND route = ${route} AND key = ${key}
      AND request_id = ${requestId} AND final_answer IS NULL`;
  return count > 0;
}

async function finish(
  ctx: Ctx,
  { method, route, key }: Guarded,
  requestId: string,
  status: number,
  answer: Kept,
): Promise<void> {
  await database().$executeRaw`
    UPDATE idempotency_record SET final_status = ${status}, final_answer = to_jsonb(${JSON.stringify(answer)}::text)
    WHERE organization_id = ${ctx.organizationId} AND method = ${method} AND route = ${route} AND key = ${key}
      AND request_id = ${requestId}`;
}

/** Nothing was done: the key is free for another try. */
async function forget(ctx: Ctx, { method, route, key }: Guarded, requestId: string): Promise<void> {
  await database().$executeRaw`
    DELETE FROM idempotency_record
    WHERE organization_id = ${ctx.organizationId} AND method = ${method} AND route = ${route} AND key = ${key}
      AND request_id = ${requestId}`;
}

/** The key a request carries, under either name; null when none. Throws `invalid_request`. */
export function readIdempotencyKey(request: Request, accepted: boolean): string | null {
  const ours = request.headers.get("idempotency-key");
  const theirs = request.headers.get("x-idempotency-key");
  if (ours !== null && theirs !== null && ours !== theirs) {
    throw new AppError("invalid_request", "Idempotency-Key and X-Idempotency-Key differ.");
  }
  const key = ours ?? theirs;
  if (key === null) return null;
  if (!accepted) {
    throw new AppError(
      "invalid_request",
      "This request takes no Idempotency-Key: its answer holds a secret, which is not kept.",
    );
  }
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError("invalid_request", "An Idempotency-Key has 1 to 255 visible ASCII characters.");
}

/** SHA-256 of what was asked, after parsing: the order of fields, spelling of numbers and left-out defaults do not count. */
export function fingerprintOf(input: unknown): string {
  return createHash("sha256").update(canonical(input)).digest("hex");
}

function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.normalize("NFC"));
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

/** Drops what nobody may ask for again. Returns how many. */
export async function dropExpiredAnswers(): Promise<number> {
  return await database().$executeRaw`DELETE FROM idempotency_record WHERE expires_at < now()`;
}
