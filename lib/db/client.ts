import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "../env";
import { PrismaClient } from "./generated/client";

// Reloads in development must not open a new pool each time.
const kept = globalThis as typeof globalThis & { linedeskDatabase?: PrismaClient };

/** The database client of this process. A request waits at most 10 s for a connection; an absent server is told at once. */
export function database(): PrismaClient {
  kept.linedeskDatabase ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL,
      max: env().LINEDESK_DATABASE_POOL,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 5_000,
      application_name: "linedesk",
      // Between the pool and the adapter nobody listens for a moment; a connection that breaks just then must fail its
      // query, not end the process.
      onConnect: (client) => void client.on("error", () => {}),
    }),
    transactionOptions: { maxWait: 10_000, timeout: 10_000 },
  });
  return kept.linedeskDatabase;
}

export async function closeDatabase(): Promise<void> {
  await kept.linedeskDatabase?.$disconnect();
  kept.linedeskDatabase = undefined;
}
