import "server-only";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { type Actor, can, type Grant } from "./actor";
import { bearerActor } from "./bearer";
import { PATH_HEADER, signInPath } from "./next-path";
import { authOptions } from "./options";
import type { UserActor } from "./sessions";

/**
 * The signed-in person of this request, asked of the database once per rendering; null for nobody.
 * @throws {AppError} `unavailable` when the database can't be asked: that is not the same as being signed out.
 */
export const currentActor = cache(async (): Promise<UserActor | null> => {
  const session = await getServerSession(authOptions());
  if (session?.isUnavailable) {
    throw new AppError("unavailable", "The database does not answer. Try again in a minute.");
  }
  // next-auth answers {} for a session that was ended: only a named person counts.
  if (!session?.user?.id) return null;
  const { id: userId, email, name, role, sid: sessionId } = session.user;
  return { kind: "user", userId, email, name, role, sessionId, scopes: ["read", "write"] };
});

/** For pages: sends a visitor to sign in and back, and a role without `grant` to the 403 page. */
export async function requireActor(grant: Grant = "account:own"): Promise<UserActor> {
  const actor = await currentActor();
  if (!actor) redirect(signInPath((await headers()).get(PATH_HEADER)));
  if (!can(actor, grant)) forbidden();
  return actor;
}

/** For server actions. @throws {AppError} `unauthenticated` */
export async function actorOrThrow(): Promise<UserActor> {
  const actor = await currentActor();
  if (!actor) throw new AppError("unauthenticated", "You are signed out. Sign in again; what you typed is still here.");
  return actor;
}

/** For route handlers: a bearer token if one is sent, else the session. @throws {AppError} `unauthenticated` */
export async function requestActor(request: Request): Promise<{ actor: Actor; via: "token" | "cookie" }> {
  const authorization = request.headers.get("authorization");
  if (authorization) return { actor: await bearerActor(authorization), via: "token" };
  const actor = await currentActor();
  if (!actor) throw new AppError("unauthenticated", "Sign in, or send a token as `Authorization: Bearer …`.");
  return { actor, via: "cookie" };
}
