import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";

const migrationsDirectory = inRoot("prisma/migrations");
const schemaDirectory = inRoot("prisma/schema");

export const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Prisma's schema engine as WebAssembly over node-postgres: the same engine as the CLI's native one, which the CLI
 * would have to download. It keeps the same `_prisma_migrations` table, so the CLI can take over where it works.
 * `shadowUrl`, for `diff`: an empty database to play the migrations into. Call `close` when done.
 */
export async function openSchemaEngine(databaseUrl, { shadowUrl } = {}) {
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  engineModule ??= await loadEngineModule();
  const { factory, close } = await adapterFactory(databaseUrl, shadowUrl);
  const datamodels = schemaFiles().map(({ path, content }) => [path, content]);
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, bound);
  return {
    engine,
    close: async () => {
      engine.free();
      await close();
    },
  };
}

/** One instance per process: the glue is a singleton, and what an earlier instance still does would reach a later. */
let engineModule;

async function loadEngineModule() {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  // Where the engine leaves its last words; without it, they are lost in an error about their absence.
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message: (message) => console.error(`Prisma's schema engine: ${message}`),
  };
  // Node cannot import a .wasm file without a flag, so the package's own entry is taken apart here.
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

/**
 * Prisma's adapter with three repairs. It cuts scripts at every semicolon, also inside a function's body: we send them
 * whole, which PostgreSQL runs as one transaction. Given a URL, its shadow connection lands in the main database. And
 * it does not know the type "char" of PostgreSQL's own catalogues, which `diff` reads.
 */
async function adapterFactory(databaseUrl, shadowUrl) {
  const [{ PrismaPg }, { ColumnTypeEnum }, { default: pg }] = await Promise.all([
    import("@prisma/adapter-pg"),
    import("@prisma/driver-adapter-utils"),
    import("pg"),
  ]);
  const pools = [];
  const connect = async (connectionString) => {
    const pool = new pg.Pool({ connectionString });
    // A connection that breaks between two statements is told by the next one; unheard, it would end the process.
    pool.on("error", () => undefined);
    pools.push(pool);
    const adapter = teachCharacters(await new PrismaPg(pool).connect(), ColumnTypeEnum.Character);
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
    return adapter;
  };
  const factory = Object.assign(new PrismaPg(databaseUrl), {
    connect: () => connect(databaseUrl),
    connectToShadowDb: () => connect(shadowUrl),
  });
  return { factory, close: () => Promise.all(pools.map((pool) => pool.end())) };
}

const CHAR = 18;
const TEXT = 25;

/** Columns of type "char" pass through the adapter as text, and are told to the engine as what they are. */
function teachCharacters(adapter, characterType) {
  const characterColumns = new WeakMap();
  const [performIO, queryRaw] = [adapter.performIO.bind(adapter), adapter.queryRaw.bind(adapter)];
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const columns = result.fields.flatMap((field, index) => (field.dataTypeID === CHAR ? [index] : []));
    for (const index of columns) result.fields[index].dataTypeID = TEXT;
    characterColumns.set(result.rows, columns);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of characterColumns.get(result.rows)) result.columnTypes[index] = characterType;
    return result;
  };
  return adapter;
}

export function schemaFiles() {
  return readdirSync(schemaDirectory)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => ({
      path: join(schemaDirectory, name),
      content: readFileSync(join(schemaDirectory, name), "utf8"),
    }));
}

export function migrationNames() {
  return readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The migrations as the engine wants them. */
export function migrationList() {
  const lockfile = join(migrationsDirectory, "migration_lock.toml");
  return {
    baseDir: migrationsDirectory,
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null,
    },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames().map((path) => {
      const value = readFileSync(join(migrationsDirectory, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: "ok", value } } };
    }),
  };
}
