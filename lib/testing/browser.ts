import { encode } from "next-auth/jwt";
import { createApi } from "../api/app";
import { sessionCookieName } from "../auth/session";
import type { Ctx } from "../context";
import { env } from "../env";
import type { Role } from "../permissions";
import { openMember } from "./desk";

export const origin = "http://localhost:3000";

type Headers = Record<string, string>;

let api: ReturnType<typeof createApi> | undefined;

export interface Reply {
  status: number;
  headers: globalThis.Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  body: any;
}

/** A browser signed in to an organization, as a page of ours would send its requests. */
export async function openBrowser(ctx: Ctx, role: Role = "owner") {
  const { userId } = await openMember(ctx, role);
  const own = await headersOfSession(userId);
  return {
    userId,
    /** `body`: an object is sent as JSON, a string as it is. A header set to "" is left out. */
    call: (method: string, address: string, options: { body?: unknown; headers?: Headers } = {}) =>
      send(method, address, options.body, { ...own, ...options.headers }),
  };
}

/** What a browser in which this person signed in sends with every request from our own pages. */
export async function headersOfSession(userId: string): Promise<Headers> {
  const token = await encode({ token: { sub: userId, epoch: 0 }, secret: env().NEXTAUTH_SECRET });
  const cookie = `other=1; ${sessionCookieName()}=${token}`;
  return { cookie, origin, host: "localhost:3000", "sec-fetch-site": "same-origin" };
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
  api ??= createApi();
  const response = await api.fetch(request);
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}
