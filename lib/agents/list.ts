import type { Ctx } from "../context";
import { database } from "../db/client";
import { cursorValue, decodeCursor, encodeCursor } from "../db/cursor";
import { Prisma } from "../db/generated/client";
import { notFound } from "../errors";
import { hasScope, requireScope } from "../permissions";
import { listPhoneNumbers } from "../phone-numbers";
import type {
  AgentDetail,
  AgentPage,
  AgentVersion,
  AgentVersionPage,
  ListAgentsQuery,
  ListVersionsQuery,
} from "./schema";
import { shownNumbers, shownVersions } from "./schema";
import {
  type AgentRow,
  agentColumns,
  getAgentOrThrow,
  getVersionOrThrow,
  serializeAgent,
  serializeVersion,
  type VersionRow,
  versionColumns,
  versionSelection,
} from "./store";

const newestFirst = "-created_at";
const highestFirst = "-version";

/** One page of the organization's agents, newest first. Throws `validation_failed` for a foreign cursor. */
export async function listAgents(ctx: Ctx, query: ListAgentsQuery): Promise<AgentPage> {
  requireScope(ctx, "agents:read");
  const after = query.cursor ? decodeCursor(query.cursor, newestFirst, cursorValue.moment) : undefined;
  const wanted = allOf([
    Prisma.sql`a.organization_id = ${ctx.organizationId}`,
    Prisma.sql`a.deleted_at IS NULL`,
    query.name ? Prisma.sql`position(lower(${query.name}) in lower(a.name)) > 0` : undefined,
    query.active === undefined ? undefined : Prisma.sql`a.active = ${query.active}`,
    query.is_demo === undefined ? undefined : Prisma.sql`a.is_demo = ${query.is_demo}`,
    query.metadata ? Prisma.sql`a.metadata @> ${JSON.stringify(query.metadata)}::jsonb` : undefined,
    ...inTime(query),
    after ? Prisma.sql`(a.created_at, a.id) < (${after.value}::timestamptz, ${after.id})` : undefined,
  ]);
  const rows = await database().$queryRaw<AgentRow[]>`
    SELECT ${agentColumns} FROM agent a WHERE ${wanted}
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

type Filter = Prisma.Sql | undefined;

function allOf(filters: Filter[]): Prisma.Sql {
  return Prisma.join(
    filters.filter((filter) => filter !== undefined),
    " AND ",
  );
}

type TimeFilter = Pick<
  ListAgentsQuery,
  "created_after" | "created_before" | "updated_after" | "updated_before"
>;

/** In SQL and never through Prisma, which cannot hand on every moment the schema lets through. */
function inTime({ created_after, created_before, updated_after, updated_before }: TimeFilter): Filter[] {
  return [
    created_after ? Prisma.sql`created_at > ${created_after}::timestamptz` : undefined,
    created_before ? Prisma.sql`created_at < ${created_before}::timestamptz` : undefined,
    updated_after ? Prisma.sql`updated_at > ${updated_after}::timestamptz` : undefined,
    updated_before ? Prisma.sql`updated_at < ${updated_before}::timestamptz` : undefined,
  ];
}

/** One agent of the organization with its newest versions and numbers. Throws `not_found`. */
export async function getAgent(ctx: Ctx, agentId: string): Promise<AgentDetail> {
  requireScope(ctx, "agents:read");
  const [row, versions, numbers] = await Promise.all([
    getAgentOrThrow(database(), ctx.organizationId, agentId),
    findVersions(ctx, agentId, shownVersions),
    hasScope(ctx.scopes, "phone_numbers:read")
      ? listPhoneNumbers(ctx, { agent_id: agentId, sort: "-created_at", limit: shownNumbers })
      : null,
  ]);
  return {
    ...serializeAgent(row),
    versions: versions.map(serializeVersion),
    phone_numbers: numbers?.data ?? null,
  };
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
  const rows = await findVersions(ctx, agentId, query.limit + 1, [
    before === undefined ? undefined : Prisma.sql`version < ${before}`,
    query.version === undefined ? undefined : Prisma.sql`version = ${query.version}`,
    query.published === undefined ? undefined : Prisma.sql`published = ${query.published}`,
    ...inTime(query),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const more = rows.length > query.limit && last;
  return {
    data: page.map(serializeVersion),
    next_cursor: more ? encodeCursor({ sort: highestFirst, value: String(last.version), id: last.id }) : null,
  };
}

async function findVersions(
  ctx: Ctx,
  agentId: string,
  limit: number,
  filters: Filter[] = [],
): Promise<VersionRow[]> {
  const own = [Prisma.sql`organization_id = ${ctx.organizationId}`, Prisma.sql`agent_id = ${agentId}`];
  return await database().$queryRaw<VersionRow[]>`
    SELECT ${versionColumns} FROM agent_version WHERE ${allOf([...own, ...filters])}
    ORDER BY version DESC LIMIT ${limit}`;
}

/** One version of an agent, or its newest one for `latest`, draft or not. Throws `not_found`. */
export async function getVersion(
  ctx: Ctx,
  agentId: string,
  version: number | "latest",
): Promise<AgentVersion> {
  requireScope(ctx, "agents:read");
  await getAgentOrThrow(database(), ctx.organizationId, agentId);
  return serializeVersion(await getVersionOrThrow(database(), ctx.organizationId, agentId, version));
}

/** One version by its own id, whatever has become of its agent. Throws `not_found`. */
export async function getVersionById(ctx: Ctx, versionId: string): Promise<AgentVersion> {
  requireScope(ctx, "agents:read");
  const row = await database().agentVersion.findFirst({
    where: { organizationId: ctx.organizationId, id: versionId },
    select: versionSelection,
  });
  if (!row) throw notFound("version");
  return serializeVersion(row);
}
