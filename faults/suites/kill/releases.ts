import { behaviours, inTime } from "../../harness/behaviours";
import { converse, holdOf, type Run, releaseOf, type Scenario, undoOf } from "./run";
import { arm, askAll, buyAll, crashAll, crashBackground, endHolds, repeatAll } from "./steps";

/** A garbled answer to a DELETE is a good one: there is nothing in it to garble. */
const confirmed = ["ok", "garbled"] as const;
/** Behaviours after which the carrier still has the number. */
const still = ["refused", "reset-before", "500-before", "429"] as const;

/** A client gives a number back; the process dies on the way. */
const release: Scenario = {
  name: "release",
  points: {
    "release.locked": { always: behaviours },
    "release.ordered": { always: behaviours },
    "release.emptied": { always: behaviours },
    "release.moved": { always: behaviours },
    "release.started": { always: behaviours },
    "release.answered": { always: behaviours },
    "release.confirming": { always: confirmed },
    "release.confirmed": { always: confirmed },
    "release.refusing": { always: ["refused"] },
    "release.settled": { always: behaviours.filter((behaviour) => behaviour !== "refused") },
  },
  async play(desk, runs) {
    await buyAll(desk, runs);
    const releases = runs.map((run) => converse(run, "release", releaseOf(run)));
    await arm(desk, runs, "release");
    await crashAll(desk, runs, releases);
    await repeatAll(desk, releases);
  },
};

/** The process of a release dies with the answer in its hands, and then the one that recovers it. */
const recovery: Scenario = {
  name: "recovered-release",
  points: {
    "recovery.release-read": { always: behaviours },
    "recovery.release-sent": { always: still, either: inTime },
    "release.confirming": { always: behaviours },
    "release.confirmed": { always: behaviours },
  },
  async play(desk, runs) {
    await buyAll(desk, runs);
    const releases = runs.map((run) => converse(run, "release", releaseOf(run)));
    await arm(desk, runs, "release");
    await crashAll(desk, runs, releases, { at: "release.answered" });
    await crashBackground(desk, runs, { kind: "recover" });
    await repeatAll(desk, releases);
  },
};

/** A client has a number kept before it goes; when that is over the carrier is told, and behaves as it does. */
const hold: Scenario = {
  name: "hold",
  points: {
    "hold.ordered": { always: behaviours },
    "hold.moved": { always: behaviours },
    "hold.held": { always: behaviours },
  },
  async play(desk, runs) {
    await buyAll(desk, runs);
    const holds = runs.map((run) => converse(run, "hold", holdOf(run)));
    await crashAll(desk, runs, holds);
    await repeatAll(desk, holds);
    await letGo(desk, runs);
  },
};

const due: Scenario = {
  name: "due-hold",
  points: { "hold.due": { always: behaviours } },
  async play(desk, runs) {
    await buyAll(desk, runs);
    await askAll(
      desk,
      runs.map((run) => converse(run, "hold", holdOf(run))),
    );
    await arm(desk, runs, "release");
    await endHolds(desk, runs);
    await crashBackground(desk, runs, { kind: "recover" });
    await desk.settle();
    for (const run of runs) run.changedSince.push("released", "active");
  },
};

/** A client wants a kept number back; half of them then let it go after all. */
const undo: Scenario = {
  name: "undo",
  points: {
    "undo.moved": { always: behaviours },
    "undo.refilled": { always: behaviours },
    "undo.done": { always: behaviours },
  },
  async play(desk, runs) {
    await buyAll(desk, runs);
    await askAll(
      desk,
      runs.map((run) => converse(run, "hold", holdOf(run))),
    );
    for (const run of runs) run.conversations = [];
    const undos = runs.map((run) => converse(run, "undo", undoOf(run)));
    await crashAll(desk, runs, undos);
    await repeatAll(desk, undos);
    const leaving = runs.filter(({ random }) => random.chance(0.5));
    for (const run of leaving) run.changedSince.push("released");
    const releases = leaving.map((run) => converse(run, "release", releaseOf(run)));
    await arm(desk, leaving, "release");
    await askAll(desk, releases);
    await repeatAll(desk, releases);
  },
};

async function letGo(desk: Parameters<Scenario["play"]>[0], runs: Run[]): Promise<void> {
  await arm(desk, runs, "release");
  await endHolds(desk, runs);
  await desk.settle();
  for (const run of runs) run.changedSince.push("released", "active");
}

export const releases = [release, recovery, hold, due, undo];
