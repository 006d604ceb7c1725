import type { Ctx } from "../context";
import { database } from "../db/client";
import { env } from "../env";
import { operatesInstallation } from "../installation";
import { hasCredentials } from "../managed-accounts";
import { requireScope } from "../permissions";
import { enqueue, nextTurn } from "../queue";
import type { CarrierSyncOverview } from "./schema";
import { serializeSync, syncColumns } from "./serialize-sync";

/** Each account that can be compared, with its newest comparison and when the next one begins by itself. */
export async function getSyncOverview(ctx: Ctx): Promise<CarrierSyncOverview> {
  requireScope(ctx, "phone_numbers:read", "managed_accounts:read");
  const newestFirst = { orderBy: { startedAt: "desc" }, take: 1 } as const;
  const accounts = await database().managedAccount.findMany({
    select: {
      id: true,
      name: true,
      carrier: true,
      carrierAccountId: true,
      syncs: { ...newestFirst, select: syncColumns },
    },
    orderBy: [{ isDefault: "desc" }, { id: "asc" }],
  });
  const completed = await database().carrierSync.groupBy({
    by: ["managedAccountId"],
    where: { status: "completed" },
    _max: { finishedAt: true },
  });
  const completedAt = new Map(completed.map((row) => [row.managedAccountId, row._max.finishedAt]));
  const next = nextTurn("sync");
  const viewer = { organizationId: ctx.organizationId, operates: await operatesInstallation(ctx) };
  const data = accounts.filter(hasCredentials).map(({ id, name, syncs: [latest] }) => ({
    managed_account_id: id,
    managed_account_name: name,
    latest: latest ? serializeSync(latest, viewer) : null,
    last_completed_at: completedAt.get(id)?.toISOString() ?? null,
    next_at: next.toISOString(),
  }));
  return { data, next_cursor: null };
}

/**
 * Asks for a comparison of every account soon, in any process; one that waits already is enough. Those who do not run the
 * installation share one in `LINEDESK_COMPARISON_GAP_SECONDS` and wait for it that long at most. Where nobody can be asked
 * just now, the next one by the clock is it. Returns the overview, which says when that is.
 */
export async function requestSync(ctx: Ctx): Promise<CarrierSyncOverview> {
  requireScope(ctx, "managed_accounts:manage", "phone_numbers:manage");
  const startedBy = { ...ctx.actor, organizationId: ctx.organizationId };
  const gapSeconds = (await operatesInstallation(ctx)) ? 0 : env().LINEDESK_COMPARISON_GAP_SECONDS;
  await enqueue("sync", { startedBy }, { gapSeconds });
  return await getSyncOverview(ctx);
}
