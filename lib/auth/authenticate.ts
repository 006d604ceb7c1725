import { findBearer } from "../api-keys";
import { asOrganizationId, type Ctx } from "../context";
import { AppError } from "../errors";
import { contextOf, findSession, sessionCookieName } from "./session";

/** What a request came through, when it does not come from our own pages. */
type ApiSurface = Exclude<Ctx["surface"], "dashboard" | "worker">;

/**
 * Who sends this request: a key or token in `Authorization`, else the session of a browser. Throws `unauthenticated`,
 * `organization_required`, `invalid_request`, and `cross_site_request` for a write by cookie that does not provably come
 * from our own pages.
 */
export async function authenticate(request: Request, requestId: string, surface: ApiSurface): Promise<Ctx> {
  const organizationId = namedOrganization(request);
  const authorization = request.headers.get("authorization");
  if (authorization === null) return await fromSession(request, requestId, organizationId);
  const bearer = await findBearer(readBearer(authorization), organizationId);
  return {
    organizationId: asOrganizationId(bearer.organizationId),
    actor: { kind: bearer.kind, id: bearer.id, name: bearer.name },
    ...(bearer.userId ? { userId: bearer.userId } : {}),
    scopes: bearer.scopes,
    ...(bearer.expiresAt ? { expiresAt: bearer.expiresAt } : {}),
    surface,
    requestId,
  };
}

async function fromSession(request: Request, requestId: string, organizationId?: string): Promise<Ctx> {
  const token = readCookie(request.headers.get("cookie") ?? "", sessionCookieName());
  const session = await findSession(token, organizationId);
  if (!session) {
    throw new AppError(
      "unauthenticated",
      "You are not signed in. Sign in, or send a key: Authorization: Bearer ak_….",
    );
  }
  if (request.method !== "GET" && request.method !== "HEAD") requireSameOrigin(request);
  return contextOf(session, "dashboard", requestId);
}

/** Both names mean the same; two that differ cannot both be meant. */
function namedOrganization(request: Request): string | undefined {
  const ours = request.headers.get("x-organization-id")?.trim() || undefined;
  const theirs = request.headers.get("x-anyreach-org")?.trim() || undefined;
  if (ours === undefined || theirs === undefined || ours === theirs) return ours ?? theirs;
  throw new AppError("invalid_request", "X-Organization-Id and X-Anyreach-Org name different organizations.");
}

function readBearer(authorization: string): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token && /^(?:ak_|pat_)/.test(token)) return token;
  throw new AppError(
    "unauthenticated",
    "Unrecognized token format. Expected Authorization: Bearer with a personal access token (pat_…) or an organization API key (ak_…).",
  );
}

/** Browsers send Origin with every write and Sec-Fetch-Site where they know it; a form on another site cannot forge them. */
function requireSameOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const sameHost =
    origin !== null && URL.canParse(origin) && new URL(origin).host === request.headers.get("host");
  if (sameHost && (site === null || site === "same-origin")) return;
  throw new AppError("cross_site_request", "This request did not come from Linedesk's own pages.");
}

function readCookie(header: string, name: string): string | undefined {
  for (const part of header.split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}
