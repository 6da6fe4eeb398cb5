import "server-only";
import type { NextAuthOptions, Session } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { parseInput, toFailure } from "@/lib/failure";
import { log } from "@/lib/log";
import { endSessionByClaims } from "@/lib/users/end-sessions";
import { deviceOf } from "./client-device";
import { tokenRequest } from "./login-input";
import { safeNextPath } from "./next-path";
import { authSecret } from "./secret";
import { isSecure } from "./session-cookie";
import { readClaims } from "./session-token";
import { SESSION_SECONDS, sessionActor } from "./sessions";
import { signIn } from "./sign-in";

/** Made per request: the secret may not exist yet when this file is loaded, and a build must not make one. */
export function authOptions(): NextAuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/account", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { login: { label: "E-mail or username" }, password: { label: "Password", type: "password" } },
        authorize: (given, request) => authorize(given, new Headers(request.headers)),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sub: user.id, sid: user.sid, version: user.version } : token),
      async session({ session, token }) {
        // Nothing of the token is passed on unless the database agrees now: an ended session answers as none at all.
        const { expires } = session;
        try {
          const claims = readClaims(token);
          const actor = claims && (await sessionActor(claims));
          // next-auth's own answer for nobody, which its type leaves out.
          if (!actor?.sessionId) return {} as Session;
          const { userId: id, email, name, role, sessionId: sid } = actor;
          return { expires, user: { id, email, name, role, sid } };
        } catch (error) {
          // next-auth would take any failure here for a sign-out and drop the cookie.
          log.error("session.check-failed", error);
          return { expires, isUnavailable: true };
        }
      },
      // A path alone is right on whatever host and port people use, and can't lead elsewhere.
      redirect: ({ url }) => safeNextPath(url),
    },
    events: {
      async signOut({ token }) {
        const claims = token && readClaims(token);
        if (claims) await endSessionByClaims(claims);
      },
    },
    logger: {
      error: (code, metadata) => log.error(`next-auth.${code}`, metadata instanceof Error ? metadata : metadata.error),
      warn: (code) => log.debug(`next-auth.${code}`),
      debug: (code) => log.debug(`next-auth.${code}`),
    },
  };
}

async function authorize(given: unknown, headers: Headers) {
  try {
    const {
      userId: id,
      sid,
      sessionVersion: version,
    } = await signIn(parseInput(tokenRequest, given), deviceOf(headers));
    return { id, sid, version };
  } catch (error) {
    // next-auth shows the message of whatever is thrown here: only words meant for people leave.
    throw new Error(toFailure(error).message);
  }
}
