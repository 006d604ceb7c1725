import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction, type Tx } from "../db/transaction";
import { newId } from "../ids";
import { requireScope } from "../permissions";
import type { AgentConfig, AgentVersion, CreateVersionBody } from "./schema";
import { agentConfig } from "./schema";
import {
  getVersionOrThrow,
  lockAgentOrThrow,
  nextVersion,
  serializeVersion,
  versionSelection,
} from "./store";

/** Makes the next version of an agent as a draft, from a config or a copy of another version. Throws `not_found`. */
export async function createVersion(
  ctx: Ctx,
  agentId: string,
  input: CreateVersionBody,
): Promise<AgentVersion> {
  requireScope(ctx, "agents:manage");
  return await inTransaction(async (tx) => {
    await lockAgentOrThrow(tx, ctx.organizationId, agentId);
    const base = input.base_version
      ? await getVersionOrThrow(tx, ctx.organizationId, agentId, input.base_version)
      : undefined;
    return await insertDraft(tx, ctx, agentId, agentConfig.parse(input.config ?? base?.config));
  });
}

/** Adds the next version of a locked agent. */
export async function insertDraft(
  tx: Tx,
  ctx: Ctx,
  agentId: string,
  config: AgentConfig,
): Promise<AgentVersion> {
  const { organizationId } = ctx;
  const { version, revision } = await nextVersion(tx, organizationId, agentId);
  const row = await tx.agentVersion.create({
    data: { id: newId("ver"), organizationId, agentId, version, revision, config },
    select: versionSelection,
  });
  await recordAudit(tx, ctx, {
    action: "agent_version.created",
    objectType: "agent_version",
    objectId: row.id,
    after: { agent_id: agentId, version, config },
  });
  return serializeVersion(row);
}
