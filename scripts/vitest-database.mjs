import { existsSync, readdirSync, rmSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { isAlive } from "./process-identity.mjs";
import { startTestDatabase } from "./test-database.mjs";

const folder = (pid) => inRoot(`.data/test/vitest-${pid}`);

/** Vitest's global set-up for integration tests: a database of their own, also when Vitest is called directly. */
export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return undefined;
  removeAbandoned();
  const database = await startTestDatabase(folder(process.pid));
  process.env.TEST_DATABASE_URL = database.url;
  process.env.DATABASE_URL = database.url;
  return async () => {
    delete process.env.TEST_DATABASE_URL;
    await database.stop();
    rmSync(folder(process.pid), { recursive: true, force: true });
  };
}

/** Folders of runs that were killed. Each run has its own, so that two can go on at once. */
function removeAbandoned() {
  if (!existsSync(inRoot(".data/test"))) return;
  for (const name of readdirSync(inRoot(".data/test"))) {
    const pid = Number(/^vitest-(\d+)$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(folder(pid), { recursive: true, force: true });
  }
}
