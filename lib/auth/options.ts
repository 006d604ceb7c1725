import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { database } from "../db/client";
import { env } from "../env";
import { passwordMatches } from "./password";
import { sessionCookieName } from "./session";

const twelveHours = 12 * 60 * 60;

/** Sign-in by password. The session is a signed token that names the person; rights are read at every request. */
export function authOptions(): NextAuthOptions {
  const secure = env().LINEDESK_URL.startsWith("https:");
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: twelveHours },
    pages: { signIn: "/sign-in" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    providers: [
      Credentials({
        credentials: {
          email: { label: "Email", type: "email" },
          password: { label: "Password", type: "password" },
        },
        async authorize(credentials) {
          const user = await database().user.findUnique({
            where: { email: credentials?.email.trim() ?? "" },
            select: { id: true, name: true, email: true, passwordHash: true, sessionEpoch: true },
          });
          if (!(await passwordMatches(credentials?.password ?? "", user?.passwordHash)) || !user) return null;
          return { id: user.id, name: user.name, email: user.email, epoch: user.sessionEpoch };
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && "epoch" in user) token.epoch = user.epoch;
        return token;
      },
    },
  };
}
