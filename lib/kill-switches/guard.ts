import type { MoneyAct } from "../db/generated/enums";
import type { Db } from "../db/transaction";
import { AppError } from "../errors";
import { findSafeModeReason } from "../installation";

interface Reach {
  organizationId: string;
  managedAccountId: string;
}

const refusals = {
  buying: { code: "buying_stopped", what: "Buying numbers" },
  releasing: { code: "releasing_stopped", what: "Releasing numbers" },
} as const;

/** Passes unless buying is stopped for whom or where this is. Throws `safe_mode`, `buying_stopped`. */
export async function requireBuying(db: Db, reach: Reach): Promise<void> {
  await requireAct(db, "buying", reach);
}

/** Passes unless releasing is stopped for whom or where this is. Throws `safe_mode`, `releasing_stopped`. */
export async function requireReleasing(db: Db, reach: Reach): Promise<void> {
  await requireAct(db, "releasing", reach);
}

/** Passes unless the rows may be behind what was done at the carrier, so that nothing may follow from them. Throws `safe_mode`. */
export async function requireNotInSafeMode(db: Db): Promise<void> {
  const reason = await findSafeModeReason(db);
  if (reason === null) return;
  throw new AppError(
    "safe_mode",
    `Nothing can be bought or released until somebody has looked. ${asSentence(reason)}`,
  );
}

/** Read from the rows each time, in the transaction that would do it: a switch works from the next act on, everywhere. */
async function requireAct(db: Db, act: MoneyAct, { organizationId, managedAccountId }: Reach): Promise<void> {
  await requireNotInSafeMode(db);
  const [stop] = await db.$queryRaw<{ reason: string }[]>`
    SELECT reason FROM kill_switch WHERE act = ${act}::money_act
      AND (managed_account_id IS NULL OR managed_account_id = ${managedAccountId})
      AND (organization_id IS NULL OR organization_id = ${organizationId})
    ORDER BY created_at LIMIT 1`;
  if (!stop) return;
  const { code, what } = refusals[act];
  throw new AppError(code, `${what} is stopped: ${asSentence(stop.reason)} Nothing was done.`);
}

function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
