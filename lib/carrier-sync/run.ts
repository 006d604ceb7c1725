import type { Db } from "../db/transaction";
import { leaseInterval } from "../phone-numbers";

/** A comparison under way in this process. */
export interface Run {
  id: string;
  managedAccountId: string;
  /** By database time. */
  startedAt: Date;
}

/** This process was silent for too long and another one does its work. */
export class OvertakenError extends Error {
  override readonly name = "OvertakenError";
}

/** Extends the lease; in a transaction nothing is written once another process took over. Throws OvertakenError. */
export async function keepRunning(db: Db, run: Run): Promise<void> {
  const kept = await db.$executeRaw`
    UPDATE carrier_sync SET lease_until = now() + ${leaseInterval()} WHERE id = ${run.id} AND status = 'running'`;
  if (kept === 0) throw new OvertakenError("Another process took a comparison over.");
}
