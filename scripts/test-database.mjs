import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "./migrate.mjs";
import { freePort } from "./ports.mjs";
import { embeddedPostgres } from "./postgres.mjs";
import { readSecrets } from "./secrets.mjs";

/** Nothing in a test database needs to survive a power cut. */
export const testDatabaseSettings = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  max_connections: 200,
};

/** A new server with one migrated, empty database, in a folder that is emptied first. */
export async function startTestDatabase(directory) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const postgres = embeddedPostgres({
    directory: join(directory, "postgres"),
    log: join(directory, "postgres.log"),
    secrets: readSecrets(directory),
    settings: testDatabaseSettings,
    choosePort: freePort,
  });
  try {
    await postgres.start();
    const url = await postgres.ensureDatabase("linedesk_test");
    await migrate(url);
    return { url, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
