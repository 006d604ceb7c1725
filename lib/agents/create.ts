import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { newId } from "../ids";
import { requireScope } from "../permissions";
import { getAgent } from "./list";
import type { AgentBody, AgentDetail } from "./schema";
import { columnsOf, fieldsOf } from "./store";

/** Makes an agent. It has no version yet, so no number can be assigned to it. */
export async function createAgent(ctx: Ctx, input: AgentBody): Promise<AgentDetail> {
  requireScope(ctx, "agents:manage");
  const id = newId("agt");
  await inTransaction(async (tx) => {
    await tx.agent.create({
      data: { id, organizationId: ctx.organizationId, ...columnsOf(input) },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "agent.created",
      objectType: "agent",
      objectId: id,
      after: fieldsOf(input),
    });
  });
  return await getAgent(ctx, id);
}
