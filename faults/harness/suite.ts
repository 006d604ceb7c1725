/** What a suite is given, and what it owes. */

export type Size = "each" | "nightly";

/** A PostgreSQL server. */
export interface Server {
  /** A migrated, empty database to copy from. */
  templateUrl: string;
  /** As if the machine had lost power for the server's processes. */
  kill(): void;
  /** Starts it again on the same files. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SuiteContext {
  size: Size;
  /** Everything random follows from it. */
  seed: number;
  /** One run to do again, by its id; null does all. */
  replay: string | null;
  /** Where this suite may write. */
  folder: string;
  /** The server of all suites that do not disturb theirs; it does not write through to the disk. */
  server: Server;
  /** A server of one's own, to be killed; `durable` keeps what it has confirmed. */
  openServer(name: string, options: { durable: boolean }): Promise<Server>;
  say(line?: string): void;
}

export interface Violation {
  /** Which rule of the oracle, O1 to O10, or `harness`: the test itself did not do what it says. */
  rule: string;
  /** The id of the run, to be given to --replay; null when it cannot be told apart. */
  run: string | null;
  detail: string;
}

export interface SuiteResult {
  runs: number;
  /** Runs that came to the very place they were meant to be hit at. */
  reached: number;
  /** Runs whose number was active at the end. */
  active: number;
  violations: Violation[];
  /** More figures for the report, such as times and counts of cells. */
  figures: Record<string, number | string>;
}

export interface Suite {
  name: string;
  run(context: SuiteContext): Promise<SuiteResult>;
}
