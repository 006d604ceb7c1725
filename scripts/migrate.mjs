import "./node-version.mjs";
import { isEntry } from "./entry.mjs";
import { loadEnvironment } from "./environment.mjs";
import { Explained, report, say } from "./progress.mjs";
import { migrationList, migrationNames, noFilters, openSchemaEngine } from "./schema-engine.mjs";

const OLDEST_POSTGRES = 15;
/** Any number that nothing else locks. Prisma's engine takes one of its own, so it must not be that one (72707369). */
const MIGRATION_LOCK = 5_463_375;

/**
 * Applies the migrations that a database does not have yet, and answers their names. Safe to call from many
 * processes at once: the others wait, then find nothing left to do.
 */
export async function migrate(databaseUrl) {
  const client = await connect(databaseUrl);
  try {
    await requireRecentPostgres(client);
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    if (await isUpToDate(client)) return [];
    await forgetUnfinished(client);
    return await applyMissing(databaseUrl);
  } finally {
    await client.end(); // ends the session and with it the lock
  }
}

async function applyMissing(databaseUrl) {
  const { engine, close } = await openSchemaEngine(databaseUrl);
  try {
    const input = { migrationsList: migrationList(), filters: noFilters };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    const [reason, trace = ""] = error.message.split(/\n\s+0: /);
    const name = /migration_name="([^"]+)"/.exec(trace)?.[1];
    throw new Explained(`The migration${name ? ` ${name}` : ""} failed and changed nothing.\n${reason}`);
  } finally {
    await close();
  }
}

/**
 * A migration is one transaction, so one that was begun and not finished has left nothing, and may run again. The
 * engine alone would refuse to go on until someone marks it by hand. We hold the lock: nobody is applying one now.
 */
async function forgetUnfinished(client) {
  if (!(await hasMigrationsTable(client))) return;
  await client.query(
    "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL",
  );
}

async function hasMigrationsTable(client) {
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present");
  return rows[0].present;
}

async function connect(databaseUrl) {
  const { default: pg } = await import("pg");
  let where = "";
  try {
    const { hostname, port, pathname } = new URL(databaseUrl);
    where = `${hostname}:${port || 5432}${pathname}`;
  } catch {
    throw new Explained("DATABASE_URL must look like postgresql://user:password@host:5432/database.");
  }
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new Explained(`The database at ${where} cannot be reached: ${error.message || error.code}`);
  }
}

async function requireRecentPostgres(client) {
  const { rows } = await client.query("SHOW server_version_num");
  const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
  if (major < OLDEST_POSTGRES)
    throw new Explained(`Linedesk needs PostgreSQL ${OLDEST_POSTGRES} or newer; this server is ${major}.`);
}

/** The usual case at a start, told by one query instead of by loading the engine. */
async function isUpToDate(client) {
  if (!(await hasMigrationsTable(client))) return false;
  const { rows } = await client.query(
    "SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const finished = new Set(rows.filter((row) => row.finished_at).map((row) => row.migration_name));
  return finished.size === rows.length && migrationNames().every((name) => finished.has(name));
}

if (isEntry(import.meta.url)) {
  loadEnvironment();
  try {
    if (!process.env.DATABASE_URL)
      throw new Explained("Set DATABASE_URL. The embedded database is migrated by npm start.");
    const applied = await migrate(process.env.DATABASE_URL);
    say(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "Nothing to apply.");
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
