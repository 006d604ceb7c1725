import { CarrierError } from "../carriers/errors";
import { database } from "../db/client";
import { inTransaction, isDatabaseUnavailable } from "../db/transaction";
import { failPoint } from "../fail-points";
import { newId } from "../ids";
import { log } from "../log";
import {
  carrierOf,
  getManagedAccountOrThrow,
  hasCredentials,
  type ManagedAccountRow,
} from "../managed-accounts";
import { leaseInterval } from "../phone-numbers";
import { storableText } from "../storable-text";
import { listAccount } from "./list-account";
import { lookAgainAtFinding, lookForMissing } from "./look-again";
import { leaveOpen, settleUnseen } from "./record";
import { keepRunning, OvertakenError, type Run } from "./run";
import type { CarrierSync } from "./schema";
import { serializeSync, syncColumns, unreadSentence } from "./serialize-sync";
import { type Starter, scheduled } from "./starter";

/**
 * Compares a carrier account with our rows, once: what differs is written down, what must not be lost gets a row, and
 * nothing is asked of the carrier but reads. Returns how it ended, or the comparison of this account that another
 * process is busy with. A carrier that cannot be read ends it as failed, and then nothing is settled by it. Throws
 * `not_found`, and what the database throws.
 */
export async function syncAccount(managedAccountId: string, startedBy: Starter): Promise<CarrierSync> {
  const account = await getManagedAccountOrThrow(managedAccountId);
  const run = await begin(account, startedBy);
  if (run) {
    await failPoint("sync.started", run.id);
    await compareAccount(run, account);
  }
  const row = await database().carrierSync.findFirstOrThrow({
    where: run ? { id: run.id } : { managedAccountId: account.id },
    orderBy: { startedAt: "desc" },
    select: syncColumns,
  });
  return serializeSync(row, { organizationId: startedBy.organizationId, operates: true });
}

/** Compares every account there are credentials for, one after the other; a carrier that is away keeps nobody from the next. */
export async function syncEveryAccount(startedBy: Starter = scheduled): Promise<CarrierSync[]> {
  const accounts = await database().managedAccount.findMany({
    select: { id: true, carrier: true, carrierAccountId: true },
    orderBy: [{ isDefault: "desc" }, { id: "asc" }],
  });
  const syncs: CarrierSync[] = [];
  for (const account of accounts.filter(hasCredentials)) syncs.push(await syncAccount(account.id, startedBy));
  return syncs;
}

/** Null while another process is busy with the account; one that died is ended as failed first. */
async function begin(account: ManagedAccountRow, { organizationId, ...actor }: Starter): Promise<Run | null> {
  const startedBy = JSON.stringify({
    ...actor,
    ...(organizationId ? { organization_id: organizationId } : {}),
  });
  return await inTransaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE carrier_sync SET status = 'failed', finished_at = now(), error = 'It stopped halfway, and another one took over.'
      WHERE managed_account_id = ${account.id} AND status = 'running' AND lease_until < now()`;
    const rows = await tx.$queryRaw<{ id: string; started_at: Date }[]>`
      INSERT INTO carrier_sync (id, managed_account_id, started_by, lease_until)
      VALUES (${newId("syn")}, ${account.id}, ${startedBy}::jsonb, now() + ${leaseInterval()})
      ON CONFLICT (managed_account_id) WHERE status = 'running' DO NOTHING RETURNING id, started_at`;
    const [row] = rows;
    return row ? { id: row.id, managedAccountId: account.id, startedAt: row.started_at } : null;
  });
}

async function compareAccount(run: Run, account: ManagedAccountRow): Promise<void> {
  try {
    const carrier = carrierOf(account);
    const { seen, suspicions, unlisted } = await listAccount(run, carrier);
    await failPoint("sync.compared", run.id);
    const comparison = { run, account, carrier, seen };
    for (const suspicion of suspicions) {
      const { carrierNumberId } = suspicion.listed;
      await lookAtOne(run, carrierNumberId, () => lookAgainAtFinding(comparison, suspicion));
    }
    for (const row of unlisted)
      await lookAtOne(run, row.carrier_number_id, () => lookForMissing(comparison, row));
    await finish(run, seen.size);
    await failPoint("sync.finished", run.id);
  } catch (error) {
    if (error instanceof OvertakenError) return log.warn({ syncId: run.id }, error.message);
    await endAsFailed(run, error);
    if (!(error instanceof CarrierError)) throw error;
  }
}

/** A number that cannot be written down keeps its card as it is, and nobody from the next. */
async function lookAtOne(run: Run, carrierNumberId: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    const isWhole = error instanceof CarrierError || error instanceof OvertakenError;
    if (isWhole || isDatabaseUnavailable(error)) throw error;
    log.error({ err: error, syncId: run.id, carrierNumberId }, "A number could not be compared.");
    await leaveOpen(database(), run.managedAccountId, carrierNumberId);
  }
}

async function finish(run: Run, numbersSeen: number): Promise<void> {
  await inTransaction(async (tx) => {
    await keepRunning(tx, run);
    const driftsSeen = await settleUnseen(tx, run);
    await tx.$executeRaw`
      UPDATE carrier_sync SET status = 'completed', finished_at = now(), numbers_seen = ${numbersSeen}, drifts_seen = ${driftsSeen}
      WHERE id = ${run.id}`;
  });
}

/** Carriers have been seen to answer with whole pages. */
const longestReason = 500;

/** A database that is away cannot be told; then the lease runs out. */
async function endAsFailed(run: Run, error: unknown): Promise<void> {
  const isCarrier = error instanceof CarrierError;
  const told = isCarrier ? `${unreadSentence}: ${error.message}` : "A defect on our side ended it.";
  const reason = storableText(told.slice(0, longestReason));
  log.error({ err: error, syncId: run.id }, "A comparison with the carrier failed.");
  await database().$executeRaw`
      UPDATE carrier_sync SET status = 'failed', finished_at = now(), error = ${reason}
      WHERE id = ${run.id} AND status = 'running'`.catch(() => {});
}
