import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { notFound } from "../errors";
import { requireScope } from "../permissions";
import { requirePerson } from "./person";
import type { ApiKey, PersonalToken } from "./schema";
import { serializeApiKey, serializePersonalToken } from "./serialize";

/** Ends a key for good; the next request with it is refused. Repeating it changes nothing. Throws `not_found`. */
export async function revokeApiKey(ctx: Ctx, id: string): Promise<ApiKey> {
  requireScope(ctx, "members:manage");
  const where = { organizationId_id: { organizationId: ctx.organizationId, id } };
  return await inTransaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { organizationId: ctx.organizationId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0)
      await recordAudit(tx, ctx, { action: "api_key.revoked", objectType: "api_key", objectId: id });
    const row = await tx.apiKey.findUnique({ where });
    if (!row) throw notFound("API key");
    return serializeApiKey(row);
  });
}

/** Ends a token of the person who asks, as revokeApiKey; written down in the organization they act for. Throws `person_required` and `not_found`. */
export async function revokePersonalToken(ctx: Ctx, id: string): Promise<PersonalToken> {
  const userId = requirePerson(ctx);
  return await inTransaction(async (tx) => {
    const { count } = await tx.personalToken.updateMany({
      where: { userId, id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0) {
      const entry = { action: "personal_token.revoked", objectType: "personal_token", objectId: id } as const;
      await recordAudit(tx, ctx, entry);
    }
    const row = await tx.personalToken.findFirst({ where: { userId, id } });
    if (!row) throw notFound("personal token");
    return serializePersonalToken(row);
  });
}
