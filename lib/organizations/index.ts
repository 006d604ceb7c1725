import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { MoneyAct } from "../db/generated/enums";
import { notFound } from "../errors";
import { hasScope, requireScope } from "../permissions";
import type { Organization } from "./schema";

interface OrganizationRow {
  id: string;
  name: string;
  number_limit: number;
  operates_installation: boolean;
  numbers: number;
  monthly_cost: Organization["monthly_cost"];
  open_drifts: number;
  safe_mode_since: Date | null;
  safe_mode_reason: string | null;
  stopped: { act: MoneyAct; reason: string }[];
}

/**
 * The caller's organization with the count and monthly cost of its live numbers, the differences it should decide
 * about, and what is stopped for it. Throws `missing_scope`.
 */
export async function getOrganization(ctx: Ctx): Promise<Organization> {
  requireScope(ctx, "phone_numbers:read");
  // Numbers that belong to nobody are for those who run the installation, and there for those who may see its accounts.
  const ofNobody = hasScope(ctx.scopes, "managed_accounts:read")
    ? Prisma.sql`d.organization_id IS NULL AND o.operates_installation`
    : Prisma.sql`false`;
  const [row] = await database().$queryRaw<OrganizationRow[]>`
    SELECT o.id, o.name, o.number_limit, o.operates_installation, i.safe_mode_since, i.safe_mode_reason,
      (SELECT coalesce(sum(t.numbers), 0)::int FROM number_total t WHERE t.organization_id = o.id) AS numbers,
      (SELECT coalesce(json_agg(json_build_object('amount', round(t.monthly_cost, 2)::text, 'currency', t.currency)
          ORDER BY t.currency), '[]')
        FROM number_total t WHERE t.organization_id = o.id AND t.currency <> 'XXX' AND t.numbers > 0) AS monthly_cost,
      (SELECT count(*)::int FROM drift d
        WHERE d.status = 'open' AND (d.organization_id = o.id OR ${ofNobody})) AS open_drifts,
      (SELECT coalesce(json_agg(json_build_object('act', k.act, 'reason', k.reason) ORDER BY k.act, k.created_at, k.id), '[]')
        FROM kill_switch k WHERE k.organization_id IS NULL OR k.organization_id = o.id) AS stopped
    FROM organization o LEFT JOIN installation i ON true
    WHERE o.id = ${ctx.organizationId}`;
  if (!row) throw notFound("organization");
  const { safe_mode_since: since, safe_mode_reason: reason, ...rest } = row;
  return {
    ...rest,
    safe_mode: since && reason !== null ? { since: since.toISOString(), reason } : null,
  };
}
