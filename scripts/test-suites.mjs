import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabaseControl } from "./database-control.mjs";
import { inRoot } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { startProcess, toolPath } from "./processes.mjs";
import { readSecrets } from "./secrets.mjs";
import { createStack } from "./stack.mjs";
import { startTestDatabase, testDatabaseSettings } from "./test-database.mjs";
import { countPlaywright, countVitest, requireSome, takeReport } from "./test-report.mjs";

const work = inRoot(".data/test");

/** Runs unit tests, integration tests or both, and answers the counts of each suite asked for. */
export async function runVitest({ suites, filters, env, cleanup }) {
  const reportFile = join(work, "vitest.json");
  rmSync(reportFile, { force: true });
  const database = suites.includes("integration") ? await startTestDatabase(join(work, "integration")) : null;
  if (database) cleanup.add(database.stop);
  const runner = startProcess({
    name: "vitest",
    node: true,
    command: toolPath("vitest/vitest.mjs"),
    args: [
      "run",
      ...suites.flatMap((suite) => ["--project", suite]),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
      ...filters,
    ],
    env: { ...env, ...(database ? { DATABASE_URL: database.url, TEST_DATABASE_URL: database.url } : {}) },
  });
  cleanup.add(() => runner.stop({ signal: "SIGINT" }));
  const { code } = await runner.exited;
  await cleanup.run();
  return judgeVitest({ suites, report: takeReport(reportFile), code });
}

export function judgeVitest({ suites, report, code }) {
  if (!report)
    return Object.fromEntries(suites.map((suite) => [suite, { passed: 0, failed: 1, note: "no report" }]));
  const counted = countVitest(report);
  const counts = Object.fromEntries(suites.map((suite) => [suite, requireSome(counted[suite])]));
  const failures = Object.values(counts).some((count) => count.failed > 0);
  // An error outside any test, such as an unhandled rejection: the runner says it only by its exit code.
  if (code !== 0 && !failures)
    counts[suites[0]] = { ...counts[suites[0]], failed: 1, note: "an error outside the tests" };
  return counts;
}

/** Lost answers of the carrier are given up sooner than in earnest, so that a test can wait for how they end. */
const hurry = {
  LINEDESK_CARRIER_WRITE_TIMEOUT_SECONDS: "3",
  LINEDESK_QUIET_WINDOW_SECONDS: "6",
  LINEDESK_RECOVERY_INTERVAL_SECONDS: "1",
  LINEDESK_COMPARISON_GAP_SECONDS: "1",
};

/** Runs the browser and API tests against the production build, with a database and a carrier of its own. */
export async function runEndToEnd({ filters, env, browser, cleanup }) {
  const dataDirectory = join(work, "e2e");
  const reportFile = join(work, "playwright.json");
  const stackFile = join(work, "stack.json");
  rmSync(dataDirectory, { recursive: true, force: true });
  rmSync(reportFile, { force: true });
  mkdirSync(work, { recursive: true, mode: 0o711 });
  const port = await freePort();
  let failure = null;
  let runner = null;
  const stack = createStack({
    dataDirectory,
    port,
    url: `http://localhost:${port}`,
    env: { ...env, ...hurry },
    validateCarrier: true,
    databaseSettings: testDatabaseSettings,
    onFailure: (sentence) => {
      failure = sentence;
      console.error(`\n${sentence}`);
      runner?.stop({ signal: "SIGINT" });
    },
  });
  cleanup.add(stack.stop);
  const { databaseUrl, carrierUrl } = await stack.start();
  const writeStack = () =>
    writeFileSync(
      stackFile,
      `${JSON.stringify({ url: stack.url, databaseUrl, carrierUrl, pids: stack.pids() }, null, 2)}\n`,
      { mode: 0o600 },
    );
  writeStack();
  const { nextauthSecret, carrierAuthToken } = readSecrets(dataDirectory);
  const control = await openDatabaseControl({ database: stack.database, onChange: writeStack });
  cleanup.add(control.close);
  runner = startProcess({
    name: "playwright",
    node: true,
    command: toolPath("@playwright/test/cli.js"),
    args: ["test", ...filters],
    env: {
      ...env,
      LINEDESK_ORPHAN_SIGNAL: "SIGINT", // on SIGTERM it would leave its browsers behind
      LINEDESK_CHROMIUM: browser,
      LINEDESK_URL: stack.url,
      DATABASE_URL: databaseUrl,
      NEXTAUTH_SECRET: nextauthSecret,
      LOCAL_CARRIER_URL: carrierUrl,
      LOCAL_CARRIER_AUTH_TOKEN: carrierAuthToken,
      LINEDESK_DEMO_FILE: stack.demoFile,
      TEST_STACK_FILE: stackFile,
      STACK_CONTROL_URL: control.url,
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
    },
  });
  cleanup.add(() => runner.stop({ signal: "SIGINT", graceMs: 15_000 }));
  await runner.exited;
  await cleanup.run();
  const report = takeReport(reportFile);
  if (!report) return { passed: 0, failed: 1, note: "no report" };
  const count = requireSome(countPlaywright(report));
  return failure ? { ...count, failed: Math.max(count.failed, 1), note: "a part of the stack ended" } : count;
}
