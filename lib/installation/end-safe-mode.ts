import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction, type Tx } from "../db/transaction";
import { AppError } from "../errors";
import { log } from "../log";
import { hasCredentials, type ManagedAccountRow } from "../managed-accounts";
import { requireScope } from "../permissions";
import { highestEpoch, keepMark } from "./epoch";
import { requireOperator } from "./operator";
import { installationTag } from "./tag";

/**
 * More beats than anybody can have seen and we have not: those of a process that lost touch with the rest, or of a machine
 * that was away meanwhile and comes back with its mark. At one in five seconds, two months of them.
 */
const margin = 1_000_000n;

/**
 * Lets numbers be bought and released again, after every carrier account was compared since safe mode began. Outside of
 * safe mode it changes nothing. Throws `missing_scope`, and `sync_required` naming the accounts still to be compared.
 */
export async function endSafeMode(ctx: Ctx): Promise<void> {
  requireScope(ctx, "managed_accounts:manage");
  requireScope(ctx, "phone_numbers:release");
  await requireOperator(ctx);
  const tag = await installationTag();
  const seen = await highestEpoch(tag);
  const epoch = await inTransaction((tx) => leave(tx, ctx, seen));
  if (epoch === null) return;
  log.warn({ actor: ctx.actor.id, epoch: String(epoch) }, "Safe mode was ended.");
  await keepMark(tag, epoch);
}

/** The epoch it goes on with, or null when there was no safe mode. */
async function leave(tx: Tx, ctx: Ctx, seen: bigint): Promise<bigint | null> {
  const [row] = await tx.$queryRaw<{ since: Date | null; reason: string | null }[]>`
    SELECT safe_mode_since AS since, safe_mode_reason AS reason FROM installation FOR NO KEY UPDATE`;
  if (!row?.since) return null;
  const missing = await listNotComparedSince(tx, row.since);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    throw new AppError(
      "sync_required",
      `Compare every carrier account first, so that you know what changed: ${names}.`,
      { managed_account_ids: missing.map(({ id }) => id) },
    );
  }
  const [ended] = await tx.$queryRaw<{ epoch: bigint; tag: string }[]>`
    UPDATE installation SET safe_mode_since = NULL, safe_mode_reason = NULL, epoch = greatest(epoch, ${seen}) + ${margin}
    RETURNING epoch, tag`;
  if (!ended) throw new Error("The row of the installation is gone.");
  await recordAudit(tx, ctx, {
    action: "safe_mode.ended",
    objectType: "installation",
    objectId: ended.tag,
    before: { since: row.since.toISOString(), reason: row.reason },
  });
  return ended.epoch;
}

/** Accounts without credentials are left out: there nothing can be compared, and nothing bought or released either. */
async function listNotComparedSince(tx: Tx, since: Date): Promise<ManagedAccountRow[]> {
  const accounts = await tx.$queryRaw<ManagedAccountRow[]>`
    SELECT a.id, a.name, a.carrier, a.carrier_account_id AS "carrierAccountId", a.is_default AS "isDefault"
    FROM managed_account a
    WHERE NOT EXISTS (SELECT 1 FROM carrier_sync s
      WHERE s.managed_account_id = a.id AND s.status = 'completed' AND s.started_at > ${since})
    ORDER BY a.id`;
  return accounts.filter(hasCredentials);
}
