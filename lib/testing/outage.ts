import { Client } from "pg";
import { vi } from "vitest";
import { database } from "../db/client";

/** Takes a test's own database away and gives it back, from a connection to the server that is not cut. */
export async function openOutage(databaseUrl: string) {
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = new Client({
    connectionString: Object.assign(new URL(databaseUrl), { pathname: "/postgres" }).toString(),
  });
  await admin.connect();
  const cutConnections = async () =>
    void (await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
      name,
    ]));
  return {
    cutConnections,
    /** Cuts every connection and lets no new one in, as a database that went down. */
    async goAway(): Promise<void> {
      await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
      await cutConnections();
    },
    async comeBack(): Promise<void> {
      await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
      await vi.waitFor(() => database().$queryRaw`SELECT 1`, { timeout: 10_000 });
    },
    close: () => admin.end(),
  };
}
