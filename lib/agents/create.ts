import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { newId } from "../ids";
import { requireScope } from "../permissions";
import type { Agent, AgentVersion, CreateAgentBody, CreateVersionBody } from "./schema";
import { agentConfig } from "./schema";
import {
  getAgentOrThrow,
  getVersionOrThrow,
  lockAgentOrThrow,
  serializeAgent,
  serializeVersion,
  versionSelection,
} from "./store";

/** Makes an agent. It has no version yet, so no number can be assigned to it. */
export async function createAgent(ctx: Ctx, input: CreateAgentBody): Promise<Agent> {
  requireScope(ctx, "agents:manage");
  return await inTransaction(async (tx) => {
    const id = newId("agt");
    await tx.agent.create({
      data: {
        id,
        organizationId: ctx.organizationId,
        name: input.name,
        description: input.description || null,
      },
    });
    await recordAudit(tx, ctx, {
      action: "agent.created",
      objectType: "agent",
      objectId: id,
      after: { name: input.name },
    });
    return serializeAgent(await getAgentOrThrow(tx, ctx.organizationId, id));
  });
}

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
    const config = agentConfig.parse(input.config ?? base?.config);
    const newest = await tx.agentVersion.aggregate({
      where: { organizationId: ctx.organizationId, agentId },
      _max: { version: true },
    });
    const version = (newest._max.version ?? 0) + 1;
    const row = await tx.agentVersion.create({
      data: { id: newId("ver"), organizationId: ctx.organizationId, agentId, version, config },
      select: versionSelection,
    });
    await recordAudit(tx, ctx, {
      action: "agent_version.created",
      objectType: "agent_version",
      objectId: row.id,
      after: { agent_id: agentId, version, config },
    });
    return serializeVersion(row);
  });
}
