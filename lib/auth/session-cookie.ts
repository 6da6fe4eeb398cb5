import "server-only";
import { cookies, headers } from "next/headers";
import { env } from "@/lib/env";
import { deviceOf } from "./client-device";
import { sessionCookieName, sessionCookieValue } from "./session-token";
import { SESSION_SECONDS, type SessionClaims } from "./sessions";

/** Cookies that only travel over https, when that is how people come. */
export function isSecure() {
  return env().AUTH_URL?.startsWith("https:") ?? false;
}

/** Signs this browser in, as next-auth's own route does. */
export async function setSessionCookie(claims: SessionClaims) {
  (await cookies()).set(sessionCookieName(isSecure()), await sessionCookieValue(claims), {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: SESSION_SECONDS,
  });
}

export async function clearSessionCookie() {
  (await cookies()).set(sessionCookieName(isSecure()), "", {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(),
    maxAge: 0,
  });
}

/** The device that this action was called from. */
export async function currentDevice() {
  return deviceOf(await headers());
}
