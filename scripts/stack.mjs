import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { appEnvironment, carrierEnvironment, servesLocalCarrier } from "./environment.mjs";
import { migrate } from "./migrate.mjs";
import { inRoot, shown } from "./paths.mjs";
import { keptPort, replacePort, waitForPort } from "./ports.mjs";
import { embeddedPostgres } from "./postgres.mjs";
import { explainEnd, rememberProcesses, startProcess, stopLeftovers, toolPath } from "./processes.mjs";
import { Explained, step } from "./progress.mjs";
import { readSecrets } from "./secrets.mjs";

/**
 * The database, the local carrier and the application: `start()` starts them in this order, `stop()` stops them in the
 * other, also in the middle of a start.
 *
 * `port`, `host`, `url`: where the application listens and how it is reached. `env`: where its settings come from.
 * `development`: from the sources with reload instead of from the build. `validateCarrier`: the local carrier checks
 * its own answers against the carrier's published description. `onFailure(sentence)`: a part ended by itself after
 * the start; before that, `start()` throws.
 */
export function createStack({
  dataDirectory,
  port,
  host = "127.0.0.1",
  url,
  env,
  development = false,
  validateCarrier = false,
  databaseSettings,
  onFailure,
}) {
  const file = (name) => join(dataDirectory, name);
  const log = (name) => join(dataDirectory, "logs", `${name}.log`);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o711 });
  const secrets = readSecrets(dataDirectory);
  const database = env.DATABASE_URL ? null : ownDatabase();
  const parts = { carrier: null, seed: null, app: null };
  let state = "starting";
  let startup = null;

  /** Rejects as soon as going on with the start is pointless. */
  let giveUp;
  const pointless = new Promise((_, reject) => {
    giveUp = (sentence) => reject(new Explained(sentence));
  });
  pointless.catch(() => undefined); // it often rejects with nobody waiting

  function startPart(name, options) {
    if (state === "stopping") throw new Explained("Stopped.");
    const part = startProcess({
      node: true,
      nodeArgs: development ? ["--import", "tsx"] : ["--enable-source-maps"],
      ...options,
    });
    parts[name] = part;
    rememberProcesses(
      file("processes.json"),
      Object.values(parts).filter((each) => each && !each.ended()),
    );
    return part;
  }

  /** For the parts that are to run until they are stopped. */
  function watch(part, whileWanted = () => true) {
    part.exited.then((end) => {
      if (state === "stopping" || !whileWanted()) return;
      const sentence = explainEnd(part, end);
      if (state === "running") onFailure?.(sentence);
      else giveUp(sentence);
    });
    return part;
  }

  function ownDatabase() {
    const postgres = embeddedPostgres({
      directory: file("postgres"),
      log: log("postgres"),
      secrets,
      settings: databaseSettings,
      choosePort: (attempt) => (attempt === 1 ? keptPort : replacePort)(file("ports.json"), "postgres"),
    });
    let wanted = false;
    return {
      pid: postgres.pid,
      kill: postgres.kill,
      start: async () => {
        // Starting replaces whatever serves the folder; what runs already would be missed as having ended by itself.
        if (wanted && !postgres.process().ended()) return postgres.ensureDatabase("linedesk");
        await postgres.start();
        wanted = true;
        const server = watch(postgres.process(), () => wanted && postgres.process() === server);
        return postgres.ensureDatabase("linedesk");
      },
      stop: async () => {
        wanted = false;
        await postgres.stop();
      },
    };
  }

  async function startCarrier() {
    const carrierPort = await keptPort(file("ports.json"), "carrier");
    const environment = carrierEnvironment({
      env,
      port: carrierPort,
      file: file("local-carrier.jsonl"),
      secrets,
      validate: validateCarrier,
    });
    const command = inRoot(development ? "local-carrier/main.ts" : "dist/local-carrier.js");
    watch(
      startPart("carrier", {
        name: "The local carrier",
        command,
        env: environment,
        log: log("local-carrier"),
      }),
    );
    await waitForPort(carrierPort, { failed: pointless });
    return `http://127.0.0.1:${carrierPort}`;
  }

  async function runSeed(settings) {
    const command = inRoot(development ? "prisma/seed.ts" : "dist/seed.js");
    const seed = startPart("seed", { name: "The seed", command, env: settings, log: log("seed") });
    const end = await seed.exited;
    if (end.code !== 0) throw new Explained(explainEnd(seed, end));
  }

  async function startApp(settings) {
    const command = development ? toolPath("next/dist/bin/next") : inRoot("dist/serve.js");
    const production = { command, log: log("app"), env: { ...settings, NODE_ENV: "production" } };
    const next = {
      command,
      args: ["dev", "--port", String(port), "--hostname", host],
      nodeArgs: [],
      env: { ...settings, NODE_ENV: "development" },
    };
    const app = watch(startPart("app", { name: "The application", ...(development ? next : production) }));
    await Promise.race([
      untilHealthy({ host, port, app, timeoutMs: development ? 180_000 : 60_000 }),
      pointless,
    ]);
  }

  async function startAll() {
    await stopLeftovers(file("processes.json"));
    const databaseUrl = database
      ? await step("Starting PostgreSQL", database.start, { keep: true })
      : env.DATABASE_URL;
    await step("Migrating the database", async () => {
      const applied = await migrate(databaseUrl);
      return applied.length === 0 ? "nothing new" : `${applied.length} applied`;
    });
    const carrierUrl = servesLocalCarrier(env)
      ? await step("Starting the local carrier", startCarrier, { keep: true })
      : null;
    const settings = appEnvironment({
      env,
      port,
      host,
      url,
      databaseUrl,
      dataDirectory,
      secrets,
      carrierUrl,
    });
    // Only what the local carrier sells may fill an empty database with a demo.
    if (carrierUrl) await step("Preparing the demo organization", () => runSeed(settings));
    await step("Starting the application", () => startApp(settings));
    state = "running";
    return { databaseUrl, carrierUrl };
  }

  async function stopAll() {
    // Longer than a purchase at a carrier may take: the application answers what is under way before it ends.
    await parts.app?.stop({ graceMs: 28_000 });
    await parts.seed?.stop();
    await parts.carrier?.stop({ graceMs: 5_000 });
    await database?.stop();
    rmSync(file("processes.json"), { force: true });
  }

  return {
    url,
    database,
    demoFile: file("demo.json"),
    demo: () =>
      parts.carrier && existsSync(file("demo.json"))
        ? JSON.parse(readFileSync(file("demo.json"), "utf8"))
        : null,
    pids: () => ({
      supervisor: process.pid,
      app: parts.app?.pid ?? null,
      carrier: parts.carrier?.pid ?? null,
      postgres: database?.pid() ?? null,
    }),
    /** Answers `{ databaseUrl, carrierUrl }`; whatever had started is stopped before it throws. */
    start: async () => {
      startup = startAll();
      try {
        return await startup;
      } catch (error) {
        state = "stopping";
        await stopAll();
        throw error;
      }
    },
    stop: async () => {
      state = "stopping";
      giveUp("Stopped.");
      await stopAll();
      // What a start was just doing may have come up meanwhile.
      await startup?.catch(() => undefined);
      await stopAll();
    },
    kill: () => {
      state = "stopping";
      for (const part of Object.values(parts)) part?.kill();
      database?.kill();
    },
  };
}

async function untilHealthy({ host, port, app, timeoutMs }) {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const address = `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}/healthz`;
  let last = "no answer";
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline && !app.ended(); ) {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      if (response.status === 200) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message; // not listening yet
    }
    await wait(50);
  }
  const log = app.log ? ` See ${shown(app.log)}.` : "";
  throw new Explained(`The application did not become healthy at ${address} (${last}).${log}`);
}
