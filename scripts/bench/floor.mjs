import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";

/**
 * The least that must be done: the same work on the same database with nothing but `node:http`, `pg` and prepared
 * statements. No routing, no schemas, no limits, no log; but it checks the key, and a change leaves its audit row.
 */

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const columns = `
  n.id, n.phone_number, n.state AS status, n.source, n.country_code, n.type AS phone_number_type, n.region, n.locality,
  n.voice, n.sms, n.mms, n.label, n.outbound_shareable, n.trunk_id, n.managed_account_id,
  n.monthly_cost, n.currency, n.version, n.purchased_at, n.released_at, n.assignment_changed_at AS updated_at,
  n.created_at,
  (SELECT o.id FROM purchase_order o WHERE o.phone_number_id = n.id) AS purchase_order_id,
  (SELECT json_object_agg(s.direction, json_build_object(
      'agent_id', s.agent_id, 'agent_name', a.name, 'version', v.version, 'agent_version_id', v.id,
      'follows_latest', s.version IS NULL))
    FROM assignment s
    JOIN agent a ON a.organization_id = s.organization_id AND a.id = s.agent_id
    JOIN agent_version v ON v.organization_id = s.organization_id AND v.agent_id = s.agent_id
      AND v.version = coalesce(s.version, a.latest_version)
    WHERE s.phone_number_id = n.id) AS slots`;

const statements = {
  key: `SELECT id, name, organization_id, scopes, secret_hash FROM api_key
    WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
  list: `SELECT ${columns} FROM phone_number n WHERE n.organization_id = $1 AND n.live
    ORDER BY n.created_at DESC, n.id DESC LIMIT 21`,
  read: `SELECT ${columns} FROM phone_number n WHERE n.organization_id = $1 AND n.phone_number = $2 AND n.live`,
  label: `WITH before AS (
      SELECT id, label FROM phone_number WHERE organization_id = $1 AND phone_number = $2 AND live FOR NO KEY UPDATE),
    changed AS (
      UPDATE phone_number n SET label = $3, version = n.version + 1 FROM before WHERE n.id = before.id RETURNING n.*),
    noted AS (
      INSERT INTO audit_event (id, organization_id, actor_kind, actor_id, actor_name, surface, action, object_type,
        object_id, before, after, request_id)
      SELECT 'aud_' || gen_random_uuid(), $1, 'key', $4, $5, 'core_api', 'phone_number.updated', 'phone_number',
        id, jsonb_build_object('label', label), jsonb_build_object('label', $3::text), 'req_floor' FROM before)
    SELECT ${columns} FROM changed n`,
};

async function query(name, values) {
  const { rows } = await pool.query({ name, text: statements[name], values });
  return rows;
}

async function findKey(authorization) {
  const [, id] = /^Bearer (ak_[0-9A-Za-z]{22})\.[0-9A-Za-z]{39}$/.exec(authorization ?? "") ?? [];
  if (!id) return null;
  const [key] = await query("key", [id]);
  const hash = createHash("sha256").update(authorization.slice("Bearer ".length)).digest();
  return key && timingSafeEqual(hash, key.secret_hash) ? key : null;
}

const numberPath = /^\/core\/phone-numbers\/(\+\d+)$/;

async function answer(request) {
  const key = await findKey(request.headers.authorization);
  if (!key) return [401, { status: 401, title: "Unauthorized" }];
  const { id, name, organization_id, scopes } = key;
  if (request.url === "/core/me") return [200, { kind: "key", id, name, organization_id, scopes }];
  if (request.url === "/core/phone-numbers?limit=20") {
    const rows = await query("list", [organization_id]);
    const data = rows.slice(0, 20);
    return [200, { data: data.map(flatten), next_cursor: rows.length > 20 ? cursorOf(data.at(-1)) : null }];
  }
  const [, number] = numberPath.exec(request.url) ?? [];
  if (!number) return [404, { status: 404, title: "Not found" }];
  const [row] =
    request.method === "PATCH"
      ? await query("label", [organization_id, number, (await readJson(request)).label, id, name])
      : await query("read", [organization_id, number]);
  return row ? [200, flatten(row)] : [404, { status: 404, title: "Not found" }];
}

function flatten({ slots, ...number }) {
  return { ...number, inbound: slots?.inbound ?? null, outbound: slots?.outbound ?? null };
}

function cursorOf({ created_at, id }) {
  return Buffer.from(JSON.stringify([created_at, id])).toString("base64url");
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const server = createServer((request, response) => {
  answer(request).then(
    ([status, body]) => {
      const text = JSON.stringify(body);
      response.writeHead(status, {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(text),
      });
      response.end(text);
    },
    (error) => {
      console.error(error);
      response.destroy();
    },
  );
});
server.listen(Number(process.env.PORT), "127.0.0.1");

process.once("SIGTERM", () => {
  server.close(() => pool.end());
  server.closeAllConnections();
});
