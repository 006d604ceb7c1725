import type { Ctx } from "../context";
import type { Tx } from "../db/transaction";
import { AppError } from "../errors";
import { newId } from "../ids";
import type { ManagedAccountRow } from "../managed-accounts";
import {
  countLiveNumbers,
  getNumberOrThrow,
  lockNumberOrThrow,
  lockOrganization,
  type NumberRow,
  requireRoom,
  requireUnclaimed,
  tagFor,
} from "../phone-numbers";
import { insertFound } from "./quarantine";
import { getDriftOrThrow, lockOpenDrift } from "./store";

/**
 * Locks the organization, the row of the number found at the carrier and its card, in this order. Without a row that
 * waits for a person it makes one in the caller's organization and writes it on the card, so that a repeat after a crash
 * goes on with the same. Throws `drift_settled`, `number_already_owned`, `purchase_in_progress`, `number_unavailable`,
 * and `number_limit_reached` when `takesRoom` and there is none.
 */
export async function claimFoundNumber(
  tx: Tx,
  ctx: Ctx,
  account: ManagedAccountRow,
  driftId: string,
  { takesRoom }: { takesRoom: boolean },
): Promise<NumberRow> {
  const { number_limit } = await lockOrganization(tx, ctx.organizationId);
  const { phoneNumberRow: row, carrierNumberId } = await getDriftOrThrow(tx, ctx, driftId);
  // A failed purchase is a row too, but not one to go on with.
  const isOwn = row && row.state !== "failed" && row.carrierNumberId === carrierNumberId;
  const own = isOwn ? await lockNumberOrThrow(tx, ctx.organizationId, row.id) : null;
  const drift = await lockOpenDrift(tx, ctx, driftId);
  if (own?.state === "quarantined" || own?.state === "releasing") return own;
  await requireUnclaimed(tx, ctx, drift.phoneNumber);
  if (takesRoom) requireRoom(await countLiveNumbers(tx, ctx.organizationId), number_limit);
  const id = newId("num");
  const found = { carrierNumberId: drift.carrierNumberId ?? "", phoneNumber: drift.phoneNumber };
  const tag = await tagFor(ctx.organizationId, id);
  if (!(await insertFound(tx, ctx, account, found, { id, tag }))) {
    throw new AppError(
      "drift_action_unfit",
      "This number cannot be recorded here: its country is not known, or somebody claimed it just now.",
    );
  }
  await tx.drift.update({
    where: { id: driftId },
    data: { organizationId: ctx.organizationId, phoneNumberId: id },
    select: { id: true },
  });
  return await getNumberOrThrow(tx, ctx.organizationId, id);
}
