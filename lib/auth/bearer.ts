import "server-only";
import { createHash } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { noteLater } from "./note-later";
import { derivedKey } from "./secret";
import { actorUser, type UserActor, userActor } from "./sessions";

export const ACCESS_TOKEN_SECONDS = 3_600;
/** Tells a long-lived token from a JWT, and helps scanners that look for leaked secrets. */
export const API_TOKEN_PREFIX = "stk_";
const ISSUER = "stockroom";
const AUDIENCE = "stockroom-api";
const USED_EVERY_MS = 60_000;

/** A JWT of one hour; it ends earlier when the person's `sessionVersion` is raised. */
export function issueAccessToken(user: { id: string; sessionVersion: number }): Promise<string> {
  return new SignJWT({ sessionVersion: user.sessionVersion })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .setSubject(user.id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(derivedKey("access token"));
}

/** Who an `Authorization` header speaks for. @throws {AppError} `unauthenticated` */
export async function bearerActor(authorization: string, now = new Date()): Promise<UserActor> {
  const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (!token) throw refused();
  return token.startsWith(API_TOKEN_PREFIX) ? apiTokenActor(token, now) : accessTokenActor(token, now);
}

async function accessTokenActor(token: string, now: Date) {
  const { sub, sessionVersion } = await verifyJwt(token, now);
  const user = sub ? await db.user.findUnique({ where: { id: sub }, select: actorUser }) : null;
  if (!user?.isActive || user.sessionVersion !== sessionVersion) throw refused();
  return userActor(user, null, ["read", "write"]);
}

async function verifyJwt(token: string, now: Date) {
  try {
    const options = { issuer: ISSUER, audience: AUDIENCE, algorithms: ["HS256"], typ: "at+jwt", currentDate: now };
    return (await jwtVerify(token, derivedKey("access token"), options)).payload;
  } catch (error) {
    // Whatever is wrong with a token is the caller's affair; anything else is ours.
    if (error instanceof errors.JOSEError) throw refused(error);
    throw error;
  }
}

async function apiTokenActor(token: string, now: Date) {
  const found = await db.apiToken.findUnique({
    where: { tokenHash: hashApiToken(token) },
    select: { id: true, scopes: true, lastUsedAt: true, expiresAt: true, revokedAt: true, user: { select: actorUser } },
  });
  const isOver = !found || found.revokedAt || (found.expiresAt && found.expiresAt <= now) || !found.user.isActive;
  if (isOver) throw refused();
  const { id, lastUsedAt } = found;
  if (now.getTime() - (lastUsedAt?.getTime() ?? 0) > USED_EVERY_MS) {
    noteLater(id, (tx) => tx.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } }));
  }
  return userActor(found.user, null, readScopes(found.scopes));
}

/** 256 random bits need no slow hash. */
export function hashApiToken(token: string) {
  return createHash("sha256").update(token).digest("hex");
}

export function readScopes(scopes: string): UserActor["scopes"] {
  return (["read", "write"] as const).filter((scope) => scopes.split(" ").includes(scope));
}

function refused(cause?: unknown) {
  return new AppError("unauthenticated", "This token is not valid, or no longer. Get a new one.", { cause });
}
