import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processIdentity } from "./process-identity.mjs";

/**
 * Takes a lock file for this process. Answers `{ release, update }`, or `{ holder }` when a living process has it.
 * A lock left by a process that was killed is taken over.
 */
export function takeLock(file, details = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const own = { pid: process.pid, identity: processIdentity(process.pid), ...details };
  const draft = `${file}.${process.pid}`;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
    try {
      // A link appears with its content or not at all, so nobody reads a half-written lock.
      linkSync(draft, file);
      rmSync(draft);
      return {
        release: () => rmSync(file, { force: true }),
        update: (more) => {
          writeFileSync(draft, JSON.stringify({ ...own, ...more }), { mode: 0o600 });
          renameSync(draft, file);
        },
      };
    } catch (error) {
      rmSync(draft, { force: true });
      if (error.code !== "EEXIST") throw error;
    }
    const holder = readHolder(file);
    if (holder && processIdentity(holder.pid) === holder.identity) return { holder };
    discardStale(file, holder);
  }
  throw new Error(`Could not take the lock ${file}.`);
}

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null; // gone meanwhile, or not a lock of ours
  }
}

/** Two processes may find the same stale lock: rename first, and give back what turns out to be a newer one. */
function discardStale(file, stale) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // the other one was faster
  }
  const moved = readHolder(aside);
  if (moved && moved.identity !== stale?.identity) {
    try {
      linkSync(aside, file);
    } catch {
      // a third process holds it by now, and is told so on the next round
    }
  }
  rmSync(aside, { force: true });
}
