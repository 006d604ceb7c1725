import { Counter, Gauge, type Registry } from "prom-client";
import { areMarksKept } from "../installation";
import { log } from "../log";
import { readState, type State } from "./state";

/** What every process answers alike, whichever is asked: read from the database when it is asked. */

type Sample = [labels: Record<string, string>, value: number];

interface Shared {
  name: string;
  help: string;
  labels: string[];
  /** Of rows that are never removed, so that the value only falls when a backup was restored. */
  counter?: true;
  read: (state: State) => Sample[];
}

const settled = (orders: State["orders"]["purchases"]): Sample[] =>
  orders.map(({ outcome, code, count }) => [{ outcome, code }, count]);

const shared: Shared[] = [
  {
    name: "linedesk_numbers",
    help: "Phone numbers, by state.",
    labels: ["state"],
    read: ({ numbers }) => numbers.map(({ state, count }) => [{ state }, count]),
  },
  {
    name: "linedesk_unfinished_numbers",
    help: "Purchases and releases under way, by state.",
    labels: ["state"],
    read: ({ unfinished }) => unfinished.map(({ state, count }) => [{ state }, count]),
  },
  {
    name: "linedesk_unfinished_oldest_seconds",
    help: "How long the oldest purchase or release under way has taken, by state; 0 without one.",
    labels: ["state"],
    read: ({ unfinished }) => unfinished.map(({ state, oldest_seconds }) => [{ state }, oldest_seconds]),
  },
  {
    name: "linedesk_purchases_total",
    help: "Purchases that are settled: bought, or refused with an error code.",
    labels: ["outcome", "code"],
    counter: true,
    read: ({ orders }) => settled(orders.purchases),
  },
  {
    name: "linedesk_releases_total",
    help: "Releases that are settled: released, undone, or refused with an error code.",
    labels: ["outcome", "code"],
    counter: true,
    read: ({ orders }) => settled(orders.releases),
  },
  {
    name: "linedesk_open_drifts",
    help: "Differences between a carrier's list and ours that somebody should decide about, by kind.",
    labels: ["kind"],
    read: ({ drifts }) => drifts.map(({ kind, count }) => [{ kind }, count]),
  },
  {
    name: "linedesk_sync_age_seconds",
    help: "Since a carrier account was last compared to the end; accounts count from 1 as they were connected.",
    labels: ["carrier", "account"],
    read: ({ accounts }) => accounts.map(({ carrier, account, seconds }) => [{ carrier, account }, seconds]),
  },
  {
    name: "linedesk_safe_mode",
    help: "1 in safe mode: nothing is bought or released because commits may have been lost.",
    labels: [],
    read: ({ safeMode }) => [[{}, safeMode ? 1 : 0]],
  },
  {
    name: "linedesk_kill_switches",
    help: "Kill switches that are set, by what they stop and how far they reach.",
    labels: ["act", "reach"],
    read: ({ killSwitches }) => killSwitches.map(({ act, reach, count }) => [{ act, reach }, count]),
  },
  {
    name: "linedesk_holds_due",
    help: "Held numbers that are to be given back within 24 hours.",
    labels: [],
    read: ({ holds }) => [[{}, holds.due]],
  },
  {
    name: "linedesk_holds_overdue",
    help: "Held numbers whose hold ended more than five minutes ago and that are still here.",
    labels: [],
    read: ({ holds }) => [[{}, holds.overdue]],
  },
  {
    name: "linedesk_queue_jobs",
    help: "Jobs of the queue, by state; those that ended count for half a day.",
    labels: ["job", "state"],
    read: ({ jobs }) => jobs.map(({ job, state, count }) => [{ job, state }, count]),
  },
];

/** Adds them to the registry. While the database is away they have no value, rather than an old one or zero. */
export function registerShared(registry: Registry): void {
  const registers = [registry];
  for (const { name, help, labels, counter, read } of shared) {
    const metric = counter
      ? new Counter({ name, help, labelNames: labels, registers, collect })
      : new Gauge({ name, help, labelNames: labels, registers, collect });
    async function collect(): Promise<void> {
      const samples = await readState().then(read, () => null);
      metric.reset();
      if (samples === null && labels.length === 0) metric.remove();
      for (const [sample, value] of samples ?? []) metric.inc(sample, value);
    }
  }
  new Gauge({
    name: "linedesk_database_up",
    help: "1 when the database could be read for these metrics.",
    registers,
    async collect() {
      this.set(await readState().then(() => 1, explain));
    },
  });
  new Gauge({
    name: "linedesk_epoch_file_up",
    help: "1 when this process could last write the epoch outside of the database; without it, lost commits go unnoticed.",
    registers,
    collect() {
      this.set(areMarksKept() ? 1 : 0);
    },
  });
}

function explain(error: unknown): number {
  log.warn({ err: error }, "The metrics could not be read from the database.");
  return 0;
}
