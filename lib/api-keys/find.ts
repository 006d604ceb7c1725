import { database } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { Role } from "../db/generated/enums";
import { AppError } from "../errors";
import { hasScope, type Scope, scopesFor } from "../permissions";
import { parseCredential, sameHash } from "./credential";

/** Whose credential it is, and what it may do at this moment in the organization it acts for. */
export interface Bearer {
  kind: "key" | "token";
  id: string;
  name: string;
  organizationId: string;
  userId: string | undefined;
  scopes: ReadonlySet<Scope>;
  expiresAt: Date | null;
}

interface Row {
  name: string;
  secret_hash: Uint8Array;
  scopes: Scope[];
  expires_at: Date | null;
  organization_id: string | null;
  role: Role | null;
  user_id: string | null;
  ended: "revoked" | "expired" | null;
  stale: boolean;
}

const unknown = "This key is not valid. Check that it was copied whole, or make a new one.";

/**
 * Finds the key or token as it was sent, reading its rights anew. `organizationId` is what the request names, if it
 * does: a personal token must name one its person is a member of, a key may only name its own.
 * Throws `unauthenticated` (without a database read when it cannot be one of ours) and `organization_required`.
 */
export async function findBearer(text: string, organizationId: string | undefined): Promise<Bearer> {
  const credential = parseCredential(text);
  if (!credential) throw new AppError("unauthenticated", unknown);
  const { kind, id, hash } = credential;
  const row = kind === "key" ? await findKey(id) : await findToken(id, organizationId);
  if (!row || !sameHash(hash, row.secret_hash)) throw new AppError("unauthenticated", unknown);
  if (row.ended) throw new AppError("unauthenticated", endings[row.ended]);
  if (kind === "token" && organizationId === undefined) {
    throw new AppError("organization_required", "Token is missing organization claim.");
  }
  if (
    row.organization_id === null ||
    (organizationId !== undefined && row.organization_id !== organizationId)
  ) {
    throw new AppError("unauthenticated", "This key does not open the organization the request names.");
  }
  if (row.stale) await touch(kind, id);
  return {
    kind,
    id,
    name: row.name,
    organizationId: row.organization_id,
    userId: row.user_id ?? undefined,
    expiresAt: row.expires_at,
    scopes: row.role === null ? new Set(row.scopes) : narrowed(scopesFor(row.role), row.scopes),
  };
}

const endings = {
  revoked: "This key was revoked. Make a new one.",
  expired: "This key has expired. Make a new one.",
};

/** What both allow; `manage` in the one and `read` in the other leaves `read`. */
function narrowed(held: ReadonlySet<Scope>, chosen: Scope[]): ReadonlySet<Scope> {
  const reads = chosen.map((scope) => scope.replace(/:manage$/, ":read") as Scope);
  return new Set([...chosen, ...reads].filter((scope) => hasScope(held, scope)));
}

const state = Prisma.sql`
  k.expires_at, CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now() THEN 'expired' END AS ended,
  (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute') AS stale`;

async function findKey(id: string): Promise<Row | undefined> {
  const rows = await database().$queryRaw<Row[]>`
    SELECT k.name, k.secret_hash, k.scopes, k.organization_id, NULL AS role, NULL AS user_id, ${state}
    FROM api_key k WHERE k.id = ${id}`;
  return rows[0];
}

async function findToken(id: string, organizationId: string | undefined): Promise<Row | undefined> {
  const rows = await database().$queryRaw<Row[]>`
    SELECT u.name || ' (' || k.name || ')' AS name, k.secret_hash, k.scopes, m.organization_id, m.role, k.user_id, ${state}
    FROM personal_token k JOIN "user" u ON u.id = k.user_id
    LEFT JOIN membership m ON m.user_id = k.user_id AND m.organization_id = ${organizationId ?? null}
    WHERE k.id = ${id}`;
  return rows[0];
}

/** At most once a minute and credential, so that asking costs no write. */
async function touch(kind: Bearer["kind"], id: string): Promise<void> {
  const data = { lastUsedAt: new Date() };
  if (kind === "key") await database().apiKey.updateMany({ where: { id }, data });
  else await database().personalToken.updateMany({ where: { id }, data });
}
