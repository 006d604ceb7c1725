import { ageByMonth } from "../../harness/aging";
import { acted, behaviours, faultOf, inTime } from "../../harness/behaviours";
import type { Desk } from "../../harness/desk";
import { converse, purchaseOf, type Run, releaseOf, type Scenario } from "./run";
import { arm, buyAll, crashAll, crashBackground, repeatAll, requireStatus } from "./steps";

/** A read that was refused is not tried again; every other failure of a read is. */
const read = behaviours.filter((behaviour) => behaviour !== "refused");

/** A comparison meets a number that the carrier bills although its purchase was refused here. */
const lost: Scenario = {
  name: "sync",
  points: {
    "sync.started": { always: behaviours },
    "sync.listed": { always: read },
    "sync.compared": { always: read },
    "sync.quarantined": { always: read },
    "sync.finished": { always: read },
  },
  async play(desk, runs) {
    for (const group of byBehaviour(runs)) {
      await loseAll(desk, group);
      await crashComparison(desk, group);
    }
  },
};

/** A comparison ends the stay of a number that was released in the carrier's console. */
const missing: Scenario = {
  name: "sync-missing",
  points: { "sync.gone": { always: read } },
  async play(desk, runs) {
    await buyAll(desk, runs);
    for (const group of byBehaviour(runs)) {
      for (const { phoneNumber } of group) await desk.carrier.disown(phoneNumber);
      await desk.sync();
      await desk.sql.query(
        "UPDATE drift SET first_seen_at = first_seen_at - interval '1 hour' WHERE kind = 'missing'",
      );
      await crashComparison(desk, group);
    }
  },
};

/** Somebody takes over a number that was lost. */
const adopt: Scenario = {
  name: "adopt",
  points: {
    "adopt.claimed": { always: behaviours },
    "adopt.marked": { always: acted, either: inTime },
    "adopt.moved": { always: acted, either: inTime },
  },
  async play(desk, runs) {
    await loseAll(desk, runs);
    await resolveAll(desk, runs, "adopt", "update");
  },
};

/** Somebody gives back a number that was lost. */
const giveBack: Scenario = {
  name: "give-back",
  points: {
    "give-back.claimed": { always: behaviours },
    "give-back.marked": { always: behaviours },
    "give-back.moved": { always: behaviours },
  },
  async play(desk, runs) {
    await loseAll(desk, runs);
    await resolveAll(desk, runs, "give_back", "release");
  },
};

/** Somebody sends the calls of a number here again that were sent elsewhere in the carrier's console. */
const rewire: Scenario = {
  name: "rewire",
  points: { "rewire.written": { always: acted, either: inTime } },
  async play(desk, runs) {
    await buyAll(desk, runs);
    for (const { phoneNumber } of runs)
      await desk.carrier.rewire(phoneNumber, "https://elsewhere.example.com/voice");
    await resolveAll(desk, runs, "rewire", "update");
  },
};

/** A month of a number begins; afterwards half of them are released. */
const renewal: Scenario = {
  name: "renewal",
  points: { "renewal.charged": { always: behaviours } },
  async play(desk, runs) {
    await buyAll(desk, runs);
    for (const group of byBehaviour(runs)) {
      await ageByMonth(
        desk.sql,
        group.map(({ phoneNumber }) => phoneNumber),
      );
      await crashBackground(desk, group, { kind: "renew" });
      await desk.steady.do({ kind: "renew" });
    }
    const leaving = runs.filter(({ random }) => random.chance(0.5));
    const releases = leaving.map((run) => converse(run, "release", releaseOf(run)));
    await arm(desk, leaving, "release");
    await repeatAll(desk, releases);
  },
};

/** A purchase that the carrier refuses, and that it bills to us all the same, by our tag. */
async function loseAll(desk: Desk, runs: Run[]): Promise<void> {
  for (const { phoneNumber } of runs) {
    const behaviour = { kind: "refuse", status: 400, code: 21422 };
    await desk.carrier.arm({ operation: "buy", phone_number: phoneNumber, behaviour });
  }
  const purchases = runs.map((run) => converse(run, "purchase", purchaseOf(run)));
  await repeatAll(desk, purchases);
  for (const { run, answers } of purchases) requireStatus(run, answers.at(-1), 409);
  for (const run of runs) {
    run.changedSince.push("quarantined");
    run.acknowledged = [];
    const { rows } = await desk.sql.query<{ tag: string }>(
      "SELECT tag FROM phone_number WHERE phone_number = $1",
      [run.phoneNumber],
    );
    await desk.carrier.own(run.phoneNumber, { friendly_name: rows[0]?.tag ?? "" });
  }
}

/** The list of an account belongs to all runs, so the behaviours go one by one. */
function byBehaviour(runs: Run[]): Run[][] {
  return behaviours
    .map((behaviour) => runs.filter((run) => run.behaviour === behaviour))
    .filter((group) => group.length > 0);
}

async function crashComparison(desk: Desk, runs: Run[]): Promise<void> {
  const [first] = runs;
  const fault = first && faultOf(first.behaviour, { operation: "list" }, first.random);
  if (fault) await desk.carrier.arm(fault);
  await crashBackground(desk, runs, { kind: "sync" });
  await desk.carrier.disarm();
  await desk.endLeases();
  await desk.sync();
}

async function resolveAll(
  desk: Desk,
  runs: Run[],
  action: "adopt" | "give_back" | "rewire",
  call: "update" | "release",
): Promise<void> {
  await desk.sync();
  const { rows } = await desk.sql.query<{ id: string; phone_number: string }>(
    "SELECT id, phone_number FROM drift WHERE status = 'open'",
  );
  for (const run of runs) run.conversations = [];
  const resolutions = runs.map((run) => {
    const drift = rows.find(({ phone_number }) => phone_number === run.phoneNumber);
    if (!drift) throw new Error(`${run.id}: the comparison did not see ${run.phoneNumber}.`);
    const path = `/core/drifts/${drift.id}/resolve`;
    return converse(run, action === "give_back" ? "give-back" : action, {
      method: "POST",
      path,
      body: { action },
    });
  });
  await arm(desk, runs, call);
  await crashAll(desk, runs, resolutions);
  await repeatAll(desk, resolutions);
}

export const syncs = [lost, missing, adopt, giveBack, rewire, renewal];
