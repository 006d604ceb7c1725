import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { AppError } from "../errors";
import { asAppError, carrierOf, getManagedAccountOrThrow } from "../managed-accounts";
import { lockNumberOrThrow, lockOrganization } from "../phone-numbers";
import { endStay } from "./gone";
import { closeDrift, type DriftRow, lockOpenDrift } from "./store";

/**
 * Takes note that the carrier does not have a number of ours: one that still counted ends here at once, after one more
 * look, unless the carrier has it under another id by now; the record stays. Throws `drift_action_unfit` when the carrier has it after all.
 */
export async function detachMissing(ctx: Ctx, drift: DriftRow): Promise<void> {
  const carrier = carrierOf(await getManagedAccountOrThrow(drift.managedAccountId));
  if (await asAppError(carrier.getNumber(drift.carrierNumberId ?? ""))) {
    throw new AppError(
      "drift_action_unfit",
      "The carrier has this number again. Compare again to see how it stands.",
    );
  }
  await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const number = await lockNumberOrThrow(tx, ctx.organizationId, drift.phoneNumberId ?? "");
    await lockOpenDrift(tx, ctx, drift.id);
    const counts = number.state === "active" || number.state === "held" || number.state === "quarantined";
    if (counts && number.carrier_number_id === drift.carrierNumberId)
      await endStay(tx, ctx, number, drift.id);
    await recordAudit(tx, ctx, {
      action: "drift.detached",
      objectType: "drift",
      objectId: drift.id,
      after: { phone_number: drift.phoneNumber, phone_number_id: drift.phoneNumberId },
    });
    await closeDrift(tx, drift.id, { resolution: "detached", by: ctx.actor });
  });
}
