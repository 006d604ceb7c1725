import "./node-version.mjs";
import { mkdirSync } from "node:fs";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { checks, runCheck } from "./checks.mjs";
import { createCleanup } from "./cleanup.mjs";
import { testEnvironment } from "./environment.mjs";
import { drawSeed } from "./fault-arguments.mjs";
import { runFaultTests } from "./faults.mjs";
import { ensureGenerated } from "./generate.mjs";
import { ensureInstalled } from "./install.mjs";
import { onInterrupt } from "./interrupts.mjs";
import { takeLock } from "./lock.mjs";
import { inRoot } from "./paths.mjs";
import { Explained, report, say, seconds } from "./progress.mjs";
import { parseTestArguments } from "./test-arguments.mjs";
import { lastLine } from "./test-report.mjs";
import { runEndToEnd, runVitest } from "./test-suites.mjs";

const work = inRoot(".data/test");
const log = inRoot(".data/test/prepare.log");
const cleanup = createCleanup();
const results = [];
let lock = null;
let interrupted = false;

/** Runs a part; when it throws, says why, counts one failure under its name, and lets the next part have its turn. */
async function part(name, work) {
  if (interrupted) return;
  const begun = performance.now();
  let counts;
  try {
    counts = await work();
  } catch (error) {
    report(error);
    counts = { [name]: { passed: 0, failed: 1 } };
  }
  await cleanup.run();
  for (const [suite, count] of Object.entries(counts))
    results.push({ name: suite, ...count, time: seconds(begun) });
}

/** For what must succeed and is no test by itself: silent unless it fails. */
const prepare = (name, work) =>
  part(name, async () => {
    await work();
    return {};
  });

async function leave() {
  await cleanup.run();
  lock?.release?.();
  if (interrupted) process.exit(130);
  say();
  for (const { name, passed, failed, note, time } of results) {
    say(
      `${failed > 0 ? "✗" : "✓"} ${name.padEnd(12)} ${passed} passed, ${failed} failed, ${time}${note ? ` (${note})` : ""}`,
    );
  }
  say(`\n${lastLine(results)}`);
  process.exit(results.length === 0 || results.some((result) => result.failed > 0) ? 1 : 0);
}

onInterrupt({
  stop: () => {
    interrupted = true;
    say("\nStopping …");
    leave();
  },
  force: () => process.exit(130),
});

try {
  const { only, filters } = parseTestArguments(process.argv.slice(2));
  const wants = (suite) => !only || only === suite;
  mkdirSync(work, { recursive: true, mode: 0o711 });
  lock = takeLock(inRoot(".data/test/running.json"));
  if (lock.holder) throw new Explained(`The tests are already running here (process ${lock.holder.pid}).`);
  await ensureInstalled({ log, development: true });
  await ensureGenerated({ log });
  const env = testEnvironment();

  if (wants("checks") && filters.length === 0) {
    for (const check of checks) {
      const onStart = (started) => cleanup.add(started.stop);
      await part(check.name, async () => {
        const passed = await runCheck(check, { env, onStart });
        return { [check.name]: passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 } };
      });
    }
  }
  const suites = ["unit", "integration"].filter(wants);
  if (suites.length > 0) await part(suites.join(" and "), () => runVitest({ suites, filters, env, cleanup }));
  if (wants("e2e")) {
    let browser = null;
    let built = false;
    await prepare("browser", async () => {
      browser = await ensureBrowser({ log });
    });
    await prepare("build", async () => {
      await ensureBuilt({ log, env });
      built = true;
    });
    if (browser && built)
      await part("e2e", async () => ({ e2e: await runEndToEnd({ filters, env, browser, cleanup }) }));
  }
  if (wants("faults") && filters.length === 0) {
    const wish = { size: "each", seed: drawSeed(), suites: [], replay: null };
    await part("faults", async () => ({ faults: await runFaultTests({ ...wish, cleanup }) }));
  }
} catch (error) {
  report(error);
  results.push({ name: "preparation", passed: 0, failed: 1, time: "" });
}
if (!interrupted) await leave();
