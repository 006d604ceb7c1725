import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { inTransaction, type Tx } from "../db/transaction";
import { AppError } from "../errors";
import { failPoint } from "../fail-points";
import { requireNotInSafeMode } from "../kill-switches";
import { requireScope } from "../permissions";
import { requireVersion } from "./assign";
import { nothingDue } from "./lease";
import type { PhoneNumber } from "./schema";
import { serializeNumber } from "./serialize";
import { closeOrder, refillSlots } from "./settle-release";
import { getNumberOrThrow, lockNumberOrThrow, lockOrganization, moveNumber } from "./store";

interface Undo {
  /** E.164 or id. */
  phoneNumber: string;
  expectedVersion?: number | undefined;
}

/**
 * Keeps a number that waits to be released: active again, its slots as they were, except that of an agent deleted since.
 * Repeating it changes nothing, and it works while releasing is stopped. Throws `not_found`, `stale_edit`, `safe_mode`,
 * and `number_not_held` when nothing waits, also once the number is on its way to the carrier.
 */
export async function undoRelease(ctx: Ctx, { phoneNumber, expectedVersion }: Undo): Promise<PhoneNumber> {
  requireScope(ctx, "phone_numbers:release");
  const id = await inTransaction(async (tx) => {
    await lockOrganization(tx, ctx.organizationId);
    const number = await lockNumberOrThrow(tx, ctx.organizationId, phoneNumber);
    if (number.state === "active" && (await wasUndone(tx, number.id))) return number.id;
    if (number.state !== "held") {
      throw new AppError(
        "number_not_held",
        "This number does not wait to be released, so there is nothing to undo.",
      );
    }
    requireVersion(number, expectedVersion);
    await requireNotInSafeMode(tx);
    const set = [Prisma.sql`version = version + 1`, ...nothingDue];
    const fence = await moveNumber(tx, { id: number.id, to: "active", fence: number.fence, set });
    if (fence === null) throw new Error("A locked number moved.");
    await failPoint("undo.moved");
    const slots = await closeOrder(tx, number.id, Prisma.sql`status = 'undone'`);
    await recordAudit(tx, ctx, {
      action: "phone_number.release_undone",
      objectType: "phone_number",
      objectId: number.id,
    });
    await refillSlots(tx, ctx, number.id, slots);
    await failPoint("undo.refilled");
    return number.id;
  });
  await failPoint("undo.done");
  return serializeNumber(await getNumberOrThrow(database(), ctx.organizationId, id));
}

/** Whether the last thing that was to become of the number was undone. */
async function wasUndone(tx: Tx, phoneNumberId: string): Promise<boolean> {
  const newest = await tx.releaseOrder.findFirst({
    where: { phoneNumberId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { status: true },
  });
  return newest?.status === "undone";
}
