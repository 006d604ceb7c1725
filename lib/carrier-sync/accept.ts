import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { closeDrift, type DriftRow, lockOpenDrift } from "./store";

/** Leaves a difference as it is: it stays quiet for as long as the carrier says the same. */
export async function acceptDifference(ctx: Ctx, { id }: DriftRow): Promise<void> {
  await inTransaction(async (tx) => {
    const drift = await lockOpenDrift(tx, ctx, id);
    if (drift.status === "accepted") return;
    await recordAudit(tx, ctx, {
      action: "drift.accepted",
      objectType: "drift",
      objectId: id,
      after: { kind: drift.kind, phone_number: drift.phoneNumber, observed: drift.observed },
    });
    await closeDrift(tx, id, { resolution: "accepted", by: ctx.actor });
  });
}
