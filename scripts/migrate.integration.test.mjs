import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "./migrate.mjs";
import { migrationNames } from "./schema-engine.mjs";

// Not the template itself: while anyone is connected to it, other tests cannot copy it.
const server = Object.assign(new URL(process.env.TEST_DATABASE_URL), { pathname: "/postgres" }).href;
let name;
let url;

async function query(connectionString, text) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  name = `migrate_${randomUUID().replaceAll("-", "")}`;
  await query(server, `CREATE DATABASE ${name}`);
  url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
});
afterEach(() => query(server, `DROP DATABASE ${name} WITH (FORCE)`));

test("two starts at once apply each migration once, and a third finds nothing to do", async () => {
  const [one, other] = await Promise.all([migrate(url), migrate(url)]);
  expect([...one, ...other]).toEqual(migrationNames());
  expect(await migrate(url)).toEqual([]);
});

test("a migration cut short by a crash does not block the next start", async () => {
  await migrate(url);
  const last = migrationNames().at(-1);
  await query(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await expect(migrate(url)).resolves.toContain(last);
  await query(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
     VALUES ('cut-short', '', '20000101000000_cut_short', now(), 0)`,
  );
  await expect(migrate(url)).resolves.toEqual([]);
  const rows = await query(url, "SELECT rolled_back_at FROM _prisma_migrations WHERE id = 'cut-short'");
  expect(rows[0].rolled_back_at).toBeInstanceOf(Date);
});

test("an unreachable server is named without its password", async () => {
  const attempt = migrate("postgresql://someone:secret@127.0.0.1:1/nowhere");
  await expect(attempt).rejects.toThrow(/The database at 127\.0\.0\.1:1\/nowhere cannot be reached/);
  await expect(attempt).rejects.not.toThrow(/secret/);
});
