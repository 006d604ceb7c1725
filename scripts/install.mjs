import { existsSync, readFileSync } from "node:fs";
import { inRoot } from "./paths.mjs";
import { run } from "./processes.mjs";
import { step } from "./progress.mjs";

/** Runs `npm ci` when node_modules is not what package-lock.json says. */
export async function ensureInstalled({ log, development = false }) {
  const lock = readPackages("package-lock.json");
  if (lock && isInstalled(lock, readPackages("node_modules/.package-lock.json"), { development })) return;
  await step("Installing packages", () =>
    run("npm ci", "npm", ["ci", "--no-audit", "--no-fund", ...(development ? ["--include=dev"] : [])], {
      log,
      node: false,
    }),
  );
}

/**
 * Compares package-lock.json with the note that npm leaves in node_modules when it has finished. Packages for other
 * machines are optional and may be missing; development packages may too unless asked for.
 */
export function isInstalled(wanted, present, { development }) {
  if (!present) return false;
  const dispensable = (entry) =>
    entry.optional || entry.devOptional || entry.peer || (entry.dev && !development);
  const missing = Object.entries(wanted).some(
    ([path, entry]) => path !== "" && !present[path] && !dispensable(entry),
  );
  const different = Object.entries(present).some(([path, entry]) => wanted[path]?.version !== entry.version);
  return !missing && !different;
}

function readPackages(file) {
  return existsSync(inRoot(file)) ? JSON.parse(readFileSync(inRoot(file), "utf8")).packages : null;
}
