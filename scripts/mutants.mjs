import "./node-version.mjs";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mutants } from "../faults/mutants/index.mjs";
import { createCleanup } from "./cleanup.mjs";
import { openCopy } from "./code-copy.mjs";
import { testEnvironment } from "./environment.mjs";
import { ensureGenerated } from "./generate.mjs";
import { ensureInstalled } from "./install.mjs";
import { onInterrupt } from "./interrupts.mjs";
import { openJudge } from "./mutant-judge.mjs";
import { inRoot } from "./paths.mjs";
import { Explained, report, say, seconds } from "./progress.mjs";
import { startTestDatabase } from "./test-database.mjs";

/**
 * Tests the tests: breaks one guard at a time in a copy of the code and expects the tests that are there for it to fail.
 * Words after the command choose mutants whose name contains one of them.
 */
const atOnce = 2;
const cleanup = createCleanup();
const words = process.argv.slice(2).map((word) => word.toLowerCase());

function chooseMutants() {
  const chosen = mutants.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
  );
  if (chosen.length === 0) throw new Explained(`No mutant is called ${words.join(" or ")}.`);
  return chosen;
}

async function prepare() {
  mkdirSync(inRoot(".data/test"), { recursive: true, mode: 0o711 });
  const log = inRoot(".data/test/prepare.log");
  await ensureInstalled({ log, development: true });
  await ensureGenerated({ log });
  const folder = mkdtempSync(join(tmpdir(), "linedesk-mutants-"));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const database = await startTestDatabase(inRoot(".data/test/mutants"));
  cleanup.add(database.stop);
  return openJudge({ databaseUrl: database.url, env: testEnvironment(), folder, cleanup });
}

/** Each worker has a copy of its own and takes the next mutant as soon as it is through with one. */
async function judgeAll(judge, chosen) {
  const results = [];
  const left = [...chosen];
  const work = async (_, index) => {
    const copy = openCopy(join(judge.folder, `copy-${index}`));
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const begun = performance.now();
      const verdict = await judge.try(copy, mutant);
      results.push({ mutant, ...verdict, time: seconds(begun) });
      say(`${verdict.killed ? "✓" : "✗"} ${mutant.name} (${seconds(begun)}): ${verdict.reason}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return chosen.map((mutant) => results.find((result) => result.mutant === mutant));
}

function tell(results) {
  const killed = results.filter((result) => result.killed).length;
  const width = Math.max(...results.map(({ mutant }) => mutant.name.length));
  say("\nGuard taken away, and what notices");
  for (const { mutant, killed, reason } of results)
    say(`${killed ? "✓" : "✗"} ${mutant.name.padEnd(width)}  ${reason}`);
  const file = inRoot(".data/faults/mutants.json");
  mkdirSync(inRoot(".data/faults"), { recursive: true });
  const rows = results.map(({ mutant: { name, breaks }, ...result }) => ({ name, breaks, ...result }));
  writeFileSync(file, `${JSON.stringify({ killed, of: results.length, mutants: rows }, null, 2)}\n`);
  say(`\n${killed} of ${results.length} killed`);
  return killed === results.length;
}

onInterrupt({
  stop: () => {
    say("\nStopping …");
    cleanup.run().then(() => process.exit(130));
  },
  force: () => process.exit(130),
});

let good = false;
try {
  const chosen = chooseMutants();
  good = tell(await judgeAll(await prepare(), chosen));
} catch (error) {
  report(error);
}
await cleanup.run();
process.exit(good ? 0 : 1);
