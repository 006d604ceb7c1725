import type { Ctx } from "../context";
import { database } from "../db/client";
import { cursorValue, decodeCursor, encodeCursor } from "../db/cursor";
import { Prisma } from "../db/generated/client";
import { requireScope } from "../permissions";
import type { Agent, AgentPage, AgentVersionPage, ListAgentsQuery, ListVersionsQuery } from "./schema";
import {
  type AgentRow,
  agentColumns,
  getAgentOrThrow,
  serializeAgent,
  serializeVersion,
  versionSelection,
} from "./store";

const newestFirst = "-created_at";
const highestFirst = "-version";

/** One page of the organization's agents, newest first. Throws `validation_failed` for a foreign cursor. */
export async function listAgents(ctx: Ctx, query: ListAgentsQuery): Promise<AgentPage> {
  requireScope(ctx, "agents:read");
  const filters = [Prisma.sql`a.organization_id = ${ctx.organizationId}`];
  if (query.name) filters.push(Prisma.sql`position(lower(${query.name}) in lower(a.name)) > 0`);
  if (query.active !== undefined) filters.push(Prisma.sql`a.active = ${query.active}`);
  if (query.cursor) {
    const { value, id } = decodeCursor(query.cursor, newestFirst, cursorValue.moment);
    filters.push(Prisma.sql`(a.created_at, a.id) < (${value}::timestamptz, ${id})`);
  }
  const rows = await database().$queryRaw<AgentRow[]>`
    SELECT ${agentColumns} FROM agent a WHERE ${Prisma.join(filters, " AND ")}
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${query.limit + 1}`;
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const more = rows.length > query.limit && last;
  return {
    data: page.map(serializeAgent),
    next_cursor: more
      ? encodeCursor({ sort: newestFirst, value: last.created_at.toISOString(), id: last.id })
      : null,
  };
}

/** One agent of the organization. Throws `not_found`. */
export async function getAgent(ctx: Ctx, agentId: string): Promise<Agent> {
  requireScope(ctx, "agents:read");
  return serializeAgent(await getAgentOrThrow(database(), ctx.organizationId, agentId));
}

/** One page of an agent's versions, drafts included, highest first. Throws `not_found`. */
export async function listVersions(
  ctx: Ctx,
  agentId: string,
  query: ListVersionsQuery,
): Promise<AgentVersionPage> {
  requireScope(ctx, "agents:read");
  await getAgentOrThrow(database(), ctx.organizationId, agentId);
  const before = query.cursor
    ? Number(decodeCursor(query.cursor, highestFirst, cursorValue.integer).value)
    : undefined;
  const rows = await database().agentVersion.findMany({
    where: {
      organizationId: ctx.organizationId,
      agentId,
      ...(before === undefined ? {} : { version: { lt: before } }),
      ...(query.published === undefined ? {} : { publishedAt: query.published ? { not: null } : null }),
    },
    orderBy: { version: "desc" },
    take: query.limit + 1,
    select: versionSelection,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const more = rows.length > query.limit && last;
  return {
    data: page.map(serializeVersion),
    next_cursor: more ? encodeCursor({ sort: highestFirst, value: String(last.version), id: last.id }) : null,
  };
}
