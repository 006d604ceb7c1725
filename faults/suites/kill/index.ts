import type { FailPoint } from "@/lib/fail-points";
import { behaviours } from "../../harness/behaviours";
import { createRandom } from "../../harness/random";
import type { Suite, SuiteContext, SuiteResult } from "../../harness/suite";
import { type Played, playRuns, type Wave } from "./play";
import type { Reach, Run } from "./run";
import { scenarios } from "./scenarios";

/** The kill matrix: every scenario, dying at every one of its points, under every behaviour of the carrier. */

const seedsOf = { each: 3, nightly: 9 };
const runsInWave = 30;
/** Fewer runs than this ending with an active number would mean that hardly anything was tried. */
const activeAtLeast = 0.3;

/** A busy machine gives calls up too early, and then a whole wave may not come to its point: so often it goes again. */
const moreGoes = 2;

export const kill: Suite = {
  name: "kill",
  async run(context) {
    const { size, seed, replay } = context;
    const goes = Array.from({ length: seedsOf[size] + moreGoes }, (_, index) => index);
    if (replay !== null) return summarise(await playRuns(context, "kill", planWaves(seed, goes)), context);
    const total = await playRuns(context, "kill", planWaves(seed, goes.slice(0, seedsOf[size])));
    for (const go of goes.slice(seedsOf[size])) {
      const missed = new Set(findMissed(total.runs).map(({ cell }) => cell));
      if (missed.size === 0) break;
      const again = await playRuns(context, `kill-${go}`, planWaves(seed, [go], missed));
      total.runs.push(...again.runs);
      total.violations.push(...again.violations);
    }
    return summarise(total, context);
  },
};

/** Runs of a wave share their scenario and their point; of all cells, or of those that are wanted. */
function planWaves(seed: number, goes: number[], wanted?: ReadonlySet<string>): Wave[] {
  const waves: Wave[] = [];
  for (const { name, points, play } of scenarios) {
    for (const point of Object.keys(points) as FailPoint[]) {
      const cells = goes.flatMap((go) =>
        behaviours
          .filter((behaviour) => !wanted || wanted.has(`${name}/${point}/${behaviour}`))
          .map((behaviour) => ({ id: `${name}/${point}/${behaviour}#${go}`, point, behaviour })),
      );
      for (let at = 0; at < cells.length; at += runsInWave)
        waves.push({ cells: cells.slice(at, at + runsInWave), play });
    }
  }
  return createRandom(`kill ${seed}`).shuffle(waves);
}

function byCell(runs: readonly Run[]): Map<string, [Run, ...Run[]]> {
  const cells = new Map<string, [Run, ...Run[]]>();
  for (const run of runs) {
    const cell = run.id.replace(/#.*/, "");
    const known = cells.get(cell);
    if (known) known.push(run);
    else cells.set(cell, [run]);
  }
  return cells;
}

/** Cells that should die at their point, and have not with any seed. */
function findMissed(runs: readonly Run[]): { cell: string; point: FailPoint }[] {
  return [...byCell(runs)]
    .filter(([, seeds]) => reachOf(seeds[0]) === "always" && !seeds.some(({ reached }) => reached))
    .map(([cell, [{ point }]]) => ({ cell, point }));
}

function summarise({ runs, violations }: Played, { replay }: SuiteContext): SuiteResult {
  const active = runs.filter(({ ended }) => ended === "active").length;
  const cells = byCell(runs);
  const counts: Record<Reach, number> = { always: 0, elsewhere: 0, either: 0 };
  for (const [first] of cells.values()) counts[reachOf(first)] += 1;
  for (const { cell, point } of findMissed(runs))
    violations.push({ rule: "harness", run: cell, detail: `No process died at ${point}.` });
  if (replay === null && active < runs.length * activeAtLeast) {
    violations.push({
      rule: "harness",
      run: null,
      detail: `Only ${active} of ${runs.length} runs ended active.`,
    });
  }
  return {
    runs: runs.length,
    reached: runs.filter(({ reached }) => reached).length,
    active,
    violations,
    figures: {
      points: new Set(runs.map(({ point }) => point)).size,
      cells: cells.size,
      "that die at their point": counts.always,
      "that may": counts.either,
      "whose carrier leads elsewhere": counts.elsewhere,
      // A call that a busy machine gave up too early did not come there; the cell has other seeds.
      "runs too slow to come there": runs.filter((run) => !run.reached && reachOf(run) === "always").length,
    },
  };
}

function reachOf({ id, point, behaviour }: Run): Reach {
  const rule = scenarios.find(({ name }) => id.startsWith(`${name}/`))?.points[point];
  if (rule?.always.includes(behaviour)) return "always";
  return rule?.either?.includes(behaviour) ? "either" : "elsewhere";
}
