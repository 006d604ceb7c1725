import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../ids";
import { send } from "../testing/browser";
import { type Caller, openKey } from "../testing/callers";
import { openDesk, openMember, openOrganization, unlimited } from "../testing/desk";
import { openTrunk } from "../testing/rows";

/** A directory of 100,000 numbers, walked to its end while more are bought. */

const count = 100_000;
/** One statement for all would be slow: every row of it updates the same total, and none of the old ones can go meanwhile. */
const batch = 1_000;

let desk: Awaited<ReturnType<typeof openDesk>>;
let sql: Client;
let caller: Caller;
let trunk: Awaited<ReturnType<typeof openTrunk>>;

beforeAll(async () => {
  desk = await openDesk(unlimited);
  const owner = await openMember(await openOrganization({ numberLimit: 2 * count }));
  caller = await openKey(owner);
  trunk = await openTrunk(owner);
  sql = new Client({ connectionString: desk.databaseUrl });
  await sql.connect();
  for (let from = 0; from < count; from += batch) await insertNumbers("+14", from, from + batch);
  await sql.query("ANALYZE phone_number");
}, 300_000);
afterAll(async () => {
  await sql.end();
  await desk.close();
});

/** Active numbers `<prefix>` and nine digits counted up; a hundred were bought at the same moment, so that ids decide. */
async function insertNumbers(prefix: string, from: number, to: number, when = "2026-01-01"): Promise<void> {
  await sql.query(
    `INSERT INTO phone_number (id, organization_id, phone_number, state, source, managed_account_id, trunk_id,
       carrier_number_id, tag, country_code, type, monthly_cost, currency, purchased_at, created_at)
     SELECT $1 || n, $2, $3 || lpad(n::text, 9, '0'), 'active', 'managed', $4, $5,
       'PN' || md5($1 || n), $1 || n, 'US', 'local', 1.15, 'USD', now(), $6::timestamptz + n / 100 * interval '1 minute'
     FROM generate_series($7::int, $8::int - 1) AS n`,
    [
      newId("num"),
      caller.member.organizationId,
      prefix,
      trunk.managedAccountId,
      trunk.trunkId,
      when,
      from,
      to,
    ],
  );
}

async function get(address: string) {
  const reply = await send("GET", address, undefined, caller.headers);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}

let added = 0;

/** One before and one behind everything there was, in either order. */
async function addMeanwhile(): Promise<void> {
  await insertNumbers("+13", added, added + 1, "2020-01-01");
  await insertNumbers("+19", added, added + 1, "2030-01-01");
  added += 1;
}

test.each(["-created_at", "phone_number"])(
  "sorted by %s, 200 at a time, while numbers are added: none twice, none missing, in order",
  async (sort) => {
    const before = await sql.query<{ id: string }>("SELECT id FROM phone_number");
    const ids: string[] = [];
    const values: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { sort, limit: "200", ...(cursor ? { cursor } : {}) };
      const page: { data: Record<string, string>[]; next_cursor: string | null } = await get(
        `/core/phone-numbers?${new URLSearchParams(query)}`,
      );
      for (const number of page.data) {
        ids.push(number.id ?? "");
        values.push(number[sort.replace("-", "")] ?? "");
      }
      cursor = page.next_cursor;
      if (cursor) expect(page.data).toHaveLength(200);
      await addMeanwhile();
    } while (cursor);

    const seen = new Set(ids);
    expect(seen.size).toBe(ids.length);
    expect(before.rows.filter(({ id }) => !seen.has(id))).toEqual([]);
    const sorted = values.toSorted();
    expect(values).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
  },
  240_000,
);

test("what is counted on the way is what there is, in both APIs", async () => {
  const { rows } = await sql.query<{ numbers: number }>("SELECT count(*)::int AS numbers FROM phone_number");
  const numbers = rows[0]?.numbers ?? 0;
  expect(numbers).toBe(count + 2 * added);
  expect((await get("/core/organization")).numbers).toBe(numbers);
  const last = await get(`/api/public/v1/telephony/numbers?limit=100&offset=${numbers - 1}`);
  expect(last.data).toHaveLength(1);
  expect(last.pagination).toEqual({ total: numbers, limit: 100, offset: numbers - 1, has_more: false });
  const first = await get("/api/public/v1/telephony/numbers?limit=1");
  expect(first.pagination).toEqual({ total: numbers, limit: 1, offset: 0, has_more: true });
});
