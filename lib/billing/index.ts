import type { OrganizationId } from "../context";
import type { Tx } from "../db/transaction";
import { newId } from "../ids";
import { periodStart } from "./periods";

export { isoDate, nextRenewal, periodStart, periodsBegun } from "./periods";
export { chargeBegunMonths, renewDueNumbers } from "./renew";

/** Whether the month that runs now is charged for this number already, as of a stay that ended before its month did. */
export async function isMonthCharged(tx: Tx, phoneNumberId: string): Promise<boolean> {
  const lines = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM ledger_line
    WHERE phone_number_id = ${phoneNumberId} AND period_end > (now() AT TIME ZONE 'UTC')::date LIMIT 1`;
  return lines.length > 0;
}

interface FirstPeriod {
  organizationId: OrganizationId;
  phoneNumberId: string;
  purchasedAt: Date;
  amount: string;
  currency: string;
}

/** Writes the charge of the first month. Writing it again changes nothing. */
export async function chargeFirstPeriod(tx: Tx, line: FirstPeriod): Promise<void> {
  const { purchasedAt, ...rest } = line;
  await tx.ledgerLine.createMany({
    data: [
      {
        id: newId("led"),
        ...rest,
        periodStart: periodStart(purchasedAt, 0),
        periodEnd: periodStart(purchasedAt, 1),
      },
    ],
    skipDuplicates: true,
  });
}
