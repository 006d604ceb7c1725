import { z } from "zod";
import { type ApiKey, apiKey, type PersonalToken, scope } from "./schema";

interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export function serializePersonalToken(row: TokenRow): PersonalToken {
  return {
    id: row.id,
    name: row.name,
    scopes: z.array(scope).parse(row.scopes),
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

export function serializeApiKey(row: TokenRow & { createdBy: unknown }): ApiKey {
  return { ...serializePersonalToken(row), created_by: apiKey.shape.created_by.parse(row.createdBy) };
}
