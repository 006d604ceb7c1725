import type { OrganizationId } from "../context";
import type { Tx } from "../db/transaction";
import { newId } from "../ids";
import { periodStart } from "./periods";

export { isoDate, nextRenewal, periodStart } from "./periods";

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
