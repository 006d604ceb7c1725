import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SuiteContext, SuiteResult } from "./harness/suite";
import { suites } from "./suites";

/** Runs the suites asked for, one after the other, prints a table and writes the figures to files. */

interface Options extends Omit<SuiteContext, "folder"> {
  /** Names of suites; empty means all. */
  only: string[];
  folder: string;
}

interface Report {
  suite: string;
  seconds: number;
  result: SuiteResult;
}

/** Answers how many suites found nothing wrong and how many did. Throws when a suite asked for does not exist. */
export async function runFaults(options: Options): Promise<{ passed: number; failed: number }> {
  const unknown = options.only.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no suite ${unknown.join(", ")}; there are ${suites.map(({ name }) => name).join(", ")}.`,
    );
  }
  const chosen = suites.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  options.say(`Faults: size ${options.size}, seed ${options.seed}`);
  const reports: Report[] = [];
  for (const suite of chosen) {
    const folder = join(options.folder, suite.name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const begun = performance.now();
    const result = await suite.run({ ...options, folder }).catch(asFailure);
    if (options.replay !== null && result.runs === 0) {
      result.violations.push({ rule: "harness", run: null, detail: `There is no run ${options.replay}.` });
    }
    const report = { suite: suite.name, seconds: (performance.now() - begun) / 1000, result };
    reports.push(report);
    explain(report, options);
  }
  printTable(reports, options);
  // One run done again says nothing of the suite.
  if (options.replay === null) for (const report of reports) keepFigures(report, options);
  const failed = reports.filter(({ result }) => result.violations.length > 0).length;
  return { passed: reports.length - failed, failed };
}

function keepFigures(report: Report, { folder, size, seed }: Options): void {
  const file = join(folder, `report-${report.suite}-${size}.json`);
  writeFileSync(file, `${JSON.stringify({ size, seed, ...report }, null, 2)}\n`);
}

function asFailure(error: unknown): SuiteResult {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    runs: 0,
    reached: 0,
    active: 0,
    violations: [{ rule: "harness", run: null, detail }],
    figures: {},
  };
}

const shownAtMost = 20;

function explain({ suite, result }: Report, { say, size, seed }: Options): void {
  for (const { rule, run, detail } of result.violations.slice(0, shownAtMost)) {
    say(`✗ ${suite} ${rule}: ${detail}`);
    const replay = run === null ? "" : ` --replay "${run}"`;
    say(`  npm run test:faults -- --size ${size} --suite ${suite} --seed ${seed}${replay}`);
  }
  const more = result.violations.length - shownAtMost;
  if (more > 0) say(`  and ${more} more`);
}

function printTable(reports: Report[], { say }: Options): void {
  say();
  say("suite            runs  reached  active  violations   time");
  for (const { suite, seconds, result } of reports) {
    const { runs, reached, active, violations } = result;
    const cells = [
      suite.padEnd(14),
      String(runs).padStart(6),
      String(reached).padStart(8),
      String(active).padStart(7),
      String(violations.length).padStart(11),
      `${seconds.toFixed(0)} s`.padStart(6),
    ];
    say(cells.join(" "));
    const figures = Object.entries(result.figures).map(([name, figure]) => `${name} ${figure}`);
    if (figures.length > 0) say(`  ${figures.join(", ")}`);
  }
  say();
}
