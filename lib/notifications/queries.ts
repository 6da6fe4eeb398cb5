import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { NotificationSearch } from "./search-params";

export const NOTIFICATIONS_PER_PAGE = 50;
/** Unread ones are counted so far; "99+" says the rest. */
const COUNTED = 100;
/** Unread ones that the frame knows by name, for its toasts. */
const NAMED = 3;

const row = { id: true, kind: true, title: true, body: true, href: true, readAt: true, createdAt: true } as const;

/** The actor's own notifications, newest first. */
export async function listNotifications(actor: Actor, search: NotificationSearch & { size?: number }) {
  assertCan(actor, "account:own");
  const size = search.size ?? NOTIFICATIONS_PER_PAGE;
  const { before, after } = search;
  const towardsNewer = after !== undefined && before === undefined;
  const bound = towardsNewer ? { gt: after } : before === undefined ? undefined : { lt: before };
  const where = {
    userId: actorUserId(actor) ?? "",
    ...(search.show === "unread" && { readAt: null }),
    ...(search.kind && { kind: search.kind }),
  };
  const [found, total] = await Promise.all([
    db.notification.findMany({
      where: bound ? { ...where, id: bound } : where,
      select: row,
      // UUIDv7: the order of ids is the order of making.
      orderBy: { id: towardsNewer ? "asc" : "desc" },
      take: size + 1,
    }),
    db.notification.count({ where }),
  ]);
  const hasMore = found.length > size;
  const rows = found.slice(0, size);
  if (towardsNewer) rows.reverse();
  return {
    rows,
    total,
    newer: (towardsNewer ? hasMore : before !== undefined) ? (rows[0]?.id ?? null) : null,
    older: towardsNewer || hasMore ? (rows.at(-1)?.id ?? null) : null,
  };
}
export type NotificationRow = Awaited<ReturnType<typeof listNotifications>>["rows"][number];

/** What the frame of every page shows of them: cheap enough to be asked every two seconds by everybody. */
export async function unreadNotifications(actor: Actor) {
  assertCan(actor, "account:own");
  const unread = await db.notification.findMany({
    where: { userId: actorUserId(actor) ?? "", readAt: null },
    select: { id: true, kind: true, title: true, href: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: COUNTED,
  });
  return { unread: unread.length, isCapped: unread.length === COUNTED, newest: unread.slice(0, NAMED) };
}
export type UnreadNotifications = Awaited<ReturnType<typeof unreadNotifications>>;
