import "./node-version.mjs";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot, shown } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { embeddedPostgres } from "./postgres.mjs";
import { Explained, report, say } from "./progress.mjs";
import { migrationList, noFilters, openSchemaEngine, schemaFiles } from "./schema-engine.mjs";
import { readSecrets } from "./secrets.mjs";

const work = inRoot(".data/new-migration");
const migrations = inRoot("prisma/migrations");

/**
 * Writes the SQL that leads from the migrations to the schema. It plays the migrations into an empty database of its
 * own, so neither the development database nor its state matter.
 */
async function writeMigration(name) {
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? "")) {
    throw new Explained(
      "Give it a name of lower-case letters, digits and _: npm run migrate:new -- add_trunk_region",
    );
  }
  const sql = await withDatabase(difference);
  if (!sql || sql.startsWith("-- This is an empty migration"))
    return say("The migrations already lead to this schema.");
  const now = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(migrations, `${now}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), `${sql.trimEnd()}\n`);
  const lockfile = join(migrations, "migration_lock.toml");
  if (!existsSync(lockfile)) writeFileSync(lockfile, 'provider = "postgresql"\n');
  say(
    `Wrote ${shown(folder)}/migration.sql. Read it: take out what it says about things that only SQL knows (indexes on ` +
      "expressions, generated columns), and add what a schema cannot say (checks, partial indexes, triggers).",
  );
}

async function difference({ databaseUrl, shadowUrl }) {
  const { engine, close } = await openSchemaEngine(databaseUrl, { shadowUrl });
  try {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationList() },
      to: { tag: "schemaDatamodel", files: schemaFiles() },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return stdout;
  } finally {
    await close();
  }
}

async function withDatabase(use) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o711 });
  const postgres = embeddedPostgres({
    directory: join(work, "postgres"),
    log: join(work, "postgres.log"),
    secrets: readSecrets(work),
    settings: { fsync: "off" },
    choosePort: freePort,
  });
  try {
    await postgres.start();
    return await use({
      databaseUrl: await postgres.ensureDatabase("linedesk"),
      shadowUrl: await postgres.ensureDatabase("shadow"),
    });
  } finally {
    await postgres.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

try {
  await writeMigration(process.argv[2]);
} catch (error) {
  report(error);
  process.exitCode = 1;
}
