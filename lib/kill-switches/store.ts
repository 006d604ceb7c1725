import type { Ctx } from "../context";
import { Prisma } from "../db/generated/client";
import type { MoneyAct } from "../db/generated/enums";
import type { Db } from "../db/transaction";
import { operatesInstallation } from "../installation";
import { hasScope } from "../permissions";
import type { KillSwitch } from "./schema";

/** Who asks, and whether they run the installation. */
export interface Viewer {
  ctx: Ctx;
  operates: boolean;
}

export interface KillSwitchRow {
  id: string;
  act: MoneyAct;
  managed_account_id: string | null;
  organization_id: string | null;
  managed_account_name: string | null;
  organization_name: string | null;
  reason: string;
  set_by: SetBy;
  created_at: Date;
}

/** Who set it, and for which organization they acted. */
export interface SetBy {
  kind: Ctx["actor"]["kind"];
  id: string;
  name: string;
  organization_id: string;
}

export async function viewerOf(ctx: Ctx, db?: Db): Promise<Viewer> {
  return { ctx, operates: await operatesInstallation(ctx, db) };
}

/** The switches the viewer may know of, or the one of them with this id: those that stop them, and all for the operator. */
export async function findVisible(
  db: Db,
  { ctx, operates }: Viewer,
  id: string | null,
): Promise<KillSwitchRow[]> {
  const only = id === null ? Prisma.empty : Prisma.sql`AND k.id = ${id}`;
  return await db.$queryRaw<KillSwitchRow[]>`
    SELECT k.id, k.act, k.managed_account_id, k.organization_id, k.reason, k.set_by, k.created_at,
      a.name AS managed_account_name, o.name AS organization_name
    FROM kill_switch k
    LEFT JOIN managed_account a ON a.id = k.managed_account_id
    LEFT JOIN organization o ON o.id = k.organization_id
    WHERE (${operates} OR k.organization_id IS NULL OR k.organization_id = ${ctx.organizationId}) ${only}
    ORDER BY k.created_at DESC, k.id DESC`;
}

/** What somebody set for their own organization they lift again; anything else only who runs the installation. */
export function mayLift({ organization_id, set_by }: KillSwitchRow, { ctx, operates }: Viewer): boolean {
  const ours = organization_id === ctx.organizationId && set_by.organization_id === ctx.organizationId;
  return operates || ours;
}

export function serializeKillSwitch(row: KillSwitchRow, viewer: Viewer): KillSwitch {
  const { ctx, operates } = viewer;
  const isNamed = operates || row.set_by.organization_id === ctx.organizationId;
  return {
    id: row.id,
    act: row.act,
    reach: reachOf(row),
    managed_account_id: row.managed_account_id,
    organization_id: row.organization_id,
    name: row.organization_name ?? row.managed_account_name ?? "Everywhere",
    reason: row.reason,
    // Who works for another organization is not told.
    set_by: { kind: row.set_by.kind, name: isNamed ? row.set_by.name : "Whoever runs this installation" },
    created_at: row.created_at.toISOString(),
    can_lift: hasScope(ctx.scopes, "phone_numbers:release") && mayLift(row, viewer),
  };
}

function reachOf(row: KillSwitchRow): KillSwitch["reach"] {
  if (row.organization_id !== null) return "organization";
  return row.managed_account_id === null ? "installation" : "managed_account";
}
