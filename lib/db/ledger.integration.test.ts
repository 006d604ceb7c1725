import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../ids";
import { openAgent, openDesk, openOrganization } from "../testing/desk";
import { createNumberPool } from "../testing/local-carrier";
import { outcomeOf } from "../testing/outcome";
import { insertNumber, insertPurchase } from "../testing/rows";
import { database } from "./client";
import { NumberState } from "./generated/enums";

let desk: Awaited<ReturnType<typeof openDesk>>;
let sql: Client;
const takeNumber = createNumberPool();

beforeAll(async () => {
  desk = await openDesk();
  sql = new Client({ connectionString: desk.databaseUrl });
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await desk.close();
});

const outcome = (statement: string, values?: unknown[]) => outcomeOf(sql, statement, values);

async function names(statement: string): Promise<string[]> {
  return (await sql.query<{ name: string }>(statement)).rows.map((row) => row.name).sort();
}

describe("what the Prisma schema cannot say", () => {
  test("partial, expression and text-search indexes are there", async () => {
    const found = await names(`SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'
      AND indexdef ~ ' WHERE |gin_trgm_ops|COALESCE|NULLS NOT DISTINCT'`);
    const expected = [
      "carrier_sync_running",
      "drift_of_number",
      "drift_unsettled",
      "kill_switch_reach",
      "managed_account_default",
      "phone_number_digits",
      "phone_number_directory_cost",
      "phone_number_directory_created",
      "phone_number_directory_number",
      "phone_number_directory_past",
      "phone_number_directory_updated",
      "phone_number_label",
      "phone_number_live",
      "phone_number_live_carrier_number",
      "phone_number_unfinished",
      "release_order_pending",
    ];
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test("checks are there", async () => {
    const found = await names(
      "SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
    );
    expect(found).toEqual([
      "agent_deleted_unpublished",
      "agent_metadata_object",
      "agent_version_positive",
      "assignment_agent_published",
      "assignment_number_assignable",
      "carrier_sync_failure_has_reason",
      "carrier_sync_finished",
      "drift_e164",
      "drift_number_of_organization",
      "drift_open_or_resolved",
      "installation_one_row",
      "installation_safe_mode_has_reason",
      "installation_tag_form",
      "kill_switch_one_reach",
      "ledger_line_period",
      "number_total_not_negative",
      "organization_number_limit_not_negative",
      "phone_number_active_is_confirmed",
      "phone_number_cost_has_currency",
      "phone_number_detached_brought_along",
      "phone_number_e164",
      "phone_number_locked_stays",
      "phone_number_release_managed_only",
      "phone_number_release_names_it",
      "phone_number_unfinished_is_due",
      "purchase_order_refusal_has_reason",
      "purchase_order_settled",
      "release_order_settled",
    ]);
  });

  test("triggers and generated columns are there", async () => {
    expect(
      await names("SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"),
    ).toEqual([
      "agent_version_frozen",
      "audit_event_frozen",
      "ledger_line_frozen",
      "phone_number_totals_changed",
      "phone_number_totals_moved",
    ]);
    const generated = await names(`SELECT attrelid::regclass || '.' || attname AS name FROM pg_attribute
      WHERE attgenerated = 's' AND NOT attisdropped`);
    expect(generated).toEqual([
      "agent.published",
      "agent_version.published",
      "phone_number.assignable",
      "phone_number.live",
    ]);
  });
});

describe("each check bites", () => {
  test.each([
    ["installation_one_row", "INSERT INTO installation (id, tag) VALUES (2, 'abcdef')"],
    ["installation_tag_form", "INSERT INTO installation (tag) VALUES ('a.cdef') ON CONFLICT DO NOTHING"],
    ["installation_safe_mode_has_reason", "UPDATE installation SET safe_mode_since = now()"],
    [
      "kill_switch_one_reach",
      `INSERT INTO kill_switch (id, act, managed_account_id, organization_id, reason, set_by)
        SELECT 'ks_1', 'buying', a.id, o.id, 'x', '{}' FROM managed_account a, organization o LIMIT 1`,
    ],
    [
      "phone_number_locked_stays",
      "UPDATE phone_number SET locked = true, state = 'held', next_check_at = now()",
    ],
    ["organization_number_limit_not_negative", "UPDATE organization SET number_limit = -1"],
    ["number_total_not_negative", "UPDATE number_total SET numbers = -1"],
    ["phone_number_e164", "UPDATE phone_number SET phone_number = '4155550100'"],
    ["phone_number_cost_has_currency", "UPDATE phone_number SET currency = NULL"],
    [
      "phone_number_active_is_confirmed",
      "UPDATE phone_number SET carrier_number_id = NULL WHERE state = 'active'",
    ],
    [
      "phone_number_active_is_confirmed",
      "UPDATE phone_number SET purchased_at = NULL WHERE state = 'active'",
    ],
    [
      "phone_number_unfinished_is_due",
      "UPDATE phone_number SET next_check_at = NULL WHERE state = 'unknown'",
    ],
    ["purchase_order_refusal_has_reason", "UPDATE purchase_order SET status = 'refused', settled_at = now()"],
    ["purchase_order_settled", "UPDATE purchase_order SET status = 'bought'"],
    ["purchase_order_settled", "UPDATE purchase_order SET settled_at = now()"],
    [
      "managed_account_default",
      `INSERT INTO managed_account (id, carrier, carrier_account_id, name, is_default) VALUES ('mac_2', 'twilio', 'AC', 'x', true)`,
    ],
  ])("%s", async (constraint, statement) => {
    const ctx = await openOrganization();
    await insertNumber(ctx, takeNumber());
    await insertPurchase(ctx, takeNumber(), { state: "unknown" });
    expect(await outcome(statement)).toBe(constraint);
  });

  test("release orders: one pending at a time, settled when it is not", async () => {
    const ctx = await openOrganization();
    const numberId = await insertNumber(ctx, takeNumber());
    const insert = (status: string) =>
      outcome(
        `INSERT INTO release_order (id, organization_id, phone_number_id, status, slots, requested_by, request_id)
         VALUES ($1, $2, $3, $4::release_status, '[]', '{}', 'req_1')`,
        [newId("rel"), ctx.organizationId, numberId, status],
      );
    expect(await insert("released")).toBe("release_order_settled");
    expect(await insert("pending")).toBe("done");
    expect(await insert("pending")).toBe("release_order_pending");
  });
});

describe("the books", () => {
  test("an audit entry can be neither changed nor removed", async () => {
    const ctx = await openOrganization();
    await openAgent(ctx);
    expect(
      await database().auditEvent.count({ where: { organizationId: ctx.organizationId } }),
    ).toBeGreaterThan(0);
    expect(await outcome("UPDATE audit_event SET actor_name = 'Somebody'")).toBe("23001");
    expect(await outcome("DELETE FROM audit_event")).toBe("23001");
  });

  test("a ledger line is one per number and period, forwards in time, and frozen", async () => {
    const ctx = await openOrganization();
    const numberId = await insertNumber(ctx, takeNumber());
    const line = (start: string, end: string) =>
      outcome(
        `INSERT INTO ledger_line (id, organization_id, phone_number_id, period_start, period_end, amount, currency)
         VALUES ($1, $2, $3, $4, $5, 1.15, 'USD')`,
        [newId("led"), ctx.organizationId, numberId, start, end],
      );
    expect(await line("2026-01-31", "2026-02-28")).toBe("done");
    expect(await line("2026-01-31", "2026-02-28")).toBe("ledger_line_phone_number_id_period_start_key");
    expect(await line("2026-02-28", "2026-02-28")).toBe("ledger_line_period");
    expect(await outcome("UPDATE ledger_line SET amount = 0")).toBe("23001");
    expect(await outcome("DELETE FROM ledger_line")).toBe("23001");
  });

  test("totals are exact after any moves, prices and removals", async () => {
    const organizations = [await openOrganization(), await openOrganization()];
    const states = Object.values(NumberState);
    const prices = [null, "0", "0.0085", "1.15", "16.0000", "120.5"];
    const pick = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T;
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1)
      ids.push(await insertNumber(pick(organizations), takeNumber()));
    for (let round = 0; round < 300; round += 1) {
      const price = pick(prices);
      const move = {
        state: `UPDATE phone_number SET state = '${pick(states)}', next_check_at = now() WHERE id = $1`,
        price: `UPDATE phone_number SET monthly_cost = ${price ?? "NULL"}, currency = ${price === null ? "NULL" : `'${pick(["USD", "EUR"])}'`} WHERE id = $1`,
        label: "UPDATE phone_number SET label = 'x', version = version + 1 WHERE id = $1",
        remove: "DELETE FROM phone_number WHERE id = $1",
      }[
        pick([
          "state",
          "state",
          "state",
          "price",
          "price",
          "label",
          ...(round % 20 ? [] : ["remove" as const]),
        ] as const)
      ];
      await outcome(move, [pick(ids)]);
    }
    const counted =
      await sql.query(`SELECT organization_id, coalesce(currency, 'XXX') AS currency, count(*)::int AS numbers,
        coalesce(sum(monthly_cost), 0)::numeric(14,4)::text AS monthly_cost
      FROM phone_number WHERE live GROUP BY 1, 2 ORDER BY 1, 2`);
    const kept =
      await sql.query(`SELECT organization_id, currency, numbers, monthly_cost::text AS monthly_cost
      FROM number_total WHERE numbers > 0 ORDER BY 1, 2`);
    expect(kept.rows).toEqual(counted.rows);
    expect(kept.rows.length).toBeGreaterThan(2);
    const empty = await sql.query("SELECT 1 FROM number_total WHERE numbers = 0 AND monthly_cost <> 0");
    expect(empty.rowCount).toBe(0);
  });
});
