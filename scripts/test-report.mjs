import { existsSync, readFileSync, rmSync } from "node:fs";

/**
 * Counts per suite of a Vitest JSON report: by file name, so that one run can serve both suites. A file that fails to
 * load has no tests in the report and counts as one failure.
 */
export function countVitest(report) {
  const counts = { unit: none(), integration: none() };
  for (const file of report.testResults) {
    const count = counts[/\.integration\.test\.\w+$/.test(file.name) ? "integration" : "unit"];
    const having = (status) => file.assertionResults.filter((test) => test.status === status).length;
    count.passed += having("passed");
    count.failed += having("failed");
    if (file.status === "failed" && having("failed") === 0) count.failed += 1;
  }
  return counts;
}

/** A flaky test passed in the end; errors outside tests (a broken file, a failed setup) count as failures. */
export function countPlaywright(report) {
  const { expected, flaky, unexpected } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (unexpected === 0 ? report.errors.length : 0) };
}

/** A suite in which nothing ran is a failure: a wrong pattern or a crash must not pass for success. */
export function requireSome(count) {
  return count.passed + count.failed > 0 ? count : { ...count, failed: 1, note: "no test was run" };
}

const none = () => ({ passed: 0, failed: 0 });

export const lastLine = (counts) => {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
};

/** Reads a report once and removes it, so that a run that crashes is never judged by the one before. */
export function takeReport(file) {
  if (!existsSync(file)) return null;
  const report = JSON.parse(readFileSync(file, "utf8"));
  rmSync(file);
  return report;
}
