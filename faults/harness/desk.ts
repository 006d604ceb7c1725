import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import { Pool } from "pg";
import { administer } from "@/lib/testing/administer";
import { type Actor, openActor } from "./actor";
import { type CarrierProcess, openCarrier } from "./carrier";
import type { HttpAnswer, HttpRequest, Job, Tenant } from "./jobs";
import { installObservation } from "./observation";
import type { Server } from "./suite";

/** A whole installation to try things on: a database, a carrier, and as many processes of the product as it takes. */

export interface Desk {
  folder: string;
  databaseUrl: string;
  sql: Pool;
  carrier: CarrierProcess;
  /** What must never be seen anywhere. */
  secrets: string[];
  /** A process that nothing happens to: prepares, recovers, compares, asks. */
  steady: Actor;
  bystander: Tenant & { dump: string };
  openTenant(numberLimit?: number): Promise<Tenant>;
  /**
   * Tenants with room for one more number each: a claim that is not freed, or is counted twice, is noticed by the next.
   * The same ones each time, as far as there are; opening one costs more than a purchase.
   */
  tenants(count: number): Promise<Tenant[]>;
  /** Another process of the product, from those started in advance. It is the caller's to kill. */
  takeActor(): Promise<Actor>;
  ask(tenant: Tenant, request: HttpRequest): Promise<HttpAnswer>;
  /** Runs the jobs in processes that die with `SIGKILL` once every job of theirs stands at its point or has ended. */
  crash(jobs: Job[]): Promise<Outcome[]>;
  /** As if every lease had run out: for processes that are known to be dead. */
  endLeases(): Promise<void>;
  /** Recovers until nothing is under way. Throws with the numbers that still are after a minute. */
  settle(): Promise<void>;
  /** One comparison of the carrier account with the rows, to its end. */
  sync(): Promise<void>;
  /** What the processes wrote to their logs is in these files. */
  logs(): string[];
  close(): Promise<void>;
}

/** What became of a job in a process that was killed. */
export interface Outcome {
  reached: boolean;
  /** What the client was told before the process died; null when nothing. */
  answer: HttpAnswer | null;
  failure: string | null;
}

/**
 * Times of a desk, in seconds. Only the quiet window is ever waited for: leases of processes that are known to be dead
 * are ended by `endLeases`, and so may be as long as a busy machine needs.
 */
const scaled = {
  writeTimeout: 2,
  lease: 60,
  quietWindow: 6,
};

/** Jobs of one process; so many at once that processes are few and that a server with several requests dies. */
const jobsPerProcess = 15;
const sparesKept = 3;
const opensAtOnce = 6;
const settleWithinMs = 60_000;

export interface DeskOptions {
  server: Server;
  folder: string;
  name: string;
  settings?: Record<string, string>;
}

export async function openDesk({ server, folder, name, settings = {} }: DeskOptions): Promise<Desk> {
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  const databaseUrl = await copyDatabase(server.templateUrl, `faults_${randomBytes(6).toString("hex")}`);
  const sql = new Pool({ connectionString: databaseUrl, max: 5 });
  // A server that is killed on purpose breaks idle connections; the next query opens another.
  sql.on("error", () => {});
  await installObservation(sql);
  const carrier = await openCarrier(own);
  const sessionSecret = randomBytes(24).toString("base64url");
  const env = environment({ databaseUrl, carrier, sessionSecret, folder: own, settings });

  const files: string[] = [];
  function openOne(): Promise<Actor> {
    const log = join(own, `actor-${files.length}.log`);
    files.push(log);
    const opening = openActor({ env, log });
    opening.catch(() => {}); // told to whoever takes it
    return opening;
  }
  const regulars: Tenant[] = [];
  const spares: Promise<Actor>[] = [];
  const steady = await openOne();
  const living = new Set<Actor>();

  async function takeActor(): Promise<Actor> {
    const actor = await (spares.shift() ?? openOne());
    while (spares.length < sparesKept) spares.push(openOne());
    living.add(actor);
    return actor;
  }

  async function crashInOne(jobs: Job[]): Promise<Outcome[]> {
    const actor = await takeActor();
    const started = jobs.map((job) => actor.start(job));
    const outcomes = await Promise.all(
      started.map(async ({ reached, ended }): Promise<Outcome> => {
        const first = await Promise.race([reached, ended]);
        if ("point" in first) return { reached: true, answer: null, failure: null };
        if ("failure" in first) return { reached: false, answer: null, failure: first.failure };
        return { reached: false, answer: first.result as HttpAnswer, failure: null };
      }),
    );
    living.delete(actor);
    // A process in which nothing came to its point can serve again: all it was told to do, it did.
    if (outcomes.some(({ reached }) => reached)) await actor.kill();
    else spares.push(Promise.resolve(actor));
    return outcomes;
  }

  const ask = (tenant: Tenant, request: HttpRequest) =>
    steady.do({
      kind: "request",
      request: { ...request, headers: { authorization: tenant.key, ...request.headers } },
    });

  const secrets = [carrier.authToken, sessionSecret];
  async function open(numberLimit: number, operates = false): Promise<Tenant> {
    const tenant = await steady.do({ kind: "open", numberLimit, operates });
    secrets.push(tenant.key.replace("Bearer ", ""));
    return tenant;
  }
  const stranger = await open(5);
  const bought = await ask(stranger, {
    method: "POST",
    path: "/core/managed-accounts/default/purchase-number",
    body: { phone_number: carrier.takeNumber(), inbound: { agent_id: stranger.agentId } },
  });
  if (bought.status !== 201) {
    throw new Error(`The bystander could not buy: ${bought.status} ${JSON.stringify(bought.body)}`);
  }
  const dump = await steady.do({ kind: "dump", organizationId: stranger.organizationId });

  const desk: Desk = {
    folder: own,
    databaseUrl,
    sql,
    carrier,
    secrets,
    steady,
    bystander: { ...stranger, dump },
    openTenant: (numberLimit = 3) => open(numberLimit),
    async tenants(count) {
      const limit = pLimit(opensAtOnce);
      const missing = Math.max(0, count - regulars.length);
      regulars.push(...(await Promise.all(Array.from({ length: missing }, () => limit(() => open(1))))));
      const chosen = regulars.slice(0, count);
      await sql.query(
        `UPDATE organization o SET number_limit = 1 +
           (SELECT count(*) FROM phone_number n WHERE n.organization_id = o.id AND n.live) WHERE o.id = ANY($1)`,
        [chosen.map(({ organizationId }) => organizationId)],
      );
      return chosen;
    },
    takeActor,
    ask,
    async crash(jobs) {
      const batches: Job[][] = [];
      for (let at = 0; at < jobs.length; at += jobsPerProcess)
        batches.push(jobs.slice(at, at + jobsPerProcess));
      return (await Promise.all(batches.map(crashInOne))).flat();
    },
    async endLeases() {
      await sql.query(`
        UPDATE phone_number SET next_check_at = now() WHERE state IN ('claimed', 'calling', 'releasing');
        UPDATE carrier_sync SET lease_until = now() - interval '1 second' WHERE status = 'running'`);
    },
    async settle() {
      const deadline = performance.now() + settleWithinMs;
      for (;;) {
        await steady.do({ kind: "recover" });
        const rows = await listUnfinished(sql);
        if (rows.length === 0) return;
        if (performance.now() > deadline) {
          throw new Error(
            `Still under way after a minute: ${rows.map((row) => `${row.id} ${row.state}`).join(", ")}`,
          );
        }
        await wait(100);
      }
    },
    async sync() {
      const status = await steady.do({ kind: "sync" });
      if (status !== "completed") throw new Error(`The comparison with the carrier ended as ${status}.`);
    },
    logs: () => files,
    async close() {
      await Promise.all([...living, steady].map((actor) => actor.kill()));
      await Promise.all(spares.map(async (spare) => (await spare).kill()));
      await sql.end();
      await carrier.close();
      await administer(server.templateUrl, `DROP DATABASE IF EXISTS ${nameOf(databaseUrl)} WITH (FORCE)`);
    },
  };
  return desk;
}

function environment(given: {
  databaseUrl: string;
  carrier: CarrierProcess;
  sessionSecret: string;
  folder: string;
  settings: Record<string, string>;
}): NodeJS.ProcessEnv {
  const { carrier } = given;
  return {
    PATH: process.env.PATH,
    NODE_ENV: "test",
    DATABASE_URL: given.databaseUrl,
    LINEDESK_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: given.sessionSecret,
    TWILIO_ACCOUNT_SID: carrier.accountSid,
    TWILIO_AUTH_TOKEN: carrier.authToken,
    TWILIO_BASE_URL: carrier.url,
    LINEDESK_LOCAL_CARRIER: "1",
    LINEDESK_FAIL_POINTS: "on",
    LINEDESK_EPOCH_FILE: join(given.folder, "epoch"),
    LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: String(scaled.writeTimeout),
    LINEDESK_LEASE_SECONDS: String(scaled.lease),
    LINEDESK_QUIET_WINDOW_SECONDS: String(scaled.quietWindow),
    LINEDESK_RATE_LIMIT_PER_CALLER: "1000000",
    LINEDESK_RATE_LIMIT_PER_ORGANIZATION: "1000000",
    LINEDESK_RATE_LIMIT_SEARCHES: "1000000",
    // Every run of a wave may stand still inside of a transaction at once.
    LINEDESK_DATABASE_POOL: "34",
    LOG_LEVEL: "info",
    ...given.settings,
  };
}

/** Numbers that are between us and the carrier, or whose hold is over. */
export async function listUnfinished(sql: Pool): Promise<{ id: string; state: string }[]> {
  const { rows } = await sql.query<{ id: string; state: string }>(
    `SELECT id, state::text FROM phone_number WHERE state IN ('claimed', 'calling', 'unknown', 'releasing')
      OR state = 'held' AND next_check_at <= now()`,
  );
  return rows;
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

async function copyDatabase(templateUrl: string, name: string): Promise<string> {
  await administer(templateUrl, `CREATE DATABASE ${name} TEMPLATE "${nameOf(templateUrl)}"`);
  return Object.assign(new URL(templateUrl), { pathname: `/${name}` }).toString();
}
