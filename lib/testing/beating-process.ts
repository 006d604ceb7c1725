import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What `beat.ts` says after each command. */
interface Told {
  /** The code of what was thrown, or null. */
  code: string | null;
  marksKept: boolean;
}

/** Another process of the installation, with a memory of its own; `epochFile` puts it on another machine. */
export async function startBeatingProcess(epochFile = process.env.LINEDESK_EPOCH_FILE ?? "") {
  const script = fileURLToPath(new URL("./beat.ts", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, LINEDESK_EPOCH_FILE: epochFile },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("The process has no input or output.");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();

  async function tell(command: string): Promise<Told> {
    stdin?.write(`${command}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`The process ended instead of answering ${command}.`);
    return JSON.parse(value) as Told;
  }

  return {
    /** Keeps the epoch so many times. */
    beat: (times = 1) => tell(`beat ${times}`),
    /** Whether it would buy: asks the guard, and keeps no epoch. */
    guard: () => tell("guard"),
    /** Keeps the epoch for ever, until it is killed. */
    beatOn: () => void stdin.write(`beat ${Number.MAX_SAFE_INTEGER}\n`),
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    async stop() {
      stdin.end();
      await once(child, "exit");
    },
  };
}
