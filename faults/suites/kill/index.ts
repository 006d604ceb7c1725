import type { FailPoint } from "@/lib/fail-points";
import { behaviours } from "../../harness/behaviours";
import { createRandom } from "../../harness/random";
import type { Suite, SuiteContext, SuiteResult, Violation } from "../../harness/suite";
import { playRuns, type Wave } from "./play";
import type { Reach, Run } from "./run";
import { scenarios } from "./scenarios";

/** The kill matrix: every scenario, dying at every one of its points, under every behaviour of the carrier. */

const seedsOf = { each: 3, nightly: 9 };
const runsInWave = 30;
/** Fewer runs than this ending with an active number would mean that hardly anything was tried. */
const activeAtLeast = 0.3;

export const kill: Suite = {
  name: "kill",
  async run(context) {
    const { runs, violations } = await playRuns(context, "kill", planWaves(context));
    return summarise(runs, violations, context);
  },
};

/** Runs of a wave share their scenario and their point. */
function planWaves({ size, seed }: SuiteContext): Wave[] {
  const waves: Wave[] = [];
  for (const { name, points, play } of scenarios) {
    for (const point of Object.keys(points) as FailPoint[]) {
      const cells = Array.from({ length: seedsOf[size] }, (_, index) =>
        behaviours.map((behaviour) => ({ id: `${name}/${point}/${behaviour}#${index}`, point, behaviour })),
      ).flat();
      for (let at = 0; at < cells.length; at += runsInWave)
        waves.push({ cells: cells.slice(at, at + runsInWave), play });
    }
  }
  return createRandom(`kill ${seed}`).shuffle(waves);
}

function summarise(runs: Run[], violations: Violation[], { replay }: SuiteContext): SuiteResult {
  const active = runs.filter(({ ended }) => ended === "active").length;
  const cells = new Map<string, Run[]>();
  for (const run of runs) {
    const cell = run.id.replace(/#.*/, "");
    cells.set(cell, [...(cells.get(cell) ?? []), run]);
  }
  const counts: Record<Reach, number> = { always: 0, elsewhere: 0, either: 0 };
  for (const [cell, seeds] of cells) {
    const [first] = seeds;
    if (!first) continue;
    const reach = reachOf(first);
    counts[reach] += 1;
    if (reach !== "always" || seeds.some(({ reached }) => reached)) continue;
    violations.push({ rule: "harness", run: cell, detail: `No process died at ${first.point}.` });
  }
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
