import { startQueue, stopQueue } from "../queue";

/** A process with nothing but a queue, for tests: writes a line for each job it does, and ends on SIGTERM. */
startQueue({
  sync: async () => void process.stdout.write("sync\n"),
  renewals: async () => void process.stdout.write("renewals\n"),
  tidy: async () => void process.stdout.write("tidy\n"),
});
process.on("SIGTERM", () => void stopQueue());
