import { join } from "node:path";
import { appEnvironment } from "../environment.mjs";
import { inRoot } from "../paths.mjs";
import { freePort, waitForPort } from "../ports.mjs";
import { explainEnd, startProcess } from "../processes.mjs";
import { Explained, step } from "../progress.mjs";
import { readSecrets } from "../secrets.mjs";
import { createStack } from "../stack.mjs";
import { fill } from "./fill.mjs";
import { highestLimitWithoutAdvance } from "./scenarios.mjs";

/** So far away that a process asks the database once for all the requests of the measurement. */
const outOfReach = {
  LINEDESK_RATE_LIMIT_PER_CALLER: "1000000000",
  LINEDESK_RATE_LIMIT_PER_ORGANIZATION: "1000000000",
  LINEDESK_RATE_LIMIT_SEARCHES: "1000000000",
};

const nothingInAdvance = {
  LINEDESK_RATE_LIMIT_PER_CALLER: String(highestLimitWithoutAdvance),
  LINEDESK_RATE_LIMIT_PER_ORGANIZATION: String(highestLimitWithoutAdvance),
};

/**
 * Starts all that is measured, each a process of its own on one database: the product and its local carrier, the floor,
 * and three more of the product that differ in how they count requests. Answers the facts that the scenarios are made
 * from, and the version of PostgreSQL.
 */
export async function openDesk({ directory, env, cleanup, onFailure }) {
  const log = (name) => join(directory, "logs", `${name}.log`);
  const port = await freePort();
  const linedesk = `http://127.0.0.1:${port}`;
  const stack = createStack({
    dataDirectory: directory,
    port,
    url: linedesk,
    env: { ...env, ...outOfReach },
    onFailure,
  });
  cleanup.add(stack.stop);
  const { databaseUrl, carrierUrl } = await stack.start();
  const { postgres, ...database } = await step("Filling the database", () => fill(databaseUrl), {
    keep: true,
  });
  const secrets = readSecrets(directory);

  async function startServer({ name, file, command, settings }) {
    const ownPort = await freePort();
    const server = startProcess({
      name,
      node: true,
      nodeArgs: ["--enable-source-maps"],
      command: inRoot(command),
      env: { ...settings(ownPort), NODE_ENV: "production" },
      log: log(file),
    });
    cleanup.add(() => server.stop());
    const failed = server.exited.then((end) => {
      throw new Explained(explainEnd(server, end));
    });
    failed.catch(() => undefined); // it ends when we stop it, with nobody waiting
    await waitForPort(ownPort, { failed });
    return `http://127.0.0.1:${ownPort}`;
  }

  const startLinedesk = (name, file, limits) =>
    startServer({
      name,
      file,
      command: "dist/serve.js",
      settings: (ownPort) =>
        appEnvironment({
          env: { ...env, ...limits },
          port: ownPort,
          host: "127.0.0.1",
          url: `http://127.0.0.1:${ownPort}`,
          databaseUrl,
          dataDirectory: directory,
          secrets,
          carrierUrl,
        }),
    });

  const floor = await startServer({
    name: "The floor",
    file: "floor",
    command: "scripts/bench/floor.mjs",
    settings: (ownPort) => ({ ...env, PORT: String(ownPort), DATABASE_URL: databaseUrl }),
  });
  const counting = {
    none: await startLinedesk("The application that counts nothing", "counts-none", outOfReach),
    ahead: await startLinedesk("The application with its usual limits", "counts-ahead", {}),
    each: await startLinedesk("The application that counts each request", "counts-each", nothingInAdvance),
  };
  const carrier = {
    url: carrierUrl,
    accountSid: secrets.carrierAccountSid,
    authToken: secrets.carrierAuthToken,
  };
  return { facts: { linedesk, floor, counting, carrier, ...database }, postgres };
}
