import { acted, behaviours, inTime } from "../../harness/behaviours";
import { converse, purchaseOf, type Scenario } from "./run";
import { arm, crashAll, crashBackground, repeatAll } from "./steps";

/** Behaviours by which the answer is lost. */
const lost = [
  "reset-before",
  "reset-after",
  "late",
  "500-before",
  "500-after",
  "slower-than-lease",
  "garbled",
] as const;

/** A client buys a number; the process dies on the way. */
const purchase: Scenario = {
  name: "purchase",
  points: {
    "buy.prepared": { always: behaviours },
    "claim.organization-locked": { always: behaviours },
    "claim.inserted": { always: behaviours },
    "claim.ordered": { always: behaviours },
    "buy.claimed": { always: behaviours },
    "buy.looked-before": { always: behaviours },
    "calling.moved": { always: behaviours },
    "buy.calling": { always: behaviours },
    "buy.answered": { always: behaviours },
    "buy.looked-after": { always: ["refused"] },
    "purchase.moved": { always: ["ok"] },
    "purchase.settled": { always: ["ok"] },
    "purchase.charged": { always: ["ok"] },
    "purchase.audited": { always: ["ok"] },
    "purchase.refused": { always: ["refused", "429"] },
    "purchase.postponed": { always: lost },
    "buy.settled": { always: behaviours },
  },
  async play(desk, runs) {
    const purchases = runs.map((run) => converse(run, "purchase", purchaseOf(run)));
    await arm(desk, runs, "buy");
    await crashAll(desk, runs, purchases);
    await repeatAll(desk, purchases);
  },
};

/** The number is bought in the carrier's console just before ours is sent, and bears another date. */
const overtaken: Scenario = {
  name: "overtaken-purchase",
  points: { "purchase.quarantined": { always: ["ok"] } },
  async play(desk, runs) {
    const purchases = runs.map((run) => converse(run, "purchase", purchaseOf(run)));
    await arm(desk, runs, "buy");
    await desk.carrier.settings({ second_purchase: "update" });
    const lastYear = new Date(Date.now() - 365 * 86_400_000).toISOString();
    await crashAll(desk, runs, purchases, {
      meanwhile: ({ phoneNumber }) => ({
        at: "buy.looked-before",
        path: "own",
        body: { phone_number: phoneNumber, friendly_name: "by hand", bought_at: lastYear },
      }),
    });
    await repeatAll(desk, purchases);
    await desk.carrier.settings({ second_purchase: "refuse" });
    for (const run of runs) run.changedSince.push("quarantined");
  },
};

/** The process of a purchase dies with the answer in its hands, and then the one that recovers it. */
const recovery: Scenario = {
  name: "recovered-purchase",
  points: {
    "recovery.taken": { always: behaviours },
    "recovery.postponed": { always: behaviours },
    "recovery.looked": { always: behaviours },
    "recovery.rescheduled": { always: ["refused", "reset-before", "500-before", "429"], either: inTime },
    "purchase.moved": { always: acted, either: inTime },
    "purchase.settled": { always: acted, either: inTime },
    "purchase.charged": { always: acted, either: inTime },
    "purchase.audited": { always: acted, either: inTime },
  },
  async play(desk, runs) {
    const purchases = runs.map((run) => converse(run, "purchase", purchaseOf(run)));
    await arm(desk, runs, "buy");
    await crashAll(desk, runs, purchases, { at: "buy.answered" });
    await crashBackground(desk, runs, { kind: "recover" });
    await repeatAll(desk, purchases);
  },
};

export const purchases = [purchase, overtaken, recovery];
