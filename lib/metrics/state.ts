import { database } from "../db/client";
import { DriftKind, MoneyAct, NumberState } from "../db/generated/enums";
import { isInSafeMode } from "../installation";
import { hasCredentials, type ManagedAccountRow } from "../managed-accounts";

/** What all processes of the installation would tell alike, read from its tables. */
export interface State {
  numbers: { state: NumberState; count: number }[];
  unfinished: { state: NumberState; count: number; oldest_seconds: number }[];
  orders: { purchases: Settled[]; releases: Settled[] };
  drifts: { kind: DriftKind; count: number }[];
  accounts: Account[];
  safeMode: boolean;
  killSwitches: { act: MoneyAct; reach: string; count: number }[];
  holds: { due: number; overdue: number };
  jobs: { job: string; state: string; count: number }[];
}

interface Settled {
  outcome: string;
  /** Why it was refused, as the error code; empty otherwise. */
  code: string;
  count: number;
}

interface Account {
  carrier: string;
  /** 1 for the account that was connected first, and so on: it has no name that is surely its own. */
  account: string;
  /** Since it was last compared to the end, or connected. */
  seconds: number;
}

const cacheMs = 2_000;
let read: { at: number; state: Promise<State> } | undefined;

/** The state of a moment ago, read once for all who ask within two seconds. Rejects when the database cannot be read. */
export async function readState(): Promise<State> {
  if (read && performance.now() - read.at < cacheMs) return await read.state;
  const state = readAll();
  const mine = { at: performance.now(), state };
  read = mine;
  try {
    return await state;
  } catch (error) {
    if (read === mine) read = undefined;
    throw error;
  }
}

/** One after the other: whoever watches must not take the connections of those who work. */
async function readAll(): Promise<State> {
  return {
    numbers: await readNumbers(),
    unfinished: await readUnfinished(),
    orders: { purchases: await readPurchases(), releases: await readReleases() },
    drifts: await readDrifts(),
    accounts: await readAccounts(),
    safeMode: await isInSafeMode(database()),
    holds: await readHolds(),
    killSwitches: await readKillSwitches(),
    jobs: await readJobs(),
  };
}

async function readNumbers(): Promise<State["numbers"]> {
  const rows = await database().$queryRaw<State["numbers"]>`
    SELECT state::text, count(*)::int AS count FROM phone_number GROUP BY state`;
  return Object.values(NumberState).map(
    (state) => rows.find((row) => row.state === state) ?? { state, count: 0 },
  );
}

const unfinishedStates = ["claimed", "calling", "unknown", "releasing"] as const;

/** A release has been under way since its hold ended, a purchase since it was claimed. */
async function readUnfinished(): Promise<State["unfinished"]> {
  const rows = await database().$queryRaw<State["unfinished"]>`
    SELECT n.state::text, count(*)::int AS count,
      greatest(0, extract(epoch FROM now() - min(CASE WHEN n.state = 'releasing' THEN coalesce(o.release_at, now())
        ELSE n.created_at END)))::float8 AS oldest_seconds
    FROM phone_number n
    LEFT JOIN release_order o ON o.phone_number_id = n.id AND o.status = 'pending'
    WHERE n.state IN ('claimed', 'calling', 'unknown', 'releasing')
    GROUP BY n.state`;
  return unfinishedStates.map(
    (state) => rows.find((row) => row.state === state) ?? { state, count: 0, oldest_seconds: 0 },
  );
}

async function readPurchases(): Promise<Settled[]> {
  return await database().$queryRaw<Settled[]>`
    SELECT status::text AS outcome, coalesce(error_code, '') AS code, count(*)::int AS count
    FROM purchase_order WHERE status <> 'pending' GROUP BY 1, 2`;
}

async function readReleases(): Promise<Settled[]> {
  return await database().$queryRaw<Settled[]>`
    SELECT status::text AS outcome, coalesce(error_code, '') AS code, count(*)::int AS count
    FROM release_order WHERE status <> 'pending' GROUP BY 1, 2`;
}

async function readDrifts(): Promise<State["drifts"]> {
  const rows = await database().$queryRaw<State["drifts"]>`
    SELECT kind::text, count(*)::int AS count FROM drift WHERE status = 'open' GROUP BY kind`;
  return Object.values(DriftKind).map((kind) => rows.find((row) => row.kind === kind) ?? { kind, count: 0 });
}

/** Of the accounts that can be compared: those there are credentials for. */
async function readAccounts(): Promise<Account[]> {
  const rows = await database().$queryRaw<
    (Account & Pick<ManagedAccountRow, "carrier" | "carrierAccountId">)[]
  >`
    SELECT carrier::text, carrier_account_id AS "carrierAccountId",
      (row_number() OVER (ORDER BY created_at, id))::text AS account,
      greatest(0, extract(epoch FROM now() - coalesce((SELECT max(s.finished_at) FROM carrier_sync s
        WHERE s.managed_account_id = a.id AND s.status = 'completed'), created_at)))::float8 AS seconds
    FROM managed_account a`;
  return rows.filter(hasCredentials);
}

async function readHolds(): Promise<State["holds"]> {
  const [row] = await database().$queryRaw<State["holds"][]>`
    SELECT count(*) FILTER (WHERE o.release_at <= now() + interval '24 hours')::int AS due,
      count(*) FILTER (WHERE o.release_at <= now() - interval '5 minutes')::int AS overdue
    FROM phone_number n JOIN release_order o ON o.phone_number_id = n.id AND o.status = 'pending'
    WHERE n.state = 'held'`;
  return row ?? { due: 0, overdue: 0 };
}

async function readKillSwitches(): Promise<State["killSwitches"]> {
  const rows = await database().$queryRaw<State["killSwitches"]>`
    SELECT act::text, CASE WHEN organization_id IS NOT NULL THEN 'organization'
        WHEN managed_account_id IS NOT NULL THEN 'managed_account' ELSE 'installation' END AS reach,
      count(*)::int AS count
    FROM kill_switch GROUP BY 1, 2`;
  return Object.values(MoneyAct).flatMap((act) =>
    ["installation", "managed_account", "organization"].map(
      (reach) => rows.find((row) => row.act === act && row.reach === reach) ?? { act, reach, count: 0 },
    ),
  );
}

/** None before a worker has run once: the queue makes its tables itself. */
async function readJobs(): Promise<State["jobs"]> {
  const [table] = await database().$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('pgboss.job') IS NOT NULL AS there`;
  if (!table?.there) return [];
  return await database().$queryRaw<State["jobs"]>`
    SELECT name AS job, state::text, count(*)::int AS count FROM pgboss.job GROUP BY 1, 2`;
}
