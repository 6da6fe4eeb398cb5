import "server-only";
import { encode } from "next-auth/jwt";
import { z } from "zod";
import { authSecret } from "./secret";
import { SESSION_SECONDS, type SessionClaims } from "./sessions";

const claimsInToken = z.object({ sub: z.string(), sid: z.string(), version: z.number().int() });

/** Null for a token that is not one of a session of ours. */
export function readClaims(token: unknown): SessionClaims | null {
  const parsed = claimsInToken.safeParse(token);
  if (!parsed.success) return null;
  return { userId: parsed.data.sub, sid: parsed.data.sid, sessionVersion: parsed.data.version };
}

/** The value of the session cookie, as next-auth reads it. */
export function sessionCookieValue(claims: SessionClaims): Promise<string> {
  return encode({
    token: { sub: claims.userId, sid: claims.sid, version: claims.sessionVersion },
    secret: authSecret(),
    maxAge: SESSION_SECONDS,
  });
}

/** next-auth's own name, which says whether the cookie needs https. */
export function sessionCookieName(isSecure: boolean) {
  return `${isSecure ? "__Secure-" : ""}next-auth.session-token`;
}
