import { recordAudit } from "../audit";
import type { Ctx } from "../context";
import { inTransaction } from "../db/transaction";
import { AppError } from "../errors";
import { hasScope, requireScope, type Scope, scopeList } from "../permissions";
import { newCredential } from "./credential";
import { requirePerson } from "./person";
import type { CreateCredentialBody, NewApiKey, NewPersonalToken } from "./schema";
import { serializeApiKey, serializePersonalToken } from "./serialize";

/**
 * Makes a key of the organization and tells its secret, once. It can do at most what its maker can. Not idempotent.
 * Throws `missing_scope` (also for a scope the maker does not hold) and `validation_failed`.
 */
export async function createApiKey(ctx: Ctx, input: CreateCredentialBody): Promise<NewApiKey> {
  requireScope(ctx, "members:manage");
  const { id, text, hash } = newCredential("key");
  const scopes = grantedScopes(ctx, input.scopes);
  const expiresAt = expiryOf(ctx, input.expires_at);
  const row = await inTransaction(async (tx) => {
    await recordAudit(tx, ctx, {
      action: "api_key.created",
      objectType: "api_key",
      objectId: id,
      after: { name: input.name, scopes, expires_at: expiresAt?.toISOString() ?? null },
    });
    return await tx.apiKey.create({
      data: {
        id,
        organizationId: ctx.organizationId,
        name: input.name,
        secretHash: hash,
        scopes,
        createdBy: { id: ctx.actor.id, name: ctx.actor.name },
        expiresAt,
      },
    });
  });
  return { ...serializeApiKey(row), key: text };
}

/**
 * Makes a token of the person who asks and tells its secret, once. Not idempotent. Throws `person_required` for a key
 * of an organization, `missing_scope` for a scope the caller does not hold, and `validation_failed`.
 */
export async function createPersonalToken(ctx: Ctx, input: CreateCredentialBody): Promise<NewPersonalToken> {
  const userId = requirePerson(ctx);
  const { id, text, hash } = newCredential("token");
  const scopes = grantedScopes(ctx, input.scopes);
  const expiresAt = expiryOf(ctx, input.expires_at);
  const row = await inTransaction(async (tx) => {
    await recordAudit(tx, ctx, {
      action: "personal_token.created",
      objectType: "personal_token",
      objectId: id,
      after: { name: input.name, scopes, expires_at: expiresAt?.toISOString() ?? null },
    });
    return await tx.personalToken.create({
      data: { id, userId, name: input.name, secretHash: hash, scopes, expiresAt },
    });
  });
  return { ...serializePersonalToken(row), token: text };
}

function grantedScopes(
  ctx: Ctx,
  wanted: Scope[] = scopeList.filter((scope) => ctx.scopes.has(scope)),
): Scope[] {
  const missing = wanted.filter((scope) => !hasScope(ctx.scopes, scope));
  if (missing.length === 0) return [...new Set(wanted)];
  throw new AppError(
    "missing_scope",
    `You cannot grant what you may not do yourself: ${missing.join(", ")}.`,
    {
      scopes: missing,
    },
  );
}

/** Never later than the credential it is made with, so that nothing short-lived makes itself last. */
function expiryOf(ctx: Ctx, text: string | null | undefined): Date | null {
  const wanted = text == null ? null : futureMoment(text);
  const { expiresAt = null } = ctx;
  if (wanted === null || expiresAt === null) return wanted ?? expiresAt;
  return new Date(Math.min(wanted.getTime(), expiresAt.getTime()));
}

/** The year 10000 is one the database can hold and nobody can read back. */
function futureMoment(text: string): Date {
  const moment = new Date(text);
  if (moment.getTime() > Date.now() && moment.getUTCFullYear() <= 9999) return moment;
  const message = "Choose a moment that lies ahead, before the year 10000.";
  throw new AppError("validation_failed", message, { errors: [{ path: "expires_at", message }] });
}
