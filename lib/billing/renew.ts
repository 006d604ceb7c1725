import { recordAudit } from "../audit";
import { asOrganizationId } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { inTransaction, isDatabaseUnavailable, type Tx } from "../db/transaction";
import { failPoint } from "../fail-points";
import { newId } from "../ids";
import { isInSafeMode } from "../installation";
import { jobContext } from "../job-context";
import { log } from "../log";
import { isoDate, type Period, periodsBegun } from "./periods";

interface DueNumber {
  id: string;
  organization_id: string;
  purchased_at: Date;
  monthly_cost: string;
  currency: string;
  /** By the database, as everything that decides about money. */
  now: Date;
}

const renewal = { id: "renewal", name: "Renewal" };

const batch = 500;

/**
 * A number of ours whose current month nobody has charged. A period is at most 31 days, so only the newest lines of a
 * number are looked at.
 */
const isDue = Prisma.sql`
  n.state IN ('active', 'held') AND n.source = 'managed' AND n.purchased_at IS NOT NULL AND n.monthly_cost IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM ledger_line l
    WHERE l.phone_number_id = n.id AND l.period_start > (now() AT TIME ZONE 'UTC')::date - 32
      AND l.period_end > (now() AT TIME ZONE 'UTC')::date)`;

/**
 * Charges the months that have begun for every number we hold, one line each, also those a stopped installation missed;
 * numbers on their way out were charged when they set out and are left alone. Any number of processes may run it, and running it again
 * changes nothing. Returns how many lines were written. A number that cannot be charged is logged and holds up no other;
 * an absent database throws. In safe mode nothing is charged.
 */
export async function renewDueNumbers(): Promise<number> {
  let lines = 0;
  let after = "";
  // What the rows of a restored database say we hold may be released; afterwards the months are caught up with.
  while (!(await isInSafeMode(database()))) {
    const due = await database().$queryRaw<{ id: string }[]>`
      SELECT n.id FROM phone_number n WHERE n.id > ${after} AND ${isDue} ORDER BY n.id LIMIT ${batch}`;
    for (const { id } of due) lines += await renewOrLog(id);
    const last = due.at(-1);
    if (!last || due.length < batch) return lines;
    after = last.id;
  }
  return lines;
}

async function renewOrLog(phoneNumberId: string): Promise<number> {
  try {
    return await inTransaction((tx) => chargeMonths(tx, phoneNumberId, Prisma.sql`SKIP LOCKED`));
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    log.error({ err: error, phoneNumberId }, "A number could not be renewed; it is tried again next time.");
    return 0;
  }
}

/**
 * Charges the months that have begun of a number that is about to leave, which no renewal comes to any more. To be called
 * before it is moved, in the same transaction, which holds its lock from then on. In safe mode nothing is charged.
 */
export async function chargeBegunMonths(tx: Tx, phoneNumberId: string): Promise<void> {
  if (!(await isInSafeMode(tx))) await chargeMonths(tx, phoneNumberId, Prisma.empty);
}

/** Under the lock that a release takes too: whichever of the two comes first charges the month, and the other does not. */
async function chargeMonths(tx: Tx, phoneNumberId: string, whenLocked: Prisma.Sql): Promise<number> {
  const [number] = await tx.$queryRaw<DueNumber[]>`
    SELECT n.id, n.organization_id, n.purchased_at, n.monthly_cost::text AS monthly_cost, n.currency, now() AS now
    FROM phone_number n WHERE n.id = ${phoneNumberId} AND ${isDue} FOR NO KEY UPDATE OF n ${whenLocked}`;
  if (!number) return 0;
  let written = 0;
  for (const period of periodsBegun(number.purchased_at, number.now)) {
    if (await chargePeriod(tx, number, period)) written += 1;
  }
  await failPoint("renewal.charged");
  return written;
}

/** Writes the line of one month, unless it is there. */
async function chargePeriod(tx: Tx, number: DueNumber, { start, end }: Period): Promise<boolean> {
  const { id: phoneNumberId, monthly_cost: amount, currency } = number;
  const organizationId = asOrganizationId(number.organization_id);
  const line = { id: newId("led"), organizationId, phoneNumberId, amount, currency };
  const { count } = await tx.ledgerLine.createMany({
    data: [{ ...line, periodStart: start, periodEnd: end }],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  await recordAudit(tx, jobContext(organizationId, renewal), {
    action: "phone_number.renewed",
    objectType: "phone_number",
    objectId: phoneNumberId,
    after: {
      ledger_line_id: line.id,
      period_start: isoDate(start),
      period_end: isoDate(end),
      amount,
      currency,
    },
  });
  return true;
}
