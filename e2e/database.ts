import { Pool } from "pg";
import { newId } from "@/lib/ids";
import { stack } from "./environment";

/** Rows that a test starts from, written straight into the database. */

export type Role = "owner" | "admin" | "operator" | "viewer";

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface TestAgent {
  id: string;
  name: string;
}

let pool: Pool | undefined;

export async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  pool ??= connect();
  return (await pool.query<Row>(text, values)).rows;
}

function connect(): Pool {
  const fresh = new Pool({ connectionString: stack.databaseUrl, max: 4, allowExitOnIdle: true });
  // The test that takes the database away breaks idle connections; the next query opens a new one.
  fresh.on("error", () => {});
  return fresh;
}

export async function createOrganization(numberLimit: number): Promise<{ id: string; name: string }> {
  const id = newId("org");
  const name = `Organization ${id.slice(-6)}`;
  await query("INSERT INTO organization (id, name, slug, number_limit) VALUES ($1, $2, $3, $4)", [
    id,
    name,
    id.toLowerCase(),
    numberLimit,
  ]);
  return { id, name };
}

export async function createMember(organizationId: string, role: Role): Promise<Member> {
  const id = newId("usr");
  const member = { id, role, name: `Tess ${role}`, email: `${id.toLowerCase()}@example.com` };
  await query('INSERT INTO "user" (id, email, name) VALUES ($1, $2, $3)', [id, member.email, member.name]);
  await query("INSERT INTO membership (organization_id, user_id, role) VALUES ($1, $2, $3)", [
    organizationId,
    id,
    role,
  ]);
  return member;
}

export async function createAgent(
  organizationId: string,
  name: string,
  versions: number,
): Promise<TestAgent> {
  const id = newId("agt");
  await query("INSERT INTO agent (id, organization_id, name, latest_version) VALUES ($1, $2, $3, $4)", [
    id,
    organizationId,
    name,
    versions || null,
  ]);
  for (let version = 1; version <= versions; version += 1) {
    await query(
      `INSERT INTO agent_version (id, organization_id, agent_id, version, config, published_at)
       VALUES ($1, $2, $3, $4, $5, now())`,
      [
        newId("ver"),
        organizationId,
        id,
        version,
        { endpoint: { type: "sip", url: `sip:v${version}@agents.example.com` } },
      ],
    );
  }
  return { id, name };
}

/**
 * As many numbers as asked for, on a trunk of the customer's own: the carrier knows nothing of them. They are
 * `+1 <area code> 234 0000` and on, with labels "Line 00000" and on, one minute of age apart.
 */
export async function createByocNumbers(
  organizationId: string,
  areaCode: string,
  count: number,
): Promise<void> {
  const trunkId = newId("trk");
  await query("INSERT INTO trunk (id, organization_id, name) VALUES ($1, $2, 'Own carrier')", [
    trunkId,
    organizationId,
  ]);
  // In portions: each row updates the organization's totals, and one transaction would pile up dead versions of them.
  const portion = 500;
  for (let first = 0; first < count; first += portion) {
    await query(
      `INSERT INTO phone_number (id, organization_id, phone_number, state, source, trunk_id, country_code, type,
         label, monthly_cost, currency, created_at, assignment_changed_at)
       SELECT 'num_' || $1 || lpad(i::text, 5, '0'), $2, '+1' || $3 || '234' || lpad(i::text, 4, '0'), 'active', 'byoc',
         $4, 'US', 'local', 'Line ' || lpad(i::text, 5, '0'), 1 + (i % 10) * 0.1, 'USD',
         now() - make_interval(mins => i), now() - make_interval(mins => i)
       FROM generate_series($5::int, $6::int) AS i`,
      [
        organizationId.slice(4),
        organizationId,
        areaCode,
        trunkId,
        first,
        Math.min(first + portion, count) - 1,
      ],
    );
  }
}

/** Makes an organization one of those that run the installation. */
export async function makeOperator(organizationId: string): Promise<void> {
  await query("UPDATE organization SET operates_installation = true WHERE id = $1", [organizationId]);
}

/** Ends the hold of a number now, as if its days were over. */
export async function endHold(phoneNumber: string): Promise<void> {
  const [held] = await query<{ id: string }>(
    `UPDATE phone_number SET next_check_at = now() WHERE phone_number = $1 AND state = 'held' RETURNING id`,
    [phoneNumber],
  );
  if (!held) throw new Error(`${phoneNumber} is not held.`);
  await query(
    `UPDATE release_order SET release_at = now() WHERE phone_number_id = $1 AND status = 'pending'`,
    [held.id],
  );
}

/** A number that the organization of `like` gave back once and that the carrier has put on sale since. */
export async function createReleasedNumber(like: string, phoneNumber: string): Promise<void> {
  await query(
    `INSERT INTO phone_number (id, organization_id, phone_number, state, source, trunk_id, managed_account_id,
       carrier_number_id, country_code, type, label, monthly_cost, currency, purchased_at, released_at, created_at)
     SELECT $1, organization_id, $2, 'released', source, trunk_id, managed_account_id, 'PN' || md5($2), country_code, type,
       'Old line', monthly_cost, currency, now() - interval '60 days', now() - interval '30 days',
       now() - interval '60 days'
     FROM phone_number WHERE id = $3`,
    [newId("num"), phoneNumber, like],
  );
}

interface NumberRow {
  id: string;
  organization_id: string;
  state: string;
  live: boolean;
  carrier_number_id: string | null;
  outbound_shareable: boolean;
}

/** Every stay of this number in the installation, oldest first. */
export async function readNumbers(phoneNumber: string): Promise<NumberRow[]> {
  return await query<NumberRow>(
    `SELECT id, organization_id, state, live, carrier_number_id, outbound_shareable
     FROM phone_number WHERE phone_number = $1 ORDER BY created_at, id`,
    [phoneNumber],
  );
}

/** Changes whenever anything of the organization does; equal before and after means that nothing was written. */
export async function fingerprint(organizationId: string): Promise<string> {
  const tables = ["phone_number", "assignment", "agent", "agent_version", "purchase_order", "release_order"];
  const parts = await Promise.all(
    [...tables, "ledger_line", "audit_event", "trunk"].map(async (table) => {
      const [row] = await query<{ print: string | null }>(
        `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS print FROM ${table} t WHERE organization_id = $1`,
        [organizationId],
      );
      return row?.print ?? "none";
    }),
  );
  return parts.join(" ");
}
