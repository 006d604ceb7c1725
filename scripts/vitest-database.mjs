import { inRoot } from "./paths.mjs";
import { startTestDatabase } from "./test-database.mjs";

/** Vitest's global set-up for integration tests: a database of their own, also when Vitest is called directly. */
export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return undefined;
  const database = await startTestDatabase(inRoot(`.data/test/vitest-${process.pid}`));
  process.env.TEST_DATABASE_URL = database.url;
  process.env.DATABASE_URL = database.url;
  return async () => {
    delete process.env.TEST_DATABASE_URL;
    await database.stop();
  };
}
