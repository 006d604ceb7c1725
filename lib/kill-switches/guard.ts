import type { MoneyAct } from "../db/generated/enums";
import type { Db } from "../db/transaction";
import { AppError } from "../errors";

interface Reach {
  organizationId: string;
  managedAccountId: string;
}

/** Passes unless buying is stopped for whom or where this is. Throws `safe_mode`, `buying_stopped`. */
export async function requireBuying(db: Db, reach: Reach): Promise<void> {
  await requireAct(db, "buying", reach);
}

/** Passes unless releasing is stopped for whom or where this is. Throws `safe_mode`, `releasing_stopped`. */
export async function requireReleasing(db: Db, reach: Reach): Promise<void> {
  await requireAct(db, "releasing", reach);
}

/** Read from the rows each time, in the transaction that would do it: a switch works from the next act on, everywhere. */
async function requireAct(db: Db, act: MoneyAct, { organizationId, managedAccountId }: Reach): Promise<void> {
  const [found] = await db.$queryRaw<{ safe_mode_reason: string | null; stop_reason: string | null }[]>`
    SELECT
      (SELECT safe_mode_reason FROM installation WHERE safe_mode_since IS NOT NULL) AS safe_mode_reason,
      (SELECT reason FROM kill_switch WHERE act = ${act}::money_act
        AND (managed_account_id IS NULL OR managed_account_id = ${managedAccountId})
        AND (organization_id IS NULL OR organization_id = ${organizationId})
        ORDER BY created_at LIMIT 1) AS stop_reason`;
  if (found?.safe_mode_reason != null) {
    throw new AppError(
      "safe_mode",
      `Nothing can be bought or released until somebody has looked: ${found.safe_mode_reason}`,
    );
  }
  if (found?.stop_reason == null) return;
  const [code, what] =
    act === "buying"
      ? (["buying_stopped", "Buying numbers"] as const)
      : (["releasing_stopped", "Releasing numbers"] as const);
  throw new AppError(code, `${what} is stopped: ${found.stop_reason} Nothing was done.`);
}
