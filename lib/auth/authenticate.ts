import type { Ctx } from "../context";
import { AppError } from "../errors";
import { contextOf, findSession, sessionCookieName } from "./session";

/**
 * Who sends this request. Throws `unauthenticated`, and `cross_site_request` for a write by cookie that does not
 * provably come from our own pages.
 */
export async function authenticate(request: Request, requestId: string): Promise<Ctx> {
  const token = readCookie(request.headers.get("cookie") ?? "", sessionCookieName());
  const organizationId =
    request.headers.get("x-organization-id") ?? request.headers.get("x-anyreach-org") ?? undefined;
  const session = await findSession(token, organizationId);
  if (!session) throw new AppError("unauthenticated", "You are not signed in.");
  if (request.method !== "GET" && request.method !== "HEAD") requireSameOrigin(request);
  return contextOf(session, "dashboard", requestId);
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
