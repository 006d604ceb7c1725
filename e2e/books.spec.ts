import { expect, test } from "@playwright/test";
import { carrier } from "./carrier";
import { query } from "./database";

/** Runs after everything else: nothing was lost and nothing was paid for twice, whatever the tests did. */

const unfinished = ["claimed", "calling", "unknown", "releasing"];

test("the carrier bills exactly the numbers that the database has", async () => {
  await expect(async () => {
    const rows = await query("SELECT 1 FROM phone_number WHERE state::text = ANY($1)", [unfinished]);
    expect(rows, "purchases and releases that have not settled").toHaveLength(0);
  }).toPass({ timeout: 60_000 });

  const { owned } = await carrier.readBooks();
  const held = await query<{ phone_number: string; carrier_number_id: string }>(
    `SELECT phone_number, carrier_number_id FROM phone_number WHERE live AND source = 'managed'`,
  );
  const atCarrier = owned.map((number) => `${number.phone_number} ${number.sid}`).sort();
  const inDatabase = held.map((row) => `${row.phone_number} ${row.carrier_number_id}`).sort();
  expect(inDatabase).toEqual(atCarrier);
});

test("each number was paid for as often as it became ours", async () => {
  const { charges, deletes, owned } = await carrier.readBooks();
  const bought = await query<{ phone_number: string }>(
    `SELECT n.phone_number FROM phone_number n JOIN purchase_order o ON o.phone_number_id = n.id
     WHERE o.status = 'bought'`,
  );
  // What tests buy in the carrier's console is adopted, given back or released there again.
  const paid = charges.filter((charge) => charge.kind === "purchase");
  expect(paid.map((charge) => charge.phone_number).sort()).toEqual(
    bought.map((row) => row.phone_number).sort(),
  );
  expect(charges.length - deletes.length).toBe(owned.length);
});

test("the ledger has one line for each number bought or adopted", async () => {
  const wrong = await query(
    `SELECT n.phone_number, count(l.id)::int AS lines
     FROM phone_number n LEFT JOIN ledger_line l ON l.phone_number_id = n.id
     WHERE n.source = 'managed'
     GROUP BY n.id, n.phone_number
     HAVING count(l.id) <> CASE WHEN
       EXISTS (SELECT 1 FROM purchase_order o WHERE o.phone_number_id = n.id AND o.status = 'bought')
       OR EXISTS (SELECT 1 FROM audit_event a WHERE a.object_id = n.id AND a.action = 'phone_number.adopted')
       THEN 1 ELSE 0 END`,
  );
  expect(wrong).toEqual([]);
});

test("every request to the carrier, and every answer, was as its own description has it", async () => {
  const { violations } = await carrier.readBooks();
  expect(violations).toEqual([]);
});
