import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { requireScope } from "../permissions";
import { assignVersionToNumbers } from "../phone-numbers";
import type { PhoneNumber } from "../phone-numbers/schema";
import type { PublishVersionBody } from "./schema";
import { getVersionOrThrow, lockAgentOrThrow, nextVersion } from "./store";

/**
 * Publishes a version, for good, and in the same transaction assigns it to numbers and clears the agent's own slots on
 * others; slots of other agents are overwritten by the first and left alone by the second. Publishing again only does
 * the second half. Returns the numbers named, each once. Throws `not_found` and `number_not_active`, and then nothing
 * is published or assigned.
 */
export async function publishVersion(
  ctx: Ctx,
  agentId: string,
  version: number | "latest",
  input: PublishVersionBody,
): Promise<PhoneNumber[]> {
  requireScope(ctx, "agents:manage");
  return await inTransaction(async (tx) => {
    const agent = await lockAgentOrThrow(tx, ctx.organizationId, agentId);
    const row = await getVersionOrThrow(tx, ctx.organizationId, agentId, version);
    if (!row.publishedAt) {
      const { revision } = await nextVersion(tx, ctx.organizationId, agentId);
      await tx.agentVersion.update({
        where: { id: row.id },
        data: { publishedAt: new Date(), revision },
        select: { id: true },
      });
      if (row.version > (agent.latest_version ?? 0)) {
        await tx.agent.update({
          where: { id: agentId },
          data: { latestVersion: row.version },
          select: { id: true },
        });
      }
      await recordAudit(tx, ctx, {
        action: "agent_version.published",
        objectType: "agent_version",
        objectId: row.id,
        after: { agent_id: agentId, version: row.version },
      });
    }
    return await assignVersionToNumbers(tx, ctx, {
      agentId,
      version: row.version,
      phoneNumbers: input.phone_numbers ?? [],
      unassignPhoneNumbers: input.unassign_phone_numbers ?? [],
      directions: input.direction === "both" ? ["inbound", "outbound"] : [input.direction],
    });
  });
}
