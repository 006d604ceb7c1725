import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Ctx } from "../context";
import { newId } from "../ids";
import { contextOf, findSession, type Session, sessionCookieName } from "./session";

export { isDatabaseUnavailable } from "../db/transaction";

/** Whoever is signed in, with a context for verbs, or null: for pages that anybody may read. */
export const findReader = cache(async (): Promise<(Session & { ctx: Ctx }) | null> => {
  const session = await findSession((await cookies()).get(sessionCookieName())?.value);
  return session && { ...session, ctx: contextOf(session, "dashboard", newId("req")) };
});

/** The session gate of pages: the signed-in person with a context for verbs, or a redirect to sign-in. */
export async function requireSession(): Promise<Session & { ctx: Ctx }> {
  return (await findReader()) ?? redirect("/sign-in");
}
