import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { Db } from "../db/transaction";
import { log } from "../log";
import { readMarks, writeMark } from "./marks";
import { installationTag, readTag } from "./tag";

/**
 * The epoch of a database rises every few seconds and never falls, unless commits were lost: a restored backup, or a
 * replica that took over too early. See docs/decisions/0012-safe-mode.md.
 */

interface Memory {
  /** The highest epoch this process knows of each database, by tag: read from it, or from the marks beside it. */
  highest: Map<string, bigint>;
  marksRead: boolean;
  /** Whether the last mark could be written. */
  marksKept: boolean;
}

// Route handlers and the worker may be bundled apart; what one has seen the other must know.
const kept = globalThis as typeof globalThis & { linedeskEpochs?: Memory };

function memory(): Memory {
  kept.linedeskEpochs ??= { highest: new Map(), marksRead: false, marksKept: true };
  return kept.linedeskEpochs;
}

/**
 * Raises the epoch by one and keeps a mark of it outside of the database; enters safe mode when the database turns out
 * to be behind what was seen of it. Every process does this at its start and every few seconds. A mark that cannot be
 * kept is logged and tried again next time; throws only when the database does.
 */
export async function keepEpoch(): Promise<void> {
  const tag = await installationTag();
  if (await keepEpochOf(tag)) return;
  if (!(await keepEpochOf(await readTag()))) throw new Error("The row of the installation is gone.");
}

/** Why nothing may be bought or released, for the person who ends it; null in ordinary times. */
export async function findSafeModeReason(db: Db): Promise<string | null> {
  if (!memory().marksRead) await learnMarks();
  // As known before the read begins: what is learned while it runs says nothing against what it finds.
  const known = new Map(memory().highest);
  const [found] = await db.$queryRaw<{ tag: string; epoch: bigint; reason: string | null }[]>`
    SELECT tag, epoch, safe_mode_reason AS reason FROM installation`;
  if (!found || found.reason !== null) return found?.reason ?? null;
  const seen = known.get(found.tag) ?? 0n;
  // Refused without a write, since a refusal rolls it back; the next beat of this process makes it last.
  if (found.epoch < seen) return wentBack(found.epoch, seen);
  learn(found.tag, found.epoch);
  return null;
}

/** Whether nothing may be bought or released, nor anything be settled by rows that may be old. */
export async function isInSafeMode(db: Db): Promise<boolean> {
  return (await findSafeModeReason(db)) !== null;
}

/**
 * Enters safe mode: nothing is bought or released until somebody ends it. Repeating it changes nothing, the first
 * reason and moment stay.
 */
export async function enterSafeMode(reason: string): Promise<void> {
  await enterIf(Prisma.sql`true`, reason);
}

async function enterIf(condition: Prisma.Sql, reason: string): Promise<void> {
  const entered = await database().$executeRaw`
    UPDATE installation SET safe_mode_since = now(), safe_mode_reason = ${reason}
    WHERE safe_mode_since IS NULL AND ${condition}`;
  if (entered > 0) log.error({ reason }, "Safe mode: nothing is bought or released until somebody ends it.");
}

/** Whether the last mark could be written; for the metrics. */
export function areMarksKept(): boolean {
  return memory().marksKept;
}

/** The highest epoch known of the database with this tag, marks of other processes on this machine included. */
export async function highestEpoch(tag: string): Promise<bigint> {
  await learnMarks();
  return memory().highest.get(tag) ?? 0n;
}

/** Remembers an epoch that was committed, here and in the mark. A disk that fails is logged and does not stop the desk. */
export async function keepMark(tag: string, epoch: bigint): Promise<void> {
  learn(tag, epoch);
  const state = memory();
  try {
    await writeMark(tag, epoch);
    state.marksKept = true;
  } catch (error) {
    if (state.marksKept)
      log.error({ err: error }, "The epoch cannot be kept outside of the database; see LINEDESK_EPOCH_FILE.");
    state.marksKept = false;
  }
}

/** False when the database has another tag. */
async function keepEpochOf(tag: string): Promise<boolean> {
  const seen = await highestEpoch(tag);
  const [raised] = await database().$queryRaw<{ epoch: bigint }[]>`
    UPDATE installation SET epoch = epoch + 1 WHERE tag = ${tag} RETURNING epoch`;
  if (!raised) return false;
  const { highest } = memory();
  if (highest.size > 0 && !highest.has(tag))
    log.warn({ tag, others: [...highest.keys()] }, "This database is another one than before.");
  const isBehind = raised.epoch <= seen;
  if (isBehind) await catchUp(raised.epoch - 1n, seen);
  await keepMark(tag, isBehind ? seen : raised.epoch);
  return true;
}

/**
 * Safe mode first, then the epoch up to what was seen, so that no process remembers a higher one that would start safe
 * mode again once it has ended. Killed in between, the next beat finds the same.
 */
async function catchUp(found: bigint, seen: bigint): Promise<void> {
  // Still behind: somebody may just have ended the safe mode that another process began.
  await enterIf(Prisma.sql`epoch <= ${seen}`, wentBack(found, seen));
  await database().$executeRaw`
    UPDATE installation SET epoch = greatest(epoch, ${seen}) WHERE safe_mode_since IS NOT NULL`;
}

function wentBack(found: bigint, seen: bigint): string {
  return `The database went back in time: its epoch is ${found}, and was ${seen} before.`;
}

function learn(tag: string, epoch: bigint): void {
  const { highest } = memory();
  if (epoch > (highest.get(tag) ?? -1n)) highest.set(tag, epoch);
}

async function learnMarks(): Promise<void> {
  // Where they cannot be read they cannot be written either, and the next beat says so.
  const marks = await readMarks().catch(() => new Map<string, bigint>());
  for (const [tag, epoch] of marks) learn(tag, epoch);
  memory().marksRead = true;
}
