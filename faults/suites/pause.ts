import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import type { FailPoint } from "@/lib/fail-points";
import type { Actor } from "../harness/actor";
import { type Desk, openDesk } from "../harness/desk";
import type { HttpAnswer, Tenant } from "../harness/jobs";
import { examine } from "../harness/oracle";
import { createRandom } from "../harness/random";
import type { Suite, SuiteContext, Violation } from "../harness/suite";
import { converse, createRun, purchaseOf, type Run, releaseOf } from "./kill/run";
import { buyAll } from "./kill/steps";

/**
 * A process is frozen (SIGSTOP) past its lease, somebody else finishes its work, and it wakes up in the middle of a
 * step as if no time had passed. It must notice, before it sends anything, that it slept.
 */

const lease = 2;
const sizes = { each: 10, nightly: 100 };
const atOnce = 10;
const desksAtOnce = 2;

/** Before, around and after each of the two calls that cost money. */
const points = {
  "buy.claimed": "purchase",
  "buy.looked-before": "purchase",
  "buy.calling": "purchase",
  "buy.answered": "purchase",
  "purchase.moved": "purchase",
  "release.locked": "release",
  "release.started": "release",
  "release.answered": "release",
} as const satisfies Partial<Record<FailPoint, "purchase" | "release">>;

type Point = keyof typeof points;

export const pause: Suite = {
  name: "pause",
  async run(context) {
    const waves: { point: Point; ids: string[] }[] = [];
    for (const point of Object.keys(points) as Point[]) {
      for (let at = 0; at < sizes[context.size]; at += atOnce) {
        const ids = Array.from({ length: atOnce }, (_, index) => `${point}#${at + index}`).filter(
          (id) => context.replay === null || id === context.replay,
        );
        if (ids.length > 0) waves.push({ point, ids });
      }
    }
    if (waves.length === 0) throw new Error(`There is no run ${context.replay}.`);
    const limit = pLimit(desksAtOnce);
    const played = await Promise.all(
      waves.map(({ point, ids }) => limit(() => sleepTogether(context, point, ids))),
    );
    const runs = played.flatMap((wave) => wave.runs);
    const violations = played.flatMap((wave) => wave.violations);
    const reached = runs.filter((run) => run.reached).length;
    if (reached < runs.length) {
      violations.push({
        rule: "harness",
        run: null,
        detail: `${runs.length - reached} processes never slept.`,
      });
    }
    const active = runs.filter(({ ended }) => ended === "active").length;
    return {
      runs: runs.length,
      reached,
      active,
      violations,
      figures: { points: Object.keys(points).length },
    };
  },
};

async function sleepTogether(
  context: SuiteContext,
  point: Point,
  ids: string[],
): Promise<{ runs: Run[]; violations: Violation[] }> {
  const settings = { LINEDESK_LEASE_SECONDS: String(lease) };
  const desk = await openDesk({ ...context, name: ids[0] ?? point, settings });
  try {
    const runs: Run[] = [];
    const tenants = await desk.tenants(ids.length);
    for (const [index, id] of ids.entries()) {
      const random = createRandom(`${context.seed} ${id}`);
      const tenant = tenants[index] as Tenant;
      runs.push(createRun(desk, { id, point, behaviour: "ok", random, tenant }));
    }
    const asks = points[point];
    if (asks === "release") await buyAll(desk, runs);
    const actor = await desk.takeActor();
    await freezeAt(desk, actor, runs, asks);
    await desk.sync();
    const runOf = new Map(runs.map((run) => [run.tenant.organizationId, run.id]));
    const violations = await examine(desk, (organizationId) => runOf.get(organizationId) ?? null);
    await noteEndings(desk, runs);
    return { runs, violations };
  } finally {
    await desk.close();
  }
}

/** All requests stand in one process at their point; it sleeps until others have done its work, then goes on. */
async function freezeAt(desk: Desk, actor: Actor, runs: Run[], asks: "purchase" | "release"): Promise<void> {
  const request = asks === "purchase" ? purchaseOf : releaseOf;
  const started = runs.map((run) => ({
    run,
    job: actor.start({
      act: { kind: "request", request: converse(run, asks, request(run)).request },
      stopAt: run.point,
    }),
  }));
  await Promise.all(
    started.map(async ({ run, job }) => {
      run.reached = "point" in (await Promise.race([job.reached, job.ended]));
    }),
  );
  actor.freeze();
  await wait(lease * 1_000 + 500);
  // What a transaction of the sleeper holds, nobody else can finish before it wakes.
  if (await isFree(desk)) await desk.settle();
  actor.thaw();
  for (const { job } of started) job.goOn();
  for (const { run, job } of started) {
    const end = await job.ended;
    if ("result" in end) run.conversations[0]?.answers.push(end.result as HttpAnswer);
  }
  await desk.settle();
}

async function isFree(desk: Desk): Promise<boolean> {
  const { rows } = await desk.sql.query(
    "SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database() LIMIT 1",
  );
  return rows.length === 0;
}

async function noteEndings(desk: Desk, runs: Run[]): Promise<void> {
  const { rows } = await desk.sql.query<{ organization_id: string; state: string }>(
    "SELECT organization_id, state::text FROM phone_number ORDER BY created_at",
  );
  const endings = new Map(rows.map(({ organization_id, state }) => [organization_id, state]));
  for (const run of runs) run.ended = endings.get(run.tenant.organizationId) ?? null;
}
