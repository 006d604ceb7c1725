import type { Ctx } from "../context";
import { database } from "../db/client";
import { buyPhoneNumber } from "../phone-numbers";
import { openAgent } from "./desk";

/** A bought number; in use, Anna is inbound, pinned to version 1, and outbound, following the latest of two. */
export async function openBoughtNumber(
  ctx: Ctx,
  phoneNumber: string,
  inUse = true,
): Promise<{ phoneNumber: string; id: string; agentId: string }> {
  const agentId = await openAgent(ctx, "Anna", 2);
  const wishes = {
    inbound: { agent_id: agentId, version: 1 },
    outbound: { agent_id: agentId, version: "latest" as const },
  };
  const { number } = await buyPhoneNumber(ctx, "default", {
    phone_number: phoneNumber,
    ...(inUse ? wishes : {}),
  });
  return { phoneNumber, id: number.id, agentId };
}

/** What the audit log says was done to an object, oldest first. */
export async function actionsOf(objectId: string): Promise<string[]> {
  const events = await database().auditEvent.findMany({
    where: { objectId },
    orderBy: { id: "asc" },
    select: { action: true },
  });
  return events.map(({ action }) => action);
}
