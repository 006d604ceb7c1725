import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { notFound } from "../errors";
import { requireOperator } from "../installation";
import { requireScope } from "../permissions";
import { findVisible, mayLift, viewerOf } from "./store";

/**
 * Lets buying or releasing go on. Throws `missing_scope`, also for what only those who run the installation may lift,
 * and `not_found` once it is lifted.
 */
export async function liftKillSwitch(ctx: Ctx, id: string): Promise<void> {
  requireScope(ctx, "phone_numbers:release");
  await inTransaction(async (tx) => {
    const viewer = await viewerOf(ctx, tx);
    // Nobody takes it over between the look and the end of it.
    await tx.$queryRaw`SELECT 1 FROM kill_switch WHERE id = ${id} FOR UPDATE`;
    const [row] = await findVisible(tx, viewer, id);
    if (!row) throw notFound("kill switch");
    if (!mayLift(row, viewer)) await requireOperator(ctx, tx);
    const { count } = await tx.killSwitch.deleteMany({ where: { id } });
    if (count === 0) throw notFound("kill switch");
    await recordAudit(tx, ctx, {
      action: "kill_switch.lifted",
      objectType: "kill_switch",
      objectId: id,
      before: { act: row.act, reason: row.reason, set_by: { ...row.set_by } },
    });
  });
}
