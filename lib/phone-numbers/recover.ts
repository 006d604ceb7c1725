import { CarrierError } from "../carriers/errors";
import { asOrganizationId, type Ctx } from "../context";
import { database } from "../db/client";
import type { NumberState } from "../db/generated/enums";
import { env } from "../env";
import { failPoint } from "../fail-points";
import { newId } from "../ids";
import { log } from "../log";
import { carrierOf, explainFailure, getManagedAccountOrThrow } from "../managed-accounts";
import { allScopes } from "../permissions";
import { leaseInterval } from "./lease";
import { confirmPurchase, postponePurchase, quarantinePurchase, refusePurchase } from "./settle-purchase";
import { confirmRelease, refuseRelease } from "./settle-release";
import { judge, lookUpPurchase } from "./verdict";

/** Finishes what a crash or a lost answer left between us and a carrier. Reads decide; a purchase is never sent again. */

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
  order_id: string;
  /** Since the call was sent, by database time. */
  waited_seconds: number;
}

const batch = 50;

/**
 * When to look again after the nth look, for a quiet window of 600 s; other windows scale it. A lost purchase counts
 * as not made only after all six looks and the whole window, because a carrier may act on it late.
 */
const lookAgainSeconds = [2, 10, 30, 120, 300, 600];
const scheduleWindowSeconds = 600;

/**
 * Takes up to 50 numbers whose lease ran out or whose next look is due, and settles or reschedules each. Any number
 * of processes may run it: rows are taken with SKIP LOCKED and a raised fence. Returns how many were taken.
 */
export async function recoverUnfinished(): Promise<number> {
  const lease = leaseInterval();
  const rows = await database().$queryRaw<UnfinishedRow[]>`
    UPDATE phone_number n SET fence = fence + 1, lease_until = now() + ${lease},
      next_check_at = now() + ${lease}
    WHERE n.id IN (
      SELECT id FROM phone_number
      WHERE state IN ('claimed', 'calling', 'unknown', 'releasing') AND next_check_at <= now()
      ORDER BY next_check_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)
    RETURNING n.id, n.organization_id, n.phone_number, n.state, n.fence, n.tag, n.carrier_number_id,
      n.managed_account_id, n.call_started_at, n.lookups,
      (SELECT o.id FROM purchase_order o WHERE o.phone_number_id = n.id) AS order_id,
      extract(epoch FROM now() - n.call_started_at)::float8 AS waited_seconds`;
  if (rows.length > 0) await failPoint("recovery.taken");
  await Promise.all(rows.map((row) => recoverOne(row)));
  return rows.length;
}

async function recoverOne(row: UnfinishedRow): Promise<void> {
  try {
    if (row.state === "releasing") await recoverRelease(row);
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
  const ctx = jobContext(row);
  const open = { numberId: row.id, orderId: row.order_id, phoneNumber: row.phone_number, fence: row.fence };
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
    await failPoint("recovery.postponed");
  }
  const purchase = { phoneNumber: row.phone_number, tag: row.tag, calledAt: row.call_started_at };
  const owned = await readCarrier(row, async () => {
    const carrier = carrierOf(await getManagedAccountOrThrow(row.managed_account_id));
    return await lookUpPurchase(carrier, purchase);
  });
  await failPoint("recovery.looked");
  if (owned === "unreadable") return void (await lookAgain(open.numberId, open.fence, row.lookups, false));
  const verdict = owned && judge(owned, purchase);
  const gaveUp =
    row.lookups + 1 >= lookAgainSeconds.length && row.waited_seconds >= env().LINEDESK_QUIET_WINDOW_SECONDS;
  const refusal = {
    code: "number_unavailable",
    detail: "The carrier did not sell this number. Nothing was bought.",
    carrierCode: null,
  } as const;
  if (owned && verdict === "ours") await confirmPurchase(ctx, open, owned);
  else if (owned && verdict === "foreign" && owned.tag === row.tag)
    await quarantinePurchase(ctx, open, owned, refusal);
  else if (gaveUp) await refusePurchase(ctx, open, refusal);
  else await lookAgain(open.numberId, open.fence, row.lookups, true);
}

async function recoverRelease(row: UnfinishedRow): Promise<void> {
  const ctx = jobContext(row);
  const open = { numberId: row.id, fence: row.fence };
  const carrierNumberId = row.carrier_number_id ?? "";
  const carrier = carrierOf(await getManagedAccountOrThrow(row.managed_account_id));
  const owned = await readCarrier(row, () => carrier.getNumber(carrierNumberId));
  await failPoint("recovery.release-read");
  if (owned === null) return void (await confirmRelease(ctx, open));
  const stillOurs = owned !== "unreadable" && owned.tag === row.tag && owned.phoneNumber === row.phone_number;
  if (owned !== "unreadable" && !stillOurs) {
    log.error(
      { phoneNumberId: row.id, carrierNumberId },
      "A number to be released is marked as somebody else's; a person must look.",
    );
  }
  if (!stillOurs) return void (await lookAgain(row.id, row.fence, row.lookups, true));
  try {
    await carrier.releaseNumber(carrierNumberId);
    await failPoint("recovery.release-sent");
    await confirmRelease(ctx, open);
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    if (error.kind === "refused" || error.kind === "paperwork")
      await refuseRelease(ctx, open, explainFailure(error));
    else await lookAgain(row.id, row.fence, row.lookups, true);
  }
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
  const wait = (lookAgainSeconds[Math.min(lookups, lookAgainSeconds.length - 1)] ?? 600) * scale;
  await database().$executeRaw`
    UPDATE phone_number SET lookups = lookups + ${counted ? 1 : 0}, lease_until = NULL,
      next_check_at = now() + make_interval(secs => ${wait})
    WHERE id = ${numberId} AND fence = ${fence}`;
  await failPoint("recovery.rescheduled");
}

function jobContext(row: UnfinishedRow): Ctx {
  return {
    organizationId: asOrganizationId(row.organization_id),
    actor: { kind: "job", id: "recovery", name: "Recovery" },
    scopes: allScopes,
    surface: "worker",
    requestId: newId("req"),
  };
}
