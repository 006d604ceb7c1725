import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { inTransaction } from "../db/transaction";
import { failPoint } from "../fail-points";
import { getManagedAccountOrThrow } from "../managed-accounts";
import { getNumberOrThrow } from "../phone-numbers";
import { markAsOurs } from "./mark";
import { closeDrift, type DriftRow, lockOpenDrift } from "./store";

/**
 * Sends the calls of a number of ours here again and writes our tag on it. Nothing is noted before the carrier is told:
 * after a crash the next comparison finds it as it should be, and repeating it changes nothing.
 */
export async function rewireNumber(ctx: Ctx, drift: DriftRow): Promise<void> {
  const number = await getNumberOrThrow(database(), ctx.organizationId, drift.phoneNumberId ?? "");
  await markAsOurs(await getManagedAccountOrThrow(drift.managedAccountId), number);
  await failPoint("rewire.written", number.phone_number);
  await inTransaction(async (tx) => {
    await lockOpenDrift(tx, ctx, drift.id);
    await recordAudit(tx, ctx, {
      action: "phone_number.rewired",
      objectType: "phone_number",
      objectId: number.id,
      before: drift.observed ?? {},
    });
    await closeDrift(tx, drift.id, { resolution: "rewired", by: ctx.actor });
  });
}
