import pg from "pg";
import { tsImport } from "tsx/esm/api";
import { callersFor } from "./scenarios.mjs";

/** More than any machine can send to one of the servers that count them. */
const mostRequests = 100_000;

/**
 * Fills the database for the measurement: an organization with 100,000 numbers, one with 1,000, and many with none, each
 * with a key. Answers the keys and some of the numbers.
 */
export async function fill(databaseUrl) {
  const { newCredential } = await tsImport("../../lib/api-keys/credential.ts", import.meta.url);
  const { newId } = await tsImport("../../lib/ids.ts", import.meta.url);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();

  async function addOrganizations(count) {
    const ids = Array.from({ length: count }, () => newId("org"));
    const keys = ids.map(() => newCredential("key"));
    await client.query(
      `INSERT INTO organization (id, name, slug, number_limit, updated_at)
        SELECT id, 'Measured organization', lower(id), 1000000, now() FROM unnest($1::text[]) id`,
      [ids],
    );
    await client.query(
      `INSERT INTO api_key (id, organization_id, name, secret_hash, scopes, created_by)
        SELECT key.id, key.organization_id, 'Measured key', key.hash, '{phone_numbers:manage}', '{}'
        FROM unnest($1::text[], $2::text[], $3::bytea[]) AS key (id, organization_id, hash)`,
      [keys.map(({ id }) => id), ids, keys.map(({ hash }) => Buffer.from(hash))],
    );
    return { ids, keys: keys.map(({ text }) => text) };
  }

  async function addDirectory({ count, after }) {
    const { ids, keys } = await addOrganizations(1);
    const numbers = await addNumbers(client, { organizationId: ids[0], newId, count, after });
    return { key: keys[0], numbers };
  }

  try {
    const large = await addDirectory({ count: 100_000, after: 0 });
    const small = await addDirectory({ count: 1_000, after: 100_000 });
    const callers = {};
    for (const variant of ["none", "ahead", "each"]) {
      callers[variant] = (await addOrganizations(callersFor(mostRequests))).keys;
    }
    await client.query("VACUUM ANALYZE");
    const { rows } = await client.query("SHOW server_version");
    return { large, small, callers, postgres: rows[0].server_version };
  } finally {
    await client.end();
  }
}

/**
 * Active managed numbers, a minute apart, each bought by an order; one agent answers all of them and calls from half.
 * Answers a thousand of them, evenly spread.
 */
async function addNumbers(client, { organizationId, newId, count, after }) {
  const agentId = newId("agt");
  const trunkId = newId("trk");
  const values = [organizationId];
  // It would rewrite the one total of the organization for each number; the total is set once, below.
  await client.query("ALTER TABLE phone_number DISABLE TRIGGER phone_number_totals_moved");
  await client.query(
    `INSERT INTO trunk (id, organization_id, managed_account_id, name, updated_at)
      SELECT $2, $1, id, 'Local carrier', now() FROM managed_account WHERE is_default`,
    [...values, trunkId],
  );
  await client.query(
    `INSERT INTO agent (id, organization_id, name, latest_version, updated_at) VALUES ($2, $1, 'Reception', 1, now())`,
    [...values, agentId],
  );
  await client.query(
    `INSERT INTO agent_version (id, organization_id, agent_id, version, config, published_at, updated_at)
      VALUES ($3, $1, $2, 1, '{"endpoint":{"type":"sip","url":"sip:reception@agents.example.com"}}', now(), now())`,
    [...values, agentId, newId("ver")],
  );
  const { rows } = await client.query(
    `INSERT INTO phone_number (id, organization_id, phone_number, state, managed_account_id, trunk_id,
        carrier_number_id, country_code, type, region, locality, sms, mms, label, monthly_cost, currency,
        purchased_at, created_at, assignment_changed_at)
      SELECT 'num_' || lpad(n::text, 22, '0'), $1, '+1' || 415 + n / 10000 || '555' || lpad((n % 10000)::text, 4, '0'),
        'active', t.managed_account_id, t.id, 'PN' || lpad(n::text, 32, '0'), 'US', 'local', 'CA', 'San Francisco',
        true, true, 'Line of office ' || n, 1.15, 'USD', moment, moment, moment
      FROM trunk t, generate_series($3::int, $3::int + $4::int - 1) n,
        LATERAL (SELECT now() - n * interval '1 minute' AS moment) m
      WHERE t.id = $2 RETURNING id, phone_number`,
    [...values, trunkId, after, count],
  );
  await client.query(
    `INSERT INTO purchase_order (id, organization_id, phone_number_id, managed_account_id, status, monthly_cost,
        currency, wishes, requested_by, request_id, settled_at)
      SELECT 'po_' || substr(id, 5), $1, id, managed_account_id, 'bought', 1.15, 'USD', '{}', '{}', 'req_' || id, now()
      FROM phone_number WHERE organization_id = $1`,
    values,
  );
  await client.query(
    `INSERT INTO assignment (organization_id, phone_number_id, direction, agent_id)
      SELECT $1, id, d, $2 FROM phone_number, unnest(enum_range(NULL::direction)) d
      WHERE organization_id = $1 AND (d = 'inbound' OR right(id, 1)::int % 2 = 0)`,
    [...values, agentId],
  );
  await client.query(
    `INSERT INTO number_total (organization_id, currency, numbers, monthly_cost) VALUES ($1, 'USD', $2::int, $2::int * 1.15)`,
    [...values, count],
  );
  await client.query("ALTER TABLE phone_number ENABLE TRIGGER phone_number_totals_moved");
  return rows.filter((_, index) => index % (count / 1_000) === 0).map(({ phone_number }) => phone_number);
}
