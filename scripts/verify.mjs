import "./node-version.mjs";
import { checks, runCheck } from "./checks.mjs";
import { ensureGenerated } from "./generate.mjs";
import { ensureInstalled } from "./install.mjs";
import { inRoot } from "./paths.mjs";
import { report, say } from "./progress.mjs";

/** What can be known in about a minute without a database, a browser or a build. Stops at nothing, fails at the end. */
const unit = { name: "unit", commands: [["vitest", "run", "--project", "unit"]] };

try {
  const log = inRoot(".data/logs/prepare.log");
  await ensureInstalled({ log, development: true });
  await ensureGenerated({ log });
  const failed = [];
  for (const check of [...checks, unit]) {
    if (!(await runCheck(check, { env: process.env }))) failed.push(check.name);
  }
  say(failed.length === 0 ? "\nAll well." : `\nFailed: ${failed.join(", ")}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} catch (error) {
  report(error);
  process.exitCode = 1;
}
