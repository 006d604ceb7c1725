import "../node-version.mjs";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../build.mjs";
import { createCleanup } from "../cleanup.mjs";
import { testEnvironment } from "../environment.mjs";
import { ensureInstalled } from "../install.mjs";
import { onInterrupt } from "../interrupts.mjs";
import { takeLock } from "../lock.mjs";
import { inRoot, shown } from "../paths.mjs";
import { Explained, report, say, seconds } from "../progress.mjs";

const work = inRoot(".data/bench");
const directory = join(work, "desk");
const document = inRoot("docs/benchmarks.md");
/** Without the build, which may have to be made first. */
const limitMs = 180_000;

const cleanup = createCleanup();
let lock = null;
let leaving = false;

async function leave(code) {
  if (leaving) return;
  leaving = true;
  await cleanup.run();
  // Its logs may say why it failed.
  if (code !== 1) rmSync(directory, { recursive: true, force: true });
  lock?.release?.();
  process.exit(code);
}

function fail(sentence) {
  if (leaving) return;
  console.error(`\n${sentence}`);
  leave(1);
}

onInterrupt({
  stop: () => {
    say("\nStopping …");
    leave(130);
  },
  force: () => process.exit(130),
});

try {
  const options = process.argv.slice(2);
  const write = options.includes("--write");
  if (options.some((option) => option !== "--write"))
    throw new Explained("The benchmark takes --write, and nothing else.");
  mkdirSync(work, { recursive: true, mode: 0o711 });
  lock = takeLock(join(work, "running.json"));
  if (lock.holder) throw new Explained(`A benchmark is already running here (process ${lock.holder.pid}).`);
  const log = join(work, "prepare.log");
  await ensureInstalled({ log, development: true });
  const env = testEnvironment();
  await ensureBuilt({ log, env });

  const begun = performance.now();
  setTimeout(() => fail(`It took longer than ${limitMs / 1000} s; is the machine busy?`), limitMs).unref();
  rmSync(directory, { recursive: true, force: true });
  // What follows needs packages, which are there only by now.
  const { openDesk } = await import("./desk.mjs");
  const { measureAll } = await import("./measure.mjs");
  const { asText, describeMachine, toCells, toDocument } = await import("./report.mjs");
  const { facts, postgres } = await openDesk({ directory, env, cleanup, onFailure: fail });
  const cells = toCells(await measureAll(facts, { env, cleanup }));
  const machine = describeMachine(postgres);
  say(`\n${asText(cells)}\n\n${machine}. It took ${seconds(begun)}.`);
  if (write) {
    writeFileSync(document, toDocument({ cells, machine, date: new Date().toISOString().slice(0, 10) }));
    say(`Wrote ${shown(document)}.`);
  }
  await leave(0);
} catch (error) {
  if (!leaving) report(error);
  await leave(1);
}
