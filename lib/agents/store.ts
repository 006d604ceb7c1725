import type { OrganizationId } from "../context";
import { Prisma } from "../db/generated/client";
import type { Db, Tx } from "../db/transaction";
import { notFound } from "../errors";
import type { Agent, AgentVersion } from "./schema";
import { agentConfig } from "./schema";

export interface AgentRow {
  id: string;
  name: string;
  description: string | null;
  active: boolean;
  latest_version: number | null;
  inbound_numbers: number;
  outbound_numbers: number;
  created_at: Date;
  updated_at: Date;
}

export const agentColumns = Prisma.sql`
  a.id, a.name, a.description, a.active, a.latest_version, a.created_at, a.updated_at,
  (SELECT count(*) FILTER (WHERE s.direction = 'inbound') FROM assignment s
    WHERE s.organization_id = a.organization_id AND s.agent_id = a.id)::int AS inbound_numbers,
  (SELECT count(*) FILTER (WHERE s.direction = 'outbound') FROM assignment s
    WHERE s.organization_id = a.organization_id AND s.agent_id = a.id)::int AS outbound_numbers`;

export async function getAgentOrThrow(
  db: Db,
  organizationId: OrganizationId,
  agentId: string,
): Promise<AgentRow> {
  const rows = await db.$queryRaw<AgentRow[]>`
    SELECT ${agentColumns} FROM agent a WHERE a.organization_id = ${organizationId} AND a.id = ${agentId}`;
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

export interface VersionRow {
  id: string;
  agentId: string;
  version: number;
  config: Prisma.JsonValue;
  publishedAt: Date | null;
  createdAt: Date;
}

export const versionSelection = {
  id: true,
  agentId: true,
  version: true,
  config: true,
  publishedAt: true,
  createdAt: true,
} as const;

/** A version by its number, or the newest one for `latest`. Throws `not_found`. */
export async function getVersionOrThrow(
  db: Db,
  organizationId: OrganizationId,
  agentId: string,
  version: number | "latest",
): Promise<VersionRow> {
  const row = await db.agentVersion.findFirst({
    where: { organizationId, agentId, ...(version === "latest" ? {} : { version }) },
    orderBy: { version: "desc" },
    select: versionSelection,
  });
  if (!row) throw notFound("version");
  return row;
}

export function serializeAgent(row: AgentRow): Agent {
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
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
  };
}
