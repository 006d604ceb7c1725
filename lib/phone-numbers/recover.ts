import type { Carrier } from "../carriers/carrier";
import { CarrierError } from "../carriers/errors";
import { database } from "../db/client";
import type { NumberState } from "../db/generated/enums";
import { type Db, inTransaction } from "../db/transaction";
import { env } from "../env";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { isInSafeMode } from "../installation";
import { jobContext } from "../job-context";
import { requireReleasing } from "../kill-switches";
import { log } from "../log";
import { carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { countRecoveryLook } from "../metrics/count";
import { leaseInterval, sendWithinMs } from "./lease";
import {
  confirmPurchase,
  postponePurchase,
  quarantinePurchase,
  type Refusal,
  refusePurchase,
} from "./settle-purchase";
import { confirmRelease, refuseRelease, sendRelease } from "./settle-release";
import { startReleasing } from "./start-release";
import { judge, lookUpPurchase } from "./verdict";

/**
 * Finishes what a crash or a lost answer left between us and a carrier, and gives back what was held until now. Reads
 * decide; a purchase is never sent again.
 */

interface UnfinishedRow {
  id: string;
  organization_id: string;
  phone_number: string;
  state: NumberState;
  fence: number;
  tag: string;
  carrier_number_id: string | null;
  managed_account_id: string;
  call_started_at: Date | null;
  lookups: number;
  /** Null for a number that was never bought here. */
  order_id: string | null;
  /** Since the call was sent, by database time. */
  waited_seconds: number;
}

const recovery = { id: "recovery", name: "Recovery" };

const batch = 50;

/**
 * When to look again after the nth look, for a quiet window of 600 s; other windows scale it. A lost purchase counts
 * as not made only after all six looks and the whole window, because a carrier may act on it late.
 */
const lookAgainSeconds = [2, 10, 30, 120, 300, 600];
const scheduleWindowSeconds = 600;

/** The least to wait for a carrier that could not be read, scaled alike: one that is away is not asked by everybody at once. */
const unreadableSeconds = 30;

/** How soon to ask again whether releasing is still stopped. */
const stoppedSeconds = 60;

/**
 * Takes up to 50 numbers whose lease ran out, whose next look is due or whose hold ended, and settles or reschedules
 * each. Any number of processes may run it: rows are taken with SKIP LOCKED and a raised fence. Returns how many were
 * taken; in safe mode none, since what the rows say may be behind what was done.
 */
export async function recoverUnfinished(): Promise<number> {
  if (await isInSafeMode(database())) return 0;
  const lease = leaseInterval();
  const rows = await database().$queryRaw<UnfinishedRow[]>`
    UPDATE phone_number n SET fence = fence + 1, lease_until = now() + ${lease},
      next_check_at = now() + ${lease}
    WHERE n.id IN (
      SELECT id FROM phone_number u
      WHERE state IN ('claimed', 'calling', 'unknown', 'held', 'releasing') AND next_check_at <= now()
        AND (state <> 'held' OR EXISTS (
          SELECT 1 FROM release_order r
          WHERE r.phone_number_id = u.id AND r.status = 'pending' AND r.release_at <= now()))
      ORDER BY next_check_at LIMIT ${batch} FOR NO KEY UPDATE OF u SKIP LOCKED)
    RETURNING n.id, n.organization_id, n.phone_number, n.state, n.fence, n.tag, n.carrier_number_id,
      n.managed_account_id, n.call_started_at, n.lookups,
      (SELECT o.id FROM purchase_order o WHERE o.phone_number_id = n.id) AS order_id,
      extract(epoch FROM now() - n.call_started_at)::float8 AS waited_seconds`;
  if (rows.length > 0) await failPoint("recovery.taken");
  await Promise.all(rows.map((row) => recoverOne(row)));
  return rows.length;
}

async function recoverOne(row: UnfinishedRow): Promise<void> {
  countRecoveryLook(row.state);
  try {
    if (row.state === "held") await endHold(row);
    else if (row.state === "releasing") await recoverRelease(row);
    else await recoverPurchase(row);
  } catch (error) {
    // The row stays taken until its lease ends and is looked at again; nothing is decided without a read.
    log.error(
      { err: error, phoneNumberId: row.id, state: row.state },
      "Recovery could not look at a number.",
    );
  }
}

async function recoverPurchase(row: UnfinishedRow): Promise<void> {
  const ctx = jobContext(row.organization_id, recovery);
  const { order_id: orderId } = row;
  if (orderId === null) throw new Error("A number is being bought without an order.");
  const open = { numberId: row.id, orderId, phoneNumber: row.phone_number, fence: row.fence };
  if (row.state === "claimed" || !row.call_started_at) {
    const detail =
      "The purchase was interrupted before the carrier was asked. Nothing was bought; try again.";
    await refusePurchase(ctx, open, { code: "service_unavailable", detail, carrierCode: null });
    return;
  }
  if (row.state === "calling") {
    const fence = await postponePurchase(ctx, open);
    if (fence === null) return;
    open.fence = fence;
    await failPoint("recovery.postponed", row.id);
  }
  const purchase = { phoneNumber: row.phone_number, tag: row.tag, calledAt: row.call_started_at };
  const owned = await readCarrier(row, async () => {
    const carrier = carrierOf(await getManagedAccountOrThrow(row.managed_account_id));
    return await lookUpPurchase(carrier, purchase);
  });
  await failPoint("recovery.looked", row.id);
  if (owned === "unreadable") return void (await lookAgain(open.numberId, open.fence, row.lookups, false));
  const verdict = owned && judge(owned, purchase);
  const refusal = {
    code: "number_unavailable",
    detail: "The carrier did not sell this number. Nothing was bought.",
    carrierCode: null,
  } as const;
  if (owned && verdict === "ours") await confirmPurchase(ctx, open, owned);
  else if (owned && verdict === "foreign" && owned.tag === row.tag)
    await quarantinePurchase(ctx, open, owned, refusal);
  else if (isLongInDoubt(row)) await refusePurchase(ctx, open, refusal);
  else await lookAgain(open.numberId, open.fence, row.lookups, true);
}

/** All looks were taken and a whole quiet window has passed: the carrier acts on nothing sent before any more. */
function isLongInDoubt(row: UnfinishedRow): boolean {
  return (
    row.lookups + 1 >= lookAgainSeconds.length && row.waited_seconds >= env().LINEDESK_QUIET_WINDOW_SECONDS
  );
}

/**
 * The time to undo is over: from here on as any other release. One that cannot be read, or does not bear our tag, stays
 * held, so that it can still be undone or wired to us again.
 */
async function endHold(row: UnfinishedRow): Promise<void> {
  const found = await readForRelease(row, carrierOf(await getManagedAccountOrThrow(row.managed_account_id)));
  if (found === "unreadable" || found === "foreign")
    return await lookAgain(row.id, row.fence, row.lookups, found === "foreign");
  const fence = await inTransaction(async (tx) => {
    if (await isReleasingStopped(tx, row)) return "stopped";
    const taken = await startReleasing(tx, jobContext(row.organization_id, recovery), row);
    if (taken !== null) await failPoint("hold.due", row.id);
    return taken;
  });
  if (fence === "stopped") return await waitWhileStopped(row);
  // Undone or released since it was taken: whoever did it sees to it.
  if (fence !== null) await recoverRelease({ ...row, fence, lookups: 0, waited_seconds: 0 });
}

async function recoverRelease(row: UnfinishedRow): Promise<void> {
  const ctx = jobContext(row.organization_id, recovery);
  const open = { numberId: row.id, fence: row.fence };
  const carrier = carrierOf(await getManagedAccountOrThrow(row.managed_account_id));
  const found = await readForRelease(row, carrier);
  await failPoint("recovery.release-read", row.id);
  if (found === "gone") return void (await confirmRelease(ctx, open));
  if (found === "foreign" && isLongInDoubt(row)) return void (await refuseRelease(ctx, open, notOursAnyMore));
  if (found !== "ours") return await lookAgain(row.id, row.fence, row.lookups, found === "foreign");
  if (await isReleasingStopped(database(), row)) return await waitWhileStopped(row);
  const sendUntil = performance.now() + sendWithinMs();
  if (!(await extendLease(row))) return;
  const carrierNumberId = row.carrier_number_id ?? "";
  const sending = { carrierNumberId, sendUntil, answered: "recovery.release-sent" } as const;
  if ((await sendRelease(ctx, carrier, open, sending)) !== "open") return;
  await lookAgain(row.id, row.fence, row.lookups, true);
}

const notOursAnyMore: Refusal = {
  code: "carrier_refused",
  detail:
    "The number's tag at the carrier is not ours any more, so it was not given back. Look at Settings → Carrier sync.",
  carrierCode: null,
};

/** How the carrier shows a number that is to be given back; `foreign` when it bears another tag than ours. */
async function readForRelease(
  row: UnfinishedRow,
  carrier: Carrier,
): Promise<"ours" | "foreign" | "gone" | "unreadable"> {
  const owned = await readCarrier(row, () => carrier.getNumber(row.carrier_number_id ?? ""));
  if (owned === null) return "gone";
  // An answer about another number than the one asked for is no answer.
  if (owned === "unreadable" || owned.phoneNumber !== row.phone_number) return "unreadable";
  if (owned.tag === row.tag) return "ours";
  log.error(
    { phoneNumberId: row.id, carrierNumberId: row.carrier_number_id },
    "A number to be released is marked as somebody else's; a person must look.",
  );
  return "foreign";
}

async function isReleasingStopped(db: Db, row: UnfinishedRow): Promise<boolean> {
  try {
    await requireReleasing(db, {
      organizationId: row.organization_id,
      managedAccountId: row.managed_account_id,
    });
    return false;
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

/**
 * A whole lease for the call, since rows of a batch wait for each other and for the carrier; false when another process
 * took the number meanwhile.
 */
async function extendLease({ id, fence }: UnfinishedRow): Promise<boolean> {
  const lease = leaseInterval();
  const count = await database().$executeRaw`
    UPDATE phone_number SET lease_until = now() + ${lease}, next_check_at = now() + ${lease}
    WHERE id = ${id} AND fence = ${fence} AND state = 'releasing'`;
  return count > 0;
}

/** A look that failed is no look: it neither counts nor decides. */
async function readCarrier<T>(row: UnfinishedRow, read: () => Promise<T>): Promise<T | "unreadable"> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    log.warn({ phoneNumberId: row.id, kind: error.kind }, "The carrier could not be read; the number waits.");
    return "unreadable";
  }
}

async function lookAgain(numberId: string, fence: number, lookups: number, counted: boolean): Promise<void> {
  const scale = env().LINEDESK_QUIET_WINDOW_SECONDS / scheduleWindowSeconds;
  const step = lookAgainSeconds[Math.min(lookups, lookAgainSeconds.length - 1)] ?? 600;
  await reschedule(numberId, fence, Math.max(step, counted ? 0 : unreadableSeconds) * scale, counted);
}

async function waitWhileStopped({ id, fence }: UnfinishedRow): Promise<void> {
  await reschedule(id, fence, stoppedSeconds, false);
}

async function reschedule(numberId: string, fence: number, seconds: number, counted: boolean): Promise<void> {
  await database().$executeRaw`
    UPDATE phone_number SET lookups = lookups + ${counted ? 1 : 0}, lease_until = NULL,
      next_check_at = now() + make_interval(secs => ${seconds})
    WHERE id = ${numberId} AND fence = ${fence}`;
  await failPoint("recovery.rescheduled", numberId);
}
