import { Client } from "pg";

/** Carries statements out beside the database of this address, one after the other, for what cannot be done from within it. */
export async function administer(databaseUrl: string, ...statements: string[]): Promise<void> {
  const url = Object.assign(new URL(databaseUrl), { pathname: "/postgres" });
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
