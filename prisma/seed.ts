import { closeDatabase, database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { type Demo, readDemo, writeDemo } from "./demo-file";

/**
 * Runs at every start. With the local carrier: makes the demo organization when the database has no organization yet,
 * its key and token when it has none, and keeps the address in `demo.json` true. With a real carrier it does nothing.
 */
async function seed(): Promise<void> {
  const { LINEDESK_LOCAL_CARRIER, LINEDESK_URL } = env();
  if (!LINEDESK_LOCAL_CARRIER) return;
  const demo = await ensureDemo(LINEDESK_URL);
  if (!demo) return;
  if (demo.url !== LINEDESK_URL) writeDemo({ ...demo, url: LINEDESK_URL });
  if (demo.api_key !== null && demo.pat !== null) return;
  const { createDemoKeys } = await import("./demo-keys");
  writeDemo({ ...demo, url: LINEDESK_URL, ...(await createDemoKeys(demo)) });
}

async function ensureDemo(url: string): Promise<Demo | null> {
  if ((await database().organization.count()) > 0) return readDemo();
  // Loaded only when needed: it brings the carrier's SDK along, which takes longer to load than all the rest.
  const { createDemo } = await import("./demo");
  return await createDemo(url);
}

await seed();
await closeDatabase();
