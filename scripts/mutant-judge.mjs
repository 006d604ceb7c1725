import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { explainEnd, run, startProcess, toolPath } from "./processes.mjs";
import { takeReport } from "./test-report.mjs";

const patienceMs = 300_000;

/**
 * Says whether tests notice a mutant. `folder` is for logs and reports. A mutant counts as killed when its tests pass
 * without it and, with it, at least one fails by an assertion: an error of the set-up or of the syntax is no proof.
 */
export function openJudge({ databaseUrl, env, folder, cleanup }) {
  /** Answers of the code as it is, by test: many mutants share one. */
  const unchanged = new Map();

  async function runTests(copy, { file, test }, url) {
    const reportFile = join(folder, `${randomUUID()}.json`);
    const name = test.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const started = startProcess({
      name: `vitest ${file}`,
      node: true,
      tool: true,
      command: toolPath("vitest/vitest.mjs"),
      args: ["run", file, "-t", name, "--reporter=json", `--outputFile.json=${reportFile}`],
      cwd: copy.folder,
      log: `${reportFile}.log`,
      env: { ...env, DATABASE_URL: url, TEST_DATABASE_URL: url },
    });
    cleanup.add(started.kill);
    const late = setTimeout(started.kill, patienceMs);
    const end = await started.exited;
    clearTimeout(late);
    const report = takeReport(reportFile);
    if (!report) return { error: explainEnd(started, end) };
    return readReport(report);
  }

  async function requirePasses(copy, tests) {
    const key = JSON.stringify(tests);
    if (!unchanged.has(key)) unchanged.set(key, runTests(copy, tests, databaseUrl));
    const { error, passed, failed } = await unchanged.get(key);
    if (error) return error;
    if (failed.length > 0) return `fails without the mutant already: ${failed[0].title}`;
    return passed === 0 ? "no test has that name" : null;
  }

  /** A changed migration needs a database made by it; otherwise the common one will do. */
  async function databaseFor(copy, mutant) {
    if (!mutant.edits.some(({ file }) => file.startsWith("prisma/migrations/"))) return databaseUrl;
    const name = `mutant_${randomUUID().replaceAll("-", "")}`;
    await createDatabase(databaseUrl, name);
    const url = Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).toString();
    const migrate = join(copy.folder, "scripts/migrate.mjs");
    await run("The migration", migrate, [], {
      cwd: copy.folder,
      env: { ...env, DATABASE_URL: url },
      log: join(folder, `${name}.log`),
    });
    return url;
  }

  return {
    folder,
    /** Answers `{ killed, reason }`. */
    async try(copy, mutant) {
      const { killedBy } = mutant;
      try {
        const wrong = await requirePasses(copy, killedBy);
        if (wrong) return { killed: false, reason: wrong };
        const putBack = copy.change(mutant.edits);
        try {
          return verdictOf(await runTests(copy, killedBy, await databaseFor(copy, mutant)));
        } finally {
          putBack();
        }
      } catch (error) {
        return { killed: false, reason: error.message };
      } finally {
        rmSync(join(copy.folder, ".data"), { recursive: true, force: true });
      }
    },
  };
}

function readReport({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests
    .filter(({ status }) => status === "failed")
    .map(({ title, failureMessages }) => ({ title, messages: failureMessages }));
  const unread = testResults.find(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    error: unread ? `${unread.name}: ${unread.message}` : null,
    passed: tests.filter(({ status }) => status === "passed").length,
    failed,
  };
}

/** What vitest throws when an expectation is not met. */
const isAssertion = (message) =>
  /^(AssertionError|Error: (expected|promise (resolved|rejected)) )/.test(message);

function verdictOf({ error, failed }) {
  if (error) return { killed: false, reason: error };
  const byAssertion = failed.find(({ messages }) => messages.some(isAssertion));
  if (byAssertion) return { killed: true, reason: byAssertion.title };
  if (failed.length === 0) return { killed: false, reason: "no test noticed" };
  return { killed: false, reason: `no assertion failed, but: ${failed[0].messages[0]?.split("\n")[0]}` };
}

async function createDatabase(databaseUrl, name) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
}
