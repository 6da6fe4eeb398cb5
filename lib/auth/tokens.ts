import "server-only";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/failure";
import { API_TOKEN_PREFIX, hashApiToken } from "./bearer";

export const newApiToken = z.object({
  name: z.string().trim().min(1, "Name it after what will use it.").max(80, "Use at most 80 characters."),
  scope: z.enum(["read", "write"]),
  /** Days until it ends; null never. */
  days: z.number().int().min(1).max(3_650).nullable().default(null),
});
export type NewApiToken = z.input<typeof newApiToken> & {
  /** Whose it is; the actor's own when left out. Only admins and the system name somebody else. */
  userId?: string;
};

/**
 * Makes a long-lived token. Its text is given this once and never kept. `write` includes reading.
 * @throws {AppError} `forbidden`, `not_found`
 */
export async function createApiToken(actor: Actor, given: NewApiToken): Promise<{ id: string; token: string }> {
  assertCan(actor, "account:own");
  const userId = given.userId ?? actorUserId(actor);
  if (userId !== actorUserId(actor)) assertCan(actor, "user:manage");
  // Else a token that may only read could make itself one that writes.
  if (actor.kind === "user" && actor.sessionId === null) {
    throw new AppError("forbidden", "A token can't make tokens. Sign in for that.");
  }
  const { name, scope, days } = parseInput(newApiToken, given);
  const token = API_TOKEN_PREFIX + randomBytes(32).toString("base64url");
  const expiresAt = days === null ? null : new Date(Date.now() + days * 86_400_000);
  const id = await transaction(async (tx) => {
    const user = userId && (await tx.user.findUnique({ where: { id: userId }, select: { id: true } }));
    if (!user) throw new AppError("not_found", "There is no such user.");
    const scopes = scope === "write" ? "read write" : "read";
    const created = await tx.apiToken.create({
      data: { userId: user.id, name, tokenHash: hashApiToken(token), lastFour: token.slice(-4), scopes, expiresAt },
      select: { id: true },
    });
    const target = { entity: "user", entityId: user.id };
    await recordAudit(tx, actor, "token.create", target, { after: { tokenId: created.id, name, scopes } });
    return created.id;
  });
  return { id, token };
}

/** Ends a token at once. @throws {AppError} `not_found` for somebody else's, unless the actor manages users. */
export async function revokeApiToken(actor: Actor, { id }: { id: string }) {
  assertCan(actor, "account:own");
  await transaction(async (tx) => {
    const token = await tx.apiToken.findUnique({
      where: { id },
      select: { userId: true, name: true, revokedAt: true },
    });
    if (token && token.userId !== actorUserId(actor)) assertCan(actor, "user:manage");
    if (!token) throw new AppError("not_found", "There is no such token.");
    if (token.revokedAt) return;
    await tx.apiToken.update({ where: { id }, data: { revokedAt: new Date() }, select: { id: true } });
    const target = { entity: "user", entityId: token.userId };
    await recordAudit(tx, actor, "token.revoke", target, { before: { tokenId: id, name: token.name } });
  });
}

const apiTokenRow = {
  id: true,
  name: true,
  lastFour: true,
  scopes: true,
  lastUsedAt: true,
  expiresAt: true,
  createdAt: true,
} as const;

/** The actor's own tokens that still work, newest first. */
export async function listApiTokens(actor: Actor) {
  assertCan(actor, "account:own");
  return db.apiToken.findMany({
    where: {
      userId: actorUserId(actor) ?? "",
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    select: apiTokenRow,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}
