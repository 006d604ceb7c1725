import { type ChildProcess, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FailPoint } from "@/lib/fail-points";
import type { Act, FromActor, Job, Results, ToActor } from "./jobs";

/** A job that was started: it may reach its point, and it may end. Killed, it does neither. */
export interface Started {
  /** Resolves at the first time the job stands at its point. */
  reached: Promise<{ point: FailPoint; subject: string | null }>;
  /** Resolves with what came of it, or with the error it ended by. */
  ended: Promise<{ result: unknown } | { failure: string }>;
  /** Subjects that stand at the point by now. */
  standing(): string[];
  /** Lets it go on from its point. */
  goOn(): void;
}

export interface Actor {
  pid: number;
  start(job: Job): Started;
  /** Does something to the end. Throws what it threw. */
  do<Kind extends Act["kind"]>(act: Extract<Act, { kind: Kind }>): Promise<Results[Kind]>;
  /** SIGSTOP: the process sleeps and does not know it. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
}

export async function openActor({ env, log }: { env: NodeJS.ProcessEnv; log: string }): Promise<Actor> {
  const output = openSync(log, "a");
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", fileURLToPath(new URL("actor.js", import.meta.url))],
    { env, stdio: ["ignore", output, output, "ipc"] },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const jobs = new Map<number, (message: FromActor) => void>();
  let lastId = 0;

  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`An actor ended by ${signal ?? code}; see ${log}.`)),
    );
    child.on("message", (message: FromActor) => {
      if ("ready" in message) resolve();
      else jobs.get(message.id)?.(message);
    });
  });

  function start(job: Job): Started {
    lastId += 1;
    const id = lastId;
    const subjects: string[] = [];
    let tellReached: (at: { point: FailPoint; subject: string | null }) => void = () => {};
    const reached = new Promise<{ point: FailPoint; subject: string | null }>((resolve) => {
      tellReached = resolve;
    });
    const ended = new Promise<{ result: unknown } | { failure: string }>((resolve) => {
      jobs.set(id, (message) => {
        if ("reached" in message) {
          if (message.subject !== null) subjects.push(message.subject);
          tellReached({ point: message.reached, subject: message.subject });
        } else if ("result" in message) resolve({ result: message.result });
        else if ("failure" in message) resolve({ failure: message.failure });
      });
    });
    tell(child, { id, job });
    return { reached, ended, standing: () => subjects, goOn: () => tell(child, { goOn: id }) };
  }

  return {
    pid: child.pid ?? 0,
    start,
    async do(act) {
      const gone = exited.then(() => ({ failure: `The actor ended; see ${log}.` }));
      const end = await Promise.race([start({ act }).ended, gone]);
      if ("failure" in end) throw new Error(end.failure);
      return end.result as never;
    },
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function tell(child: ChildProcess, message: ToActor): void {
  child.send(message);
}
