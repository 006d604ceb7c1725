import { administer } from "@/lib/testing/administer";

/** A copy of a database as it is now, to be set back to later. Both cut every connection: nobody is asked first. */
export async function takeBackup(databaseUrl: string): Promise<{ restore(): Promise<void> }> {
  const live = new URL(databaseUrl).pathname.slice(1);
  const backup = `${live}_backup`;
  await administer(
    databaseUrl,
    ...closeDoors(live),
    `CREATE DATABASE ${backup} TEMPLATE ${live}`,
    `ALTER DATABASE ${live} WITH ALLOW_CONNECTIONS true`,
  );
  return {
    restore: () =>
      administer(
        databaseUrl,
        ...closeDoors(live),
        `DROP DATABASE ${live} WITH (FORCE)`,
        `CREATE DATABASE ${live} TEMPLATE ${backup}`,
        `DROP DATABASE ${backup}`,
      ),
  };
}

const closeDoors = (name: string) => [
  `ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`,
  `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
];
