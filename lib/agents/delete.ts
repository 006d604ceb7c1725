import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { AppError } from "../errors";
import { requireScope } from "../permissions";
import { type AgentRow, fieldsOf, getAgentOrThrow, requireAgentRevision } from "./store";

interface Deletion {
  agentId: string;
  /** The revision the caller saw; another one now is `stale_edit`. */
  expectedRevision?: number | undefined;
}

/**
 * Deletes an agent: from then on it is not found anywhere, and only history knows it. Throws `not_found`, also for one
 * deleted before, `stale_edit`, and `agent_in_use` while a slot holds it.
 */
export async function deleteAgent(ctx: Ctx, { agentId, expectedRevision }: Deletion): Promise<void> {
  requireScope(ctx, "agents:manage");
  await inTransaction(async (tx) => {
    // Waits for slots that are just being filled and holds up new ones, so that what is read next stays true.
    await tx.$queryRaw`
      SELECT 1 FROM agent WHERE organization_id = ${ctx.organizationId} AND id = ${agentId} FOR UPDATE`;
    const agent = await getAgentOrThrow(tx, ctx.organizationId, agentId);
    requireAgentRevision(agent, expectedRevision);
    requireUnused(agent);
    // Without a newest version no slot can hold it: the foreign key of slots sees to that, whatever comes.
    await tx.$executeRaw`
      UPDATE agent SET deleted_at = now(), latest_version = NULL, revision = revision + 1, updated_at = now()
      WHERE id = ${agent.id}`;
    await recordAudit(tx, ctx, {
      action: "agent.deleted",
      objectType: "agent",
      objectId: agent.id,
      before: fieldsOf(agent),
    });
  });
}

function requireUnused({ name, inbound_numbers, outbound_numbers }: AgentRow): void {
  if (inbound_numbers + outbound_numbers === 0) return;
  const held = [
    ...(inbound_numbers > 0 ? [`answers ${count(inbound_numbers)}`] : []),
    ...(outbound_numbers > 0 ? [`calls from ${count(outbound_numbers)}`] : []),
  ];
  throw new AppError("agent_in_use", `${name} ${held.join(" and ")}. Unassign it there first.`, {
    inbound_numbers,
    outbound_numbers,
  });
}

function count(numbers: number): string {
  return numbers === 1 ? "1 number" : `${numbers} numbers`;
}
