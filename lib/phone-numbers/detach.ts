import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import type { Tx } from "../db/transaction";
import { emptySlots } from "./assign";
import { getNumberOrThrow, moveNumber, type NumberRow } from "./store";

/**
 * Lets go of a locked number that the customer brought along: it stops counting at once, no carrier hears of it, and
 * anybody may register it again. The organization is locked too. Returns the number as it is then.
 */
export async function detachNumber(tx: Tx, ctx: Ctx, number: NumberRow): Promise<NumberRow> {
  await emptySlots(tx, ctx, number, ["inbound", "outbound"]);
  const set = [Prisma.sql`released_at = now()`];
  const fence = await moveNumber(tx, { id: number.id, to: "detached", fence: number.fence, set });
  if (fence === null) throw new Error("A locked number moved.");
  await recordAudit(tx, ctx, {
    action: "phone_number.detached",
    objectType: "phone_number",
    objectId: number.id,
    before: { trunk_id: number.trunk_id, label: number.label },
  });
  return await getNumberOrThrow(tx, ctx.organizationId, number.id);
}
