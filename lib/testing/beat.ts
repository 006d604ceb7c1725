import { createInterface } from "node:readline";
import { closeDatabase, database } from "../db/client";
import { AppError } from "../errors";
import { areMarksKept, keepEpoch } from "../installation";
import { requireBuying } from "../kill-switches";

/** A process of its own that does what each line of its input says, and answers with a line. See beating-process.ts. */

const commands: Record<string, (argument: string) => Promise<void>> = {
  async beat(times) {
    for (let count = 0; count < Number(times); count += 1) await keepEpoch();
  },
  guard: () => requireBuying(database(), { organizationId: "org_none", managedAccountId: "mac_none" }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name = "", argument = ""] = line.split(" ");
  let code: string | null = null;
  try {
    await commands[name]?.(argument);
  } catch (error) {
    code = error instanceof AppError ? error.code : String(error);
  }
  process.stdout.write(`${JSON.stringify({ code, marksKept: areMarksKept() })}\n`);
}
await closeDatabase();
