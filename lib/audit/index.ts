import type { Ctx } from "../context";
import { database } from "../db/client";
import type { Prisma } from "../db/generated/client";
import type { Tx } from "../db/transaction";
import { newId } from "../ids";

type AuditAction =
  | "phone_number.purchase_requested"
  | "phone_number.purchased"
  | "phone_number.purchase_refused"
  | "phone_number.purchase_unknown"
  | "phone_number.assigned"
  | "phone_number.unassigned"
  | "phone_number.updated"
  | "phone_number.release_requested"
  | "phone_number.released"
  | "phone_number.release_refused"
  | "phone_number.release_held"
  | "phone_number.release_undone"
  | "phone_number.quarantined"
  | "phone_number.adopted"
  | "phone_number.gone"
  | "phone_number.rewired"
  | "phone_number.renewed"
  | "phone_number.registered"
  | "phone_number.detached"
  | "agent.created"
  | "agent.updated"
  | "agent.deleted"
  | "agent_version.created"
  | "agent_version.updated"
  | "agent_version.published"
  | "api_key.created"
  | "api_key.revoked"
  | "personal_token.created"
  | "personal_token.revoked"
  | "drift.accepted"
  | "drift.detached"
  | "kill_switch.set"
  | "kill_switch.lifted"
  | "safe_mode.ended";

interface AuditEntry {
  action: AuditAction;
  objectType:
    | "phone_number"
    | "agent"
    | "agent_version"
    | "api_key"
    | "personal_token"
    | "drift"
    | "kill_switch"
    | "installation";
  objectId: string;
  before?: Prisma.InputJsonValue;
  after?: Prisma.InputJsonValue;
}

/** Writes what changed and who did it, in the transaction that changes it. */
export async function recordAudit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: {
      id: newId("aud"),
      organizationId: ctx.organizationId,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      surface: ctx.surface,
      requestId: ctx.requestId,
      ...entry,
    },
  });
}

/** The object a request did `action` to, or null when it did not get that far. */
export async function findAudited(ctx: Ctx, requestId: string, action: AuditAction): Promise<string | null> {
  const row = await database().auditEvent.findFirst({
    where: { organizationId: ctx.organizationId, requestId, action },
    select: { objectId: true },
  });
  return row?.objectId ?? null;
}
