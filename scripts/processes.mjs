import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inRoot, root, shown } from "./paths.mjs";
import { processIdentity } from "./process-identity.mjs";
import { Explained } from "./progress.mjs";

const LOG_LIMIT = 10 * 1024 * 1024;
const followParent = pathToFileURL(inRoot("scripts/follow-parent.mjs")).href;

/** Tools whose work is pointless once we leave, unlike servers, which end by themselves and in good order. */
const tools = new Set();
process.on("exit", () => {
  for (const child of tools) signalGroup(child.pid, "SIGKILL");
});

/**
 * Starts a long-lived or short-lived process in a process group of its own, so that Ctrl-C at the terminal reaches
 * only the script, which then stops its children in order.
 *
 * `node: true` runs `command` as a JavaScript file that ends when this process does. Output goes to `log`, by file
 * descriptor rather than a pipe: the child must not fail on a write when this process is killed. Without `log` it
 * goes to the terminal. A `tool` is ended at once when we exit.
 */
export function startProcess({
  name,
  command,
  args = [],
  env = process.env,
  log,
  node = false,
  nodeArgs = [],
  stdin = "ignore",
  tool = false,
  ...options
}) {
  const output = log ? openLog(log) : "inherit";
  const from = log ? statSync(log).size : 0;
  const line = node
    ? [process.execPath, ["--import", followParent, ...nodeArgs, command, ...args]]
    : [command, args];
  const child = spawn(...line, {
    cwd: root,
    detached: true,
    env: { ...env, LINEDESK_PARENT_PID: String(process.pid) },
    stdio: node ? [stdin, output, output, "ipc"] : [stdin, output, output],
    ...options,
  });
  if (log) closeSync(output);
  if (tool) tools.add(child);
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  let ended = null;
  exited.then((end) => {
    ended = end;
    tools.delete(child);
  });
  return {
    name,
    log,
    child,
    pid: child.pid,
    exited,
    ended: () => ended,
    lastLines: (count = 20) =>
      log ? readFileSync(log).subarray(from).toString().trimEnd().split("\n").slice(-count).join("\n") : "",
    kill: () => signalGroup(child.pid, "SIGKILL"),
    /** Asks it to end, waits, and insists on its whole group. */
    stop: async ({ signal = "SIGTERM", graceMs = 10_000 } = {}) => {
      if (!ended) signalOne(child.pid, signal);
      await Promise.race([exited, wait(graceMs, undefined, { ref: false })]);
      signalGroup(child.pid, "SIGKILL");
      await exited;
    },
  };
}

/** Runs a command to its end; when it fails, the error holds its last lines. */
export async function run(title, command, args, { env, log, node = true, ...options } = {}) {
  const started = startProcess({ name: title, command, args, env, log, node, tool: true, ...options });
  const { code, signal, error } = await started.exited;
  if (code === 0) return started;
  throw new Explained(explainEnd(started, { code, signal, error }));
}

export function explainEnd(started, { code, signal, error }) {
  const how = error
    ? `could not be started (${error.message})`
    : signal
      ? `was ended by ${signal}`
      : `ended with exit code ${code}`;
  const lines = started.lastLines();
  const where = started.log && lines ? ` The last lines of ${shown(started.log)}:\n\n${lines}\n` : "";
  return `${started.name} ${how}.${where}`;
}

export const toolPath = (path) => inRoot("node_modules", path);

/** Writes down who was started, for a next start after a kill -9. */
export function rememberProcesses(file, started) {
  const list = started.map(({ name, pid }) => ({ name, pid, identity: processIdentity(pid) }));
  writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`, { mode: 0o600 });
}

/** Ends what an earlier run that was killed has left behind: only processes that are provably still the same. */
export async function stopLeftovers(file) {
  if (!existsSync(file)) return;
  const left = JSON.parse(readFileSync(file, "utf8"));
  const living = () =>
    left.filter(({ pid, identity }) => identity !== null && processIdentity(pid) === identity);
  for (const { pid } of living()) signalOne(pid, "SIGTERM");
  for (const deadline = performance.now() + 6_000; living().length > 0 && performance.now() < deadline; )
    await wait(50);
  for (const { pid } of living()) signalGroup(pid, "SIGKILL");
  for (const deadline = performance.now() + 2_000; living().length > 0 && performance.now() < deadline; )
    await wait(20);
  rmSync(file);
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

export function signalOne(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended in the meantime, which is what we want
  }
}

function signalGroup(pid, signal) {
  if (pid) signalOne(-pid, signal);
}
