import type { FailPoint } from "@/lib/fail-points";
import { type Behaviour, behaviours } from "../harness/behaviours";
import type { Desk } from "../harness/desk";
import { createRandom } from "../harness/random";
import type { Suite } from "../harness/suite";
import { playRuns } from "./kill/play";
import { converse, purchaseOf, type Run, releaseOf } from "./kill/run";
import { arm, buyAll, crashAll, crashBackground, repeatAll } from "./kill/steps";

/**
 * The process of a client's request dies, and then, wherever it happens to be, the one that recovers what the first
 * left behind: any point of a request with any point of the background work, drawn by the seed.
 */

const sizes = { each: 200, nightly: 2_000 };
const runsInWave = 25;

const requestPoints = {
  purchase: [
    "claim.inserted",
    "buy.claimed",
    "buy.looked-before",
    "buy.calling",
    "buy.answered",
    "purchase.charged",
  ],
  release: ["release.emptied", "release.moved", "release.started", "release.answered", "release.confirming"],
} as const satisfies Record<string, FailPoint[]>;

const recoveryPoints: Record<keyof typeof requestPoints, readonly FailPoint[]> = {
  purchase: [
    "recovery.taken",
    "recovery.postponed",
    "recovery.looked",
    "recovery.rescheduled",
    "purchase.moved",
    "purchase.charged",
    "purchase.refused",
    "purchase.postponed",
  ],
  release: [
    "recovery.taken",
    "recovery.release-read",
    "recovery.release-sent",
    "release.confirming",
    "release.confirmed",
  ],
};

export const doubleKill: Suite = {
  name: "double-kill",
  async run(context) {
    const count = sizes[context.size];
    const random = createRandom(`double-kill ${context.seed}`);
    const waves = Array.from({ length: Math.ceil(count / runsInWave) }, (_, wave) => {
      const asks = random.pick(["purchase", "release"] as const);
      const [first, second] = [random.pick(requestPoints[asks]), random.pick(recoveryPoints[asks])];
      const cells = Array.from({ length: runsInWave }, (_, index) => {
        const behaviour: Behaviour = random.pick(behaviours);
        return { id: `${asks}/${first}/${second}/${behaviour}#${wave}.${index}`, point: second, behaviour };
      });
      return { cells, play: (desk: Desk, runs: Run[]) => dieTwice(desk, runs, { asks, first }) };
    });
    const { runs, violations } = await playRuns(context, "double-kill", waves);
    const reached = runs.filter((run) => run.reached).length;
    if (context.replay === null && reached < runs.length * 0.3) {
      violations.push({
        rule: "harness",
        run: null,
        detail: `Only ${reached} of ${runs.length} runs died twice.`,
      });
    }
    const active = runs.filter(({ ended }) => ended === "active").length;
    return { runs: runs.length, reached, active, violations, figures: { "died twice": reached } };
  },
};

async function dieTwice(
  desk: Desk,
  runs: Run[],
  { asks, first }: { asks: "purchase" | "release"; first: FailPoint },
): Promise<void> {
  if (asks === "release") await buyAll(desk, runs);
  const request = asks === "purchase" ? purchaseOf : releaseOf;
  const conversations = runs.map((run) => converse(run, asks, request(run)));
  await arm(desk, runs, asks === "purchase" ? "buy" : "release");
  await crashAll(desk, runs, conversations, { at: first });
  await crashBackground(desk, runs, { kind: "recover" });
  await repeatAll(desk, conversations);
}
