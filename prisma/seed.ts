import { closeDatabase, database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { readDemo, writeDemo } from "./demo-file";

/**
 * Runs at every start. With the local carrier: makes the demo organization when the database has no organization yet,
 * and keeps the address in `demo.json` true. With a real carrier it does nothing.
 */
async function seed(): Promise<void> {
  const { LINEDESK_LOCAL_CARRIER, LINEDESK_URL } = env();
  if (!LINEDESK_LOCAL_CARRIER) return;
  if ((await database().organization.count()) > 0) {
    const demo = readDemo();
    if (demo && demo.url !== LINEDESK_URL) writeDemo({ ...demo, url: LINEDESK_URL });
    return;
  }
  // Loaded only when needed: it brings the carrier's SDK along, which takes longer to load than all the rest.
  const { createDemo } = await import("./demo");
  await createDemo(LINEDESK_URL);
}

await seed();
await closeDatabase();
