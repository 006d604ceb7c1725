import type { Ctx } from "../context";
import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import { hasScope, requireScope } from "../permissions";
import type { Direction } from "../phone-numbers/schema";
import type { Agent } from "./schema";
import { type AgentRow, agentColumns, serializeAgent } from "./store";

interface AgentFilter {
  /** Whether it takes calls: switched on, with a published version. */
  ready?: boolean | undefined;
  /** Part of the name, in upper or lower case. */
  name?: string | undefined;
  limit: number;
  offset: number;
}

interface HeldNumber {
  id: string;
  phone_number: string;
}

export interface AgentWithNumbers {
  agent: Agent;
  /** The numbers in its slots, newest first; null when the caller may not read numbers. */
  numbers: Record<Direction, HeldNumber[]> | null;
}

type Row = AgentRow & { slots: (HeldNumber & { direction: Direction })[] };

/**
 * `limit` of the organization's agents after skipping `offset`, newest first, each with the numbers in its slots, and
 * how many the filter leaves in all. Throws `missing_scope`.
 */
export async function listAgentsByOffset(
  ctx: Ctx,
  { ready, name, limit, offset }: AgentFilter,
): Promise<{ agents: AgentWithNumbers[]; total: number }> {
  requireScope(ctx, "agents:read");
  const filters = [Prisma.sql`a.organization_id = ${ctx.organizationId}`, Prisma.sql`a.deleted_at IS NULL`];
  if (name) filters.push(Prisma.sql`position(lower(${name}) in lower(a.name)) > 0`);
  if (ready !== undefined) filters.push(Prisma.sql`(a.active AND a.published) = ${ready}`);
  const wanted = Prisma.join(filters, " AND ");
  const rows = await database().$queryRaw<Row[]>`
    WITH page AS (
      SELECT a.id FROM agent a WHERE ${wanted}
      ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit} OFFSET ${offset}::bigint)
    SELECT ${agentColumns}, coalesce((
      SELECT json_agg(json_build_object('direction', s.direction, 'id', n.id, 'phone_number', n.phone_number)
        ORDER BY n.created_at DESC, n.id DESC)
      FROM assignment s JOIN phone_number n ON n.organization_id = s.organization_id AND n.id = s.phone_number_id
      WHERE s.organization_id = a.organization_id AND s.agent_id = a.id), '[]'::json) AS slots
    FROM page JOIN agent a USING (id) ORDER BY a.created_at DESC, a.id DESC`;
  const [count] = await database().$queryRaw<{ agents: number }[]>`
    SELECT count(*)::int AS agents FROM agent a WHERE ${wanted}`;
  const showNumbers = hasScope(ctx.scopes, "phone_numbers:read");
  return {
    agents: rows.map(({ slots, ...row }) => ({
      agent: serializeAgent(row),
      numbers: showNumbers
        ? { inbound: heldIn(slots, "inbound"), outbound: heldIn(slots, "outbound") }
        : null,
    })),
    total: count?.agents ?? 0,
  };
}

function heldIn(slots: Row["slots"], direction: Direction): HeldNumber[] {
  return slots
    .filter((slot) => slot.direction === direction)
    .map(({ id, phone_number }) => ({ id, phone_number }));
}
