import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction, type Tx } from "../db/transaction";
import { AppError, notFound } from "../errors";
import { newId } from "../ids";
import { requireOperator } from "../installation";
import { getManagedAccountOrThrow } from "../managed-accounts";
import { requireScope } from "../permissions";
import type { KillSwitch, SetKillSwitchBody } from "./schema";
import { findVisible, type SetBy, serializeKillSwitch, type Viewer, viewerOf } from "./store";

interface Reach {
  managedAccountId: string | null;
  organizationId: string | null;
}

/**
 * Stops buying or releasing from the next act on. The same once more replaces the reason; what the operator has set
 * stays as it is. Throws `missing_scope` for what reaches beyond the caller's organization and `not_found` for an
 * account or organization that is not there, or is not the caller's to name.
 */
export async function setKillSwitch(ctx: Ctx, input: SetKillSwitchBody): Promise<KillSwitch> {
  requireScope(ctx, "managed_accounts:manage");
  return await inTransaction(async (tx) => {
    const viewer = await viewerOf(ctx, tx);
    const reach = await findReach(tx, viewer, input);
    const changedId = await upsert(tx, viewer, input, reach);
    if (changedId !== null) {
      await recordAudit(tx, ctx, {
        action: "kill_switch.set",
        objectType: "kill_switch",
        objectId: changedId,
        after: {
          act: input.act,
          reason: input.reason,
          managed_account_id: reach.managedAccountId,
          organization_id: reach.organizationId,
        },
      });
    }
    const id = changedId ?? (await findId(tx, input, reach));
    const [row] = await findVisible(tx, viewer, id);
    if (!row) throw new Error(`Kill switch ${id} is gone.`);
    return serializeKillSwitch(row, viewer);
  });
}

async function findReach(tx: Tx, { ctx, operates }: Viewer, input: SetKillSwitchBody): Promise<Reach> {
  if (input.reach === "organization") {
    const organizationId = input.organization_id ?? ctx.organizationId;
    if (organizationId === ctx.organizationId) return { organizationId, managedAccountId: null };
    const row = operates && (await tx.organization.findUnique({ where: { id: organizationId } }));
    if (!row) throw notFound("organization");
    return { organizationId, managedAccountId: null };
  }
  await requireOperator(ctx, tx);
  if (input.reach === "installation") return { organizationId: null, managedAccountId: null };
  const account = await getManagedAccountOrThrow(input.managed_account_id ?? "");
  return { organizationId: null, managedAccountId: account.id };
}

/** Null when there is one already that the caller may not change. */
async function upsert(
  tx: Tx,
  { ctx, operates }: Viewer,
  { act, reason }: SetKillSwitchBody,
  { managedAccountId, organizationId }: Reach,
): Promise<string | null> {
  const setBy: SetBy = { ...ctx.actor, organization_id: ctx.organizationId };
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO kill_switch (id, act, managed_account_id, organization_id, reason, set_by)
    VALUES (${newId("ks")}, ${act}::money_act, ${managedAccountId}, ${organizationId}, ${reason}, ${setBy}::jsonb)
    ON CONFLICT (act, managed_account_id, organization_id) DO UPDATE SET reason = excluded.reason, set_by = excluded.set_by
      WHERE ${operates} OR kill_switch.set_by ->> 'organization_id' = ${ctx.organizationId}
    RETURNING id`;
  return rows[0]?.id ?? null;
}

async function findId(
  tx: Tx,
  { act }: SetKillSwitchBody,
  { managedAccountId, organizationId }: Reach,
): Promise<string> {
  const row = await tx.killSwitch.findFirst({ where: { act, managedAccountId, organizationId } });
  // Lifted since we met it: as if the caller had been a moment earlier.
  if (!row) throw new AppError("service_unavailable", "Somebody just lifted the same switch. Try again.");
  return row.id;
}
