import "./node-version.mjs";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createCleanup } from "./cleanup.mjs";
import { isEntry } from "./entry.mjs";
import { parseFaultArguments } from "./fault-arguments.mjs";
import { ensureGenerated } from "./generate.mjs";
import { ensureInstalled } from "./install.mjs";
import { onInterrupt } from "./interrupts.mjs";
import { takeLock } from "./lock.mjs";
import { migrate } from "./migrate.mjs";
import { inRoot } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { embeddedPostgres } from "./postgres.mjs";
import { signalOne } from "./processes.mjs";
import { Explained, report, say, step } from "./progress.mjs";
import { readSecrets } from "./secrets.mjs";
import { testDatabaseSettings } from "./test-database.mjs";

const folder = inRoot(".data/faults");
const bundle = join(folder, "bundle");
const entries = {
  main: "faults/main.ts",
  actor: "faults/actor/main.ts",
  "local-carrier": "local-carrier/main.ts",
};

/** Runs the fault tests; answers how many suites passed and failed. `cleanup` gets what is to be stopped. */
export async function runFaultTests({ size, seed, suites, replay, cleanup }) {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const lock = takeLock(join(folder, "running.json"));
  if (lock.holder)
    throw new Explained(`The fault tests are already running here (process ${lock.holder.pid}).`);
  cleanup.add(() => lock.release());
  await step("Bundling", () => bundleFaults());
  const openServer = async (name, { durable }) => {
    const server = await startServer(name, durable ? {} : testDatabaseSettings);
    cleanup.add(server.stop);
    return server;
  };
  const server = await openServer("shared", { durable: false });
  const { runFaults } = await import(pathToFileURL(join(bundle, "main.js")).href);
  return await runFaults({ size, seed, only: suites, replay, folder, server, openServer, say });
}

/** The product with its fail points in it, beside the harness that stops it there. */
async function bundleFaults() {
  rmSync(bundle, { recursive: true, force: true });
  const { build, stop } = await import("esbuild");
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, inRoot(path)])),
    outdir: bundle,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    tsconfig: inRoot("tsconfig.json"),
    logLevel: "warning",
  });
  await stop(); // its service would stay for as long as we run
}

/** A new PostgreSQL server with a migrated, empty database to copy others from. */
async function startServer(name, settings) {
  const directory = join(folder, "servers", name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  let port = null;
  const postgres = embeddedPostgres({
    directory: join(directory, "postgres"),
    log: join(directory, "postgres.log"),
    secrets: readSecrets(directory),
    settings: { ...settings, max_connections: 400 },
    // The same again after a kill, or nobody would find it.
    choosePort: async () => {
      port ??= await freePort();
      return port;
    },
  });
  await postgres.start();
  const templateUrl = await postgres.ensureDatabase("linedesk_template");
  await migrate(templateUrl);
  return {
    templateUrl,
    kill: () => signalOne(postgres.pid(), "SIGKILL"),
    start: postgres.start,
    stop: postgres.stop,
  };
}

async function main() {
  const cleanup = createCleanup();
  let interrupted = false;
  onInterrupt({
    stop: () => {
      interrupted = true;
      say("\nStopping …");
      cleanup.run().then(() => process.exit(130));
    },
    force: () => process.exit(130),
  });
  try {
    const wish = parseFaultArguments(process.argv.slice(2));
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const log = join(folder, "prepare.log");
    await ensureInstalled({ log, development: true });
    await ensureGenerated({ log });
    const { passed, failed } = await runFaultTests({ ...wish, cleanup });
    say(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
  if (interrupted) return;
  await cleanup.run();
  process.exit();
}

if (isEntry(import.meta.url)) await main();
