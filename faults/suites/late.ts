import pLimit from "p-limit";
import { openDesk } from "../harness/desk";
import type { Tenant } from "../harness/jobs";
import { examine } from "../harness/oracle";
import { createRandom, type Random } from "../harness/random";
import type { Suite, SuiteContext, Violation } from "../harness/suite";
import { converse, createRun, purchaseOf, type Run } from "./kill/run";
import { askAll } from "./kill/steps";

/**
 * The connection of a purchase breaks, and the carrier carries it out all the same: a tenth of the quiet window later,
 * or thirty times it. Inside of the window nobody may be told a wrong thing; outside of it the comparison must find
 * every single one, keep it, and ask a person.
 */

const sizes = { each: 100, nightly: 2_000 };
const runsInWave = 50;
/** Nearly all of a wave is waiting for the carrier. */
const desksAtOnce = 2;
/** Shorter than elsewhere, so that thirty times as long is not half an hour. */
const quietWindow = 2;

interface LateRun {
  run: Run;
  /** In quiet windows. */
  lateness: number;
}

/** Near the end of the window chance decides which side a run falls on; such a run proves nothing. */
function drawLateness(random: Random): number {
  return random.chance(0.5) ? random.integer(10, 50) / 100 : random.integer(50, 300) / 10;
}

const isInside = ({ lateness }: LateRun) => lateness < 1;

export const late: Suite = {
  name: "late",
  async run(context) {
    const waves: string[][] = [];
    for (let at = 0; at < sizes[context.size]; at += runsInWave) {
      const ids = Array.from({ length: runsInWave }, (_, index) => `late#${at + index}`).filter(
        (id) => context.replay === null || id === context.replay,
      );
      if (ids.length > 0) waves.push(ids);
    }
    if (waves.length === 0) throw new Error(`There is no run ${context.replay}.`);
    const limit = pLimit(desksAtOnce);
    const played = await Promise.all(waves.map((ids) => limit(() => playLate(context, ids))));
    const all = played.flatMap(({ runs }) => runs);
    const violations = played.flatMap((wave) => wave.violations);
    const inside = all.filter(isInside).length;
    const outside = all.length - inside;
    const found = all.filter(({ run }) => run.ended === "quarantined").length;
    if (found < outside / 2) {
      violations.push({
        rule: "harness",
        run: null,
        detail: `Only ${found} of ${outside} runs came too late.`,
      });
    }
    return {
      runs: all.length,
      reached: all.length,
      active: all.filter(({ run }) => run.ended === "active").length,
      violations,
      figures: { "inside the window": inside, outside, "of which the comparison found": found },
    };
  },
};

async function playLate(
  context: SuiteContext,
  ids: string[],
): Promise<{ runs: LateRun[]; violations: Violation[] }> {
  const settings = { LINEDESK_QUIET_WINDOW_SECONDS: String(quietWindow) };
  const desk = await openDesk({ ...context, name: ids[0] ?? "late", settings });
  try {
    const runs: LateRun[] = [];
    const tenants = await desk.tenants(ids.length);
    for (const [index, id] of ids.entries()) {
      const random = createRandom(`${context.seed} ${id}`);
      const tenant = tenants[index] as Tenant;
      const point = "purchase.postponed";
      const run = createRun(desk, { id, point, behaviour: "late", random, tenant });
      runs.push({ run, lateness: drawLateness(random) });
    }
    for (const { run, lateness } of runs) {
      const behaviour = { kind: "late", ms: Math.round(lateness * quietWindow * 1_000) };
      await desk.carrier.arm({ operation: "buy", phone_number: run.phoneNumber, behaviour });
    }
    await askAll(
      desk,
      runs.map(({ run }) => converse(run, "purchase", purchaseOf(run))),
    );
    await desk.settle();
    const before = await statesOf(runs);
    const violations = runs.filter(isInside).flatMap(({ run }) => requireState(run, before, ["active"]));
    await untilCarrierActed(runs.length);
    await desk.sync();
    const after = await statesOf(runs);
    const outside = runs.filter((late) => !isInside(late));
    // A machine so slow that the carrier came first has nothing to put right.
    violations.push(...outside.flatMap(({ run }) => requireState(run, after, ["quarantined", "active"])));
    for (const { run } of runs) run.ended = after.get(run.tenant.organizationId) ?? null;
    const runOf = new Map(runs.map(({ run }) => [run.tenant.organizationId, run.id]));
    violations.push(...(await examine(desk, (organizationId) => runOf.get(organizationId) ?? null)));
    return { runs, violations };
  } finally {
    await desk.close();
  }

  async function statesOf(runs: LateRun[]): Promise<Map<string, string>> {
    const organizations = runs.map(({ run }) => run.tenant.organizationId);
    const { rows } = await desk.sql.query<{ organization_id: string; state: string }>(
      "SELECT organization_id, state::text FROM phone_number WHERE organization_id = ANY($1)",
      [organizations],
    );
    return new Map(rows.map(({ organization_id, state }) => [organization_id, state]));
  }

  /** The bystander's and everybody's: there is nothing left that could come. */
  async function untilCarrierActed(count: number): Promise<void> {
    const deadline = performance.now() + 31 * quietWindow * 1_000;
    while ((await desk.carrier.books()).owned.length < count + 1) {
      if (performance.now() > deadline)
        throw new Error("The carrier did not carry out everything it was asked.");
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function requireState(run: Run, states: Map<string, string>, wanted: string[]): Violation[] {
  const state = states.get(run.tenant.organizationId) ?? "none";
  if (wanted.includes(state)) return [];
  return [{ rule: "O1", run: run.id, detail: `The number is ${state}, not ${wanted.join(" or ")}.` }];
}
