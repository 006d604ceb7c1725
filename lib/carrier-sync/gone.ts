import { recordAudit } from "../audit";
import { chargeBegunMonths } from "../billing";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import type { Tx } from "../db/transaction";
import { failPoint } from "../fail-points";
import { log } from "../log";
import { emptySlots, moveNumber, type NumberRow, startReleasing } from "../phone-numbers";
import type { Drift } from "./schema";

/**
 * Ends the stay of a number that the carrier does not have. An active one answers nobody any more, is no longer
 * renewed, and keeps its card with the slots as they were until a person has read it; a held one is released, which
 * recovery finishes from a read; of one that nobody took over nothing is left to say. The organization and the number
 * are locked. Returns whether a person should read of it.
 */
export async function endStay(tx: Tx, ctx: Ctx, number: NumberRow, driftId: string): Promise<boolean> {
  if (number.state === "held") {
    const fence = await startReleasing(tx, ctx, number);
    if (fence === null) throw new Error("A locked number moved.");
    await tx.$executeRaw`
      UPDATE phone_number SET lease_until = NULL, next_check_at = now() WHERE id = ${number.id} AND fence = ${fence}`;
  } else {
    await markGone(tx, ctx, number);
    await keepSlots(tx, number, driftId);
  }
  await failPoint("sync.gone", number.phone_number);
  return number.state === "active";
}

async function markGone(tx: Tx, ctx: Ctx, number: NumberRow): Promise<void> {
  await chargeBegunMonths(tx, number.id);
  await emptySlots(tx, ctx, number, ["inbound", "outbound"]);
  const set = [Prisma.sql`version = version + 1`];
  if ((await moveNumber(tx, { id: number.id, to: "gone", fence: number.fence, set })) === null)
    throw new Error("A locked number moved.");
  await recordAudit(tx, ctx, {
    action: "phone_number.gone",
    objectType: "phone_number",
    objectId: number.id,
    before: { state: number.state, carrier_number_id: number.carrier_number_id },
  });
  log.error(
    { phoneNumber: number.phone_number, phoneNumberId: number.id, carrierNumberId: number.carrier_number_id },
    "The carrier does not have a number of ours any more.",
  );
}

async function keepSlots(tx: Tx, number: NumberRow, driftId: string): Promise<void> {
  const slots: NonNullable<Drift["slots"]> = { inbound: null, outbound: null };
  for (const { direction, ...slot } of number.slots) slots[direction] = slot;
  await tx.$executeRaw`
    UPDATE drift SET expected = expected || ${JSON.stringify({ state: "gone", slots })}::jsonb WHERE id = ${driftId}`;
}
