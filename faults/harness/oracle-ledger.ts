import type { Transition } from "./observation";
import type { NumberRow } from "./oracle";

/** O6: one line for each month a number was ours, counted from its day of purchase, and none besides. */

export interface LedgerLine {
  phone_number_id: string;
  /** YYYY-MM-DD, as is the next. */
  period_start: string;
  period_end: string;
  amount: string;
}

interface Evidence {
  rows: NumberRow[];
  transitions: Transition[];
  ledger: LedgerLine[];
}

interface Found {
  rule: "O6";
  organizationId: string;
  detail: string;
}

export function explainLedger({ rows, transitions, ledger }: Evidence): Found[] {
  const lastDay = new Map<string, Date>();
  for (const { phone_number_id, to_state, at } of transitions) {
    // On its way out it begins no month any more, however long the carrier takes.
    if (to_state === "gone" || to_state === "releasing") lastDay.set(phone_number_id, at);
    else if (to_state !== "released") lastDay.delete(phone_number_id);
  }
  return rows.flatMap((row) => {
    const lines = ledger.filter((line) => line.phone_number_id === row.id);
    const expected =
      row.purchased_at && row.monthly_cost !== null
        ? monthsUntil(row.purchased_at, lastDay.get(row.id) ?? new Date())
        : [];
    const actual = lines.map(({ period_start, period_end }) => `${period_start}..${period_end}`).sort();
    if (actual.join() === expected.join()) return [];
    const detail = `${row.phone_number} (${row.id}, ${row.state}) should be charged for [${expected}] and is for [${actual}].`;
    return [{ rule: "O6" as const, organizationId: row.organization_id, detail }];
  });
}

/** Months that had begun by then, worked out in another way than the product does. */
function monthsUntil(purchasedAt: Date, until: Date): string[] {
  const months: string[] = [];
  const today = until.toISOString().slice(0, 10);
  for (let month = 0; ; month += 1) {
    const start = anniversary(purchasedAt, month);
    if (month > 0 && start > today) return months;
    months.push(`${start}..${anniversary(purchasedAt, month + 1)}`);
  }
}

/** Day by day back from the wished date until it is in the wished month. */
function anniversary(purchasedAt: Date, month: number): string {
  const wanted = (purchasedAt.getUTCMonth() + month) % 12;
  const date = new Date(purchasedAt);
  date.setUTCMonth(date.getUTCMonth() + month);
  while (date.getUTCMonth() !== wanted) date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
