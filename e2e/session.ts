import type { BrowserContext } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { stack } from "./environment";

/** A session as sign-in makes it, without the sign-in page. */
export async function sessionCookie(userId: string): Promise<{ name: string; value: string }> {
  const value = await encode({ token: { sub: userId, epoch: 0 }, secret: stack.sessionSecret });
  return { name: "linedesk.session", value };
}

export async function signIn(context: BrowserContext, userId: string): Promise<void> {
  const cookie = await sessionCookie(userId);
  await context.addCookies([{ ...cookie, url: stack.url, httpOnly: true, sameSite: "Lax" }]);
}
