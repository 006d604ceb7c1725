import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { FailPoint } from "@/lib/fail-points";
import type { Behaviour } from "../../harness/behaviours";
import { type Desk, openDesk } from "../../harness/desk";
import type { Tenant } from "../../harness/jobs";
import { examine } from "../../harness/oracle";
import { checkAnswers, checkDiscretion, checkSlots, type Ending } from "../../harness/oracle-answers";
import { createRandom } from "../../harness/random";
import type { SuiteContext, Violation } from "../../harness/suite";
import { createRun, type Run } from "./run";

/** Runs go in waves on a few desks at once, since most of a run is waiting; the oracle judges after each wave. */

export interface Wave {
  cells: { id: string; point: FailPoint; behaviour: Behaviour }[];
  play(desk: Desk, runs: Run[]): Promise<void>;
}

export interface Played {
  runs: Run[];
  violations: Violation[];
}

/** Waves under way at a time, each on a desk of its own. */
const lanes = 3;
/** After as many runs a desk is replaced, so that its books stay short. */
const runsOfDesk = 600;

/** Plays all waves, or of each only what --replay asks for. Throws when there is no such run. */
export async function playRuns(context: SuiteContext, suite: string, all: Wave[]): Promise<Played> {
  const { replay } = context;
  const waves = all
    .map((wave) => ({
      ...wave,
      cells: wave.cells.filter(({ id }) => replay === null || isPartOf(id, replay)),
    }))
    .filter(({ cells }) => cells.length > 0);
  if (waves.length === 0) throw new Error(`There is no run ${replay}.`);
  const total: Played = { runs: [], violations: [] };
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      let desk: Desk | null = null;
      let left = 0;
      for (let wave = waves.shift(); wave; wave = waves.shift()) {
        if (!desk || left < wave.cells.length) {
          await desk?.close();
          desk = await openDesk({ ...context, name: `${suite}-lane-${lane}-${waves.length}` });
          left = runsOfDesk;
        }
        left -= wave.cells.length;
        const played = await playWave(desk, wave, context.seed);
        total.runs.push(...played.runs);
        total.violations.push(...played.violations);
        // What one wave has left behind must not be blamed on the next.
        if (played.violations.length > 0) left = 0;
        tellProgress(context, suite, { done: total.runs.length, waiting: waves.length, ...played });
      }
      await desk?.close();
    }),
  );
  return total;
}

/** A run by its id, or all of a scenario, a point or a cell by what their ids begin with. */
const isPartOf = (id: string, wanted: string) =>
  id === wanted || id.startsWith(`${wanted}/`) || id.startsWith(`${wanted}#`);

async function playWave(desk: Desk, { cells, play }: Wave, seed: number): Promise<Played> {
  const runs: Run[] = [];
  try {
    const tenants = await desk.tenants(cells.length);
    for (const [index, cell] of cells.entries()) {
      const tenant = tenants[index] as Tenant;
      runs.push(createRun(desk, { ...cell, tenant, random: createRandom(`${seed} ${cell.id}`) }));
    }
    await play(desk, runs);
    await desk.carrier.disarm();
    // Nothing may change by looking twice.
    await desk.sync();
    await desk.sync();
    return { runs, violations: await judge(desk, runs) };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { runs, violations: [{ rule: "harness", run: cells[0]?.id ?? null, detail }] };
  }
}

async function judge(desk: Desk, runs: Run[]): Promise<Violation[]> {
  const runOf = new Map(runs.map((run) => [run.tenant.organizationId, run.id]));
  const violations = await examine(desk, (organizationId) => runOf.get(organizationId) ?? null);
  const endings = await readEndings(desk);
  for (const run of runs) {
    const ending = endings.get(run.tenant.organizationId) ?? { state: null, owned: false, slots: [] };
    run.ended = ending.state;
    for (const conversation of run.conversations) {
      violations.push(...checkAnswers(conversation, ending, run.changedSince));
      violations.push(...checkDiscretion(conversation, desk.secrets));
    }
    violations.push(...checkSlots(run.id, ending, run.acknowledged));
  }
  return violations;
}

/** How the newest number of each organization ended, by organization. */
async function readEndings(desk: Desk): Promise<Map<string, Ending>> {
  const { owned } = await desk.carrier.books();
  const sids = new Set(owned.map(({ sid }) => sid));
  const { rows } = await desk.sql.query<{
    organization_id: string;
    state: string;
    carrier_number_id: string | null;
    slots: string[];
  }>(`
    SELECT DISTINCT ON (n.organization_id) n.organization_id, n.state::text, n.carrier_number_id,
      ARRAY(SELECT s.direction || ' ' || s.agent_id FROM assignment s WHERE s.phone_number_id = n.id ORDER BY 1) AS slots
    FROM phone_number n ORDER BY n.organization_id, n.created_at DESC`);
  return new Map(
    rows.map(({ organization_id, state, carrier_number_id, slots }) => [
      organization_id,
      { state, slots, owned: sids.has(carrier_number_id ?? "") },
    ]),
  );
}

/** What is found is on disk at once: a long run that is stopped has not been for nothing. */
function tellProgress(
  { say, folder }: SuiteContext,
  suite: string,
  { done, waiting, violations }: { done: number; waiting: number; violations: Violation[] },
): void {
  const lines = violations.map((violation) => `${JSON.stringify(violation)}\n`);
  appendFileSync(join(folder, "violations.jsonl"), lines.join(""));
  const found = violations.length > 0 ? `, ${violations.length} VIOLATIONS` : "";
  say(`${suite}: ${done} runs done, ${waiting} waves waiting${found}`);
}
