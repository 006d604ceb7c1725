import type { Pool } from "pg";

/**
 * Makes numbers a month older, with the first line of their ledger: their second month is due now. What is in the
 * books is frozen, so the trigger that holds it is taken away for a moment; nothing else may be going on.
 */
export async function ageByMonth(sql: Pool, phoneNumbers: string[]): Promise<void> {
  const client = await sql.connect();
  try {
    await client.query("BEGIN");
    await client.query("ALTER TABLE ledger_line DISABLE TRIGGER USER");
    await client.query(
      `WITH aged AS (
         UPDATE phone_number SET purchased_at = purchased_at - interval '1 month'
         WHERE phone_number = ANY($1) AND purchased_at IS NOT NULL RETURNING id, (purchased_at AT TIME ZONE 'UTC')::date AS day)
       UPDATE ledger_line l SET period_start = aged.day, period_end = (aged.day + interval '1 month')::date
       FROM aged WHERE l.phone_number_id = aged.id`,
      [phoneNumbers],
    );
    await client.query("ALTER TABLE ledger_line ENABLE TRIGGER USER");
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}
