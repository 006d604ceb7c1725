import { decode } from "next-auth/jwt";
import { asOrganizationId, type Ctx } from "../context";
import { database } from "../db/client";
import { env } from "../env";
import { type Role, type Scope, scopesFor } from "../permissions";

/** A person signed in, with the organization they act for and what they may do there at this moment. */
export interface Session {
  user: { id: string; name: string; email: string };
  organization: { id: string; name: string };
  role: Role;
  scopes: ReadonlySet<Scope>;
}

/** Behind TLS the browser binds the cookie to this very host. */
export function sessionCookieName(): string {
  return env().LINEDESK_URL.startsWith("https:") ? "__Host-linedesk.session" : "linedesk.session";
}

interface SessionRow {
  user_id: string;
  user_name: string;
  email: string;
  organization_id: string;
  organization_name: string;
  role: Role;
}

/**
 * The session a cookie stands for, or null. Membership and the session epoch are read each time, so that a removed
 * member is out at the next request. Without `organizationId` the person's oldest membership counts.
 */
export async function findSession(
  token: string | undefined,
  organizationId?: string,
): Promise<Session | null> {
  if (!token) return null;
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  if (!claims?.sub || typeof claims.epoch !== "number") return null;
  const rows = await database().$queryRaw<SessionRow[]>`
    SELECT u.id AS user_id, u.name AS user_name, u.email::text AS email,
      m.organization_id, o.name AS organization_name, m.role
    FROM "user" u
    JOIN membership m ON m.user_id = u.id
    JOIN organization o ON o.id = m.organization_id
    WHERE u.id = ${claims.sub} AND u.session_epoch = ${claims.epoch}
      AND (${organizationId ?? null}::text IS NULL OR m.organization_id = ${organizationId ?? null})
    ORDER BY m.created_at, m.organization_id LIMIT 1`;
  const row = rows[0];
  if (!row) return null;
  return {
    user: { id: row.user_id, name: row.user_name, email: row.email },
    organization: { id: row.organization_id, name: row.organization_name },
    role: row.role,
    scopes: scopesFor(row.role),
  };
}

export function contextOf(session: Session, surface: Ctx["surface"], requestId: string): Ctx {
  return {
    organizationId: asOrganizationId(session.organization.id),
    actor: { kind: "user", id: session.user.id, name: session.user.name },
    userId: session.user.id,
    scopes: session.scopes,
    surface,
    requestId,
  };
}
