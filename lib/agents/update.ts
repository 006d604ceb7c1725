import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { requireScope } from "../permissions";
import { getAgent } from "./list";
import type { AgentBody, AgentDetail } from "./schema";
import { columnsOf, fieldsOf, lockAgentOrThrow, requireAgentRevision } from "./store";

interface Update {
  agentId: string;
  /** All of it: an agent is replaced, not patched. */
  fields: AgentBody;
  /** The revision the caller saw; another one now is `stale_edit`. */
  expectedRevision?: number | undefined;
}

/**
 * Replaces what an agent is made of; its versions and slots are left alone. Repeating it changes nothing. Throws
 * `not_found` and `stale_edit`.
 */
export async function updateAgent(
  ctx: Ctx,
  { agentId, fields, expectedRevision }: Update,
): Promise<AgentDetail> {
  requireScope(ctx, "agents:manage");
  await inTransaction(async (tx) => {
    const agent = await lockAgentOrThrow(tx, ctx.organizationId, agentId);
    requireAgentRevision(agent, expectedRevision);
    const [before, after] = [fieldsOf(agent), fieldsOf(fields)];
    if (isDeepStrictEqual(before, after)) return;
    await tx.agent.update({
      where: { id: agent.id },
      data: { ...columnsOf(fields), revision: { increment: 1 } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "agent.updated",
      objectType: "agent",
      objectId: agent.id,
      before,
      after,
    });
  });
  return await getAgent(ctx, agentId);
}
