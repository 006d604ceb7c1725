import { chmodSync, mkdirSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { loadEnvironment, servesLocalCarrier } from "./environment.mjs";
import { ensureInstalled } from "./install.mjs";
import { onInterrupt } from "./interrupts.mjs";
import { takeLock } from "./lock.mjs";
import { dataDirectory as configuredDirectory, shown } from "./paths.mjs";
import { parsePort, requireFreePort } from "./ports.mjs";
import { stopLeftovers } from "./processes.mjs";
import { Explained, report, say, seconds } from "./progress.mjs";
import { createStack } from "./stack.mjs";

/**
 * Everything from a bare clone to a running Linedesk, then waits for Ctrl-C. Cheap checks come first, so that a taken
 * port is told before minutes of installing.
 */
export async function supervise({ title, prepare, development = false }) {
  const begun = performance.now();
  let lock = null;
  let stack = null;
  let leaving = false;

  async function leave(code) {
    if (leaving) return;
    leaving = true;
    await stack?.stop();
    lock?.release?.();
    process.exit(code);
  }

  onInterrupt({
    stop: () => {
      say("\nStopping …");
      leave(0);
    },
    force: () => {
      stack?.kill();
      lock?.release?.();
      process.exit(130);
    },
  });

  try {
    loadEnvironment();
    const dataDirectory = ownDirectory(configuredDirectory());
    const port = parsePort(process.env.PORT, 3000);
    const host = process.env.HOST || "127.0.0.1";
    const url = process.env.LINEDESK_URL || `http://localhost:${port}`;
    lock = takeLock(join(dataDirectory, "running.json"), { title, url });
    if (lock.holder)
      throw new Explained(
        `Linedesk is already running here: ${lock.holder.url} (${lock.holder.title}, process ${lock.holder.pid}).`,
      );
    await stopLeftovers(join(dataDirectory, "processes.json"));
    await requireFreePort(port, host);

    const log = join(dataDirectory, "logs", "prepare.log");
    await ensureInstalled({ log, development });
    await prepare({ log });
    if (leaving) return;
    stack = createStack({
      dataDirectory,
      port,
      host,
      url,
      env: process.env,
      development,
      onFailure: (sentence) => {
        console.error(`\n${sentence}`);
        leave(1);
      },
    });
    await stack.start();
    greet({ stack, dataDirectory, begun, development });
  } catch (error) {
    if (leaving) return;
    report(error);
    await leave(1);
  }
}

/** Others may pass through it (the embedded database may run as another user) but not list it. */
function ownDirectory(directory) {
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const { uid, mode } = statSync(directory);
  if (uid !== process.getuid() && process.getuid() !== 0) {
    throw new Explained(
      `${shown(directory)} belongs to another user (Linedesk was started as root before?). Start as that user, or take it ` +
        `over: sudo chown -R ${userInfo().username} .data node_modules .next dist`,
    );
  }
  if ((mode & 0o777) !== 0o711) chmodSync(directory, 0o711);
  return directory;
}

function greet({ stack, dataDirectory, begun, development }) {
  const demo = stack.demo();
  say(`\nLinedesk is ready after ${seconds(begun)}: ${stack.url}`);
  if (demo)
    say(`Sign in as ${demo.email} with the password ${demo.password} (also in ${shown(stack.demoFile)}).`);
  if (!servesLocalCarrier(process.env))
    say("It works with your carrier account: numbers bought here cost money.");
  say(`${development ? "" : `Logs are in ${shown(join(dataDirectory, "logs"))}. `}Ctrl-C stops it.\n`);
}
