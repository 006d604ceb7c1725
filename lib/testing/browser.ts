import { encode } from "next-auth/jwt";
import { createApi } from "../api/app";
import { sessionCookieName } from "../auth/session";
import type { Ctx } from "../context";
import { database } from "../db/client";
import { env } from "../env";
import { newId } from "../ids";
import type { Role } from "../permissions";

export const origin = "http://localhost:3000";

type Headers = Record<string, string>;

export interface Reply {
  status: number;
  headers: globalThis.Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  body: any;
}

/** A browser signed in to an organization, as a page of ours would send its requests. */
export async function openBrowser(ctx: Ctx, role: Role = "owner") {
  const userId = newId("usr");
  const email = `${userId}@example.com`.toLowerCase();
  await database().user.create({ data: { id: userId, email, name: "Bea Browser" } });
  await database().membership.create({ data: { organizationId: ctx.organizationId, userId, role } });
  const token = await encode({ token: { sub: userId, epoch: 0 }, secret: env().NEXTAUTH_SECRET });
  const cookie = `other=1; ${sessionCookieName()}=${token}`;
  const own = { cookie, origin, host: "localhost:3000", "sec-fetch-site": "same-origin" };
  return {
    userId,
    token,
    /** `body`: an object is sent as JSON, a string as it is. A header set to "" is left out. */
    call: (method: string, address: string, options: { body?: unknown; headers?: Headers } = {}) =>
      send(method, address, options.body, { ...own, ...options.headers }),
  };
}

/** One request to the API as the server in front of Next hands it over. */
export async function send(
  method: string,
  address: string,
  body?: unknown,
  given: Headers = {},
): Promise<Reply> {
  const headers: Headers = body === undefined ? given : { "content-type": "application/json", ...given };
  const request = new Request(`${origin}${address}`, {
    method,
    headers: Object.entries(headers).filter(([, value]) => value !== ""),
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await createApi().fetch(request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : null };
}
