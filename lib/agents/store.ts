import type { OrganizationId } from "../context";
import { Prisma } from "../db/generated/client";
import type { Db, Tx } from "../db/transaction";
import { AppError, notFound } from "../errors";
import type { Agent, AgentBody, AgentVersion } from "./schema";
import { agentConfig } from "./schema";

export interface AgentRow {
  id: string;
  name: string;
  description: string | null;
  active: boolean;
  is_demo: boolean;
  metadata: Record<string, unknown>;
  latest_version: number | null;
  inbound_numbers: number;
  outbound_numbers: number;
  created_at: Date;
  updated_at: Date;
  revision: number;
}

export const agentColumns = Prisma.sql`
  a.id, a.name, a.description, a.active, a.is_demo, a.metadata, a.latest_version, a.created_at, a.updated_at, a.revision,
  (SELECT count(*) FILTER (WHERE s.direction = 'inbound') FROM assignment s
    WHERE s.organization_id = a.organization_id AND s.agent_id = a.id)::int AS inbound_numbers,
  (SELECT count(*) FILTER (WHERE s.direction = 'outbound') FROM assignment s
    WHERE s.organization_id = a.organization_id AND s.agent_id = a.id)::int AS outbound_numbers`;

/** One agent of the organization. Throws `not_found`, also for one that was deleted. */
export async function getAgentOrThrow(
  db: Db,
  organizationId: OrganizationId,
  agentId: string,
): Promise<AgentRow> {
  const rows = await db.$queryRaw<AgentRow[]>`
    SELECT ${agentColumns} FROM agent a
    WHERE a.organization_id = ${organizationId} AND a.id = ${agentId} AND a.deleted_at IS NULL`;
  if (!rows[0]) throw notFound("agent");
  return rows[0];
}

/** Serialises changes to an agent and its versions until the transaction ends. */
export async function lockAgentOrThrow(
  tx: Tx,
  organizationId: OrganizationId,
  agentId: string,
): Promise<AgentRow> {
  await tx.$queryRaw`SELECT 1 FROM agent WHERE organization_id = ${organizationId} AND id = ${agentId} FOR NO KEY UPDATE`;
  return await getAgentOrThrow(tx, organizationId, agentId);
}

/** What an agent is made of, as columns; the database takes any JSON that the schema lets through. */
export function columnsOf({ is_demo, metadata, ...fields }: AgentBody) {
  return { ...fields, isDemo: is_demo, metadata: metadata as Prisma.InputJsonObject };
}

/** What an agent is made of, as the audit log keeps it. */
export function fieldsOf({
  name,
  description,
  active,
  is_demo,
  metadata,
}: AgentBody): Prisma.InputJsonObject {
  return { name, description, active, is_demo, metadata: metadata as Prisma.InputJsonObject };
}

/** Throws `stale_edit` with the agent as it is now when `expected` is another revision of it. */
export function requireAgentRevision(row: AgentRow, expected: number | undefined): void {
  if (expected === undefined || expected === row.revision) return;
  throw new AppError(
    "stale_edit",
    "This agent was changed meanwhile. Look at it again before you change it.",
    { agent: serializeAgent(row) },
  );
}

export interface VersionRow {
  id: string;
  agentId: string;
  version: number;
  config: Prisma.JsonValue;
  revision: number;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const versionSelection = {
  id: true,
  agentId: true,
  version: true,
  config: true,
  revision: true,
  publishedAt: true,
  createdAt: true,
  updatedAt: true,
} as const;

/** The same in SQL. */
export const versionColumns = Prisma.sql`
  id, agent_id AS "agentId", version, config, revision, published_at AS "publishedAt", created_at AS "createdAt",
  updated_at AS "updatedAt"`;

/** A version by its number, or the newest one for `latest`; null when there is none. */
export async function findVersion(
  db: Db,
  organizationId: OrganizationId,
  agentId: string,
  version: number | "latest",
): Promise<VersionRow | null> {
  return await db.agentVersion.findFirst({
    where: { organizationId, agentId, ...(version === "latest" ? {} : { version }) },
    orderBy: { version: "desc" },
    select: versionSelection,
  });
}

/** As findVersion. Throws `not_found`. */
export async function getVersionOrThrow(
  db: Db,
  organizationId: OrganizationId,
  agentId: string,
  version: number | "latest",
): Promise<VersionRow> {
  const row = await findVersion(db, organizationId, agentId, version);
  if (!row) throw notFound("version");
  return row;
}

/**
 * The number and the revision of what comes next among the versions of a locked agent. Revisions are counted for the
 * agent and not for each version, so that an If-Match read from `latest` never fits another version.
 */
export async function nextVersion(
  tx: Tx,
  organizationId: OrganizationId,
  agentId: string,
): Promise<{ version: number; revision: number }> {
  const highest = await tx.agentVersion.aggregate({
    where: { organizationId, agentId },
    _max: { version: true, revision: true },
  });
  return { version: (highest._max.version ?? 0) + 1, revision: (highest._max.revision ?? 0) + 1 };
}

export function serializeAgent(row: AgentRow): Agent {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    active: row.active,
    is_demo: row.is_demo,
    metadata: row.metadata,
    latest_version: row.latest_version,
    inbound_numbers: row.inbound_numbers,
    outbound_numbers: row.outbound_numbers,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    revision: row.revision,
  };
}

export function serializeVersion(row: VersionRow): AgentVersion {
  return {
    id: row.id,
    agent_id: row.agentId,
    version: row.version,
    config: agentConfig.parse(row.config),
    published: row.publishedAt !== null,
    published_at: row.publishedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    revision: row.revision,
  };
}
