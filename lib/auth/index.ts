import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Ctx } from "../context";
import { newId } from "../ids";
import { contextOf, findSession, type Session, sessionCookieName } from "./session";

export { isDatabaseUnavailable } from "../db/transaction";

/** The session gate of pages: the signed-in person with a context for verbs, or a redirect to sign-in. */
export const requireSession = cache(async (): Promise<Session & { ctx: Ctx }> => {
  const session = await currentSession();
  if (!session) redirect("/sign-in");
  return { ...session, ctx: contextOf(session, "dashboard", newId("req")) };
});

/** Whoever is signed in, or null. */
async function currentSession(): Promise<Session | null> {
  return await findSession((await cookies()).get(sessionCookieName())?.value);
}
