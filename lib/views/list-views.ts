import "server-only";
import { type Actor, actorUserId, assertCan, can } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** More would be no menu. */
const MOST_VIEWS = 100;

export interface ViewChoice {
  id: string;
  name: string;
  query: string;
  isShared: boolean;
  version: number;
  /** Its owner's name, where that is somebody else. */
  owner: string | null;
  /** May be renamed, overwritten, shared and deleted by whoever asks. */
  isMine: boolean;
  isDefault: boolean;
}

/** A person's own views and those shared with everybody, by name. */
export async function listViews(actor: Actor): Promise<ViewChoice[]> {
  assertCan(actor, "catalog:read");
  const userId = actorUserId(actor);
  const [views, usual] = await Promise.all([
    db.savedView.findMany({
      where: userId === null ? { isShared: true } : { OR: [{ ownerId: userId }, { isShared: true }] },
      select: {
        id: true,
        name: true,
        query: true,
        isShared: true,
        version: true,
        ownerId: true,
        owner: { select: { username: true, firstName: true, lastName: true } },
      },
      orderBy: [{ isShared: "asc" }, { name: "asc" }, { id: "asc" }],
      take: MOST_VIEWS,
    }),
    userId === null ? null : db.defaultView.findUnique({ where: { userId }, select: { viewId: true } }),
  ]);
  return views.map(({ ownerId, owner, ...view }) => {
    const isOwn = ownerId === userId;
    const called = `${owner.firstName} ${owner.lastName}`.trim() || owner.username;
    return {
      ...view,
      owner: isOwn ? null : called,
      isMine: mayChange(actor, { ownerId, isShared: view.isShared }),
      isDefault: usual?.viewId === view.id,
    };
  });
}

/** Its owner changes a view, an admin a shared one too; what everybody sees needs the right to write. */
export function mayChange(actor: Actor, view: { ownerId: string; isShared: boolean }): boolean {
  if (!can(actor, "view:own")) return false;
  const isAdmin = actor.kind === "user" && actor.role === "admin";
  if (view.ownerId !== actorUserId(actor) && !(view.isShared && isAdmin)) return false;
  return !view.isShared || can(actor, "catalog:write");
}
