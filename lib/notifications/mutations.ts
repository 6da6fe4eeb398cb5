import "server-only";
import { z } from "zod";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";

/** Days a notification stays. */
export const NOTIFICATION_DAYS = 90;
const PRUNED_AT_ONCE = 500;

export const markInput = z.object({
  /** Those shown; one's own alone are touched. */
  ids: z.array(z.uuid()).min(1).max(500),
  isRead: z.boolean(),
});
/** Those that came later stay unread: nobody has seen them. */
export const markAllInput = z.object({ upTo: z.uuid() });

/** Marks notifications of the actor's as read, or as unread again. */
export async function markNotifications(actor: Actor, { ids, isRead }: z.output<typeof markInput>) {
  assertCan(actor, "account:own");
  await transaction((tx) =>
    tx.notification.updateMany({
      where: { userId: actorUserId(actor) ?? "", id: { in: ids }, readAt: isRead ? null : { not: null } },
      data: { readAt: isRead ? new Date() : null },
    }),
  );
}

/** Marks all of the actor's as read, up to the newest that was shown. */
export async function markAllNotifications(actor: Actor, { upTo }: z.output<typeof markAllInput>) {
  assertCan(actor, "account:own");
  await transaction((tx) =>
    tx.notification.updateMany({
      where: { userId: actorUserId(actor) ?? "", id: { lte: upTo }, readAt: null },
      data: { readAt: new Date() },
    }),
  );
}

/** Removes notifications that are of age, with their deliveries: a part of them at a time. */
export async function pruneNotifications(now = new Date()) {
  const before = new Date(now.getTime() - NOTIFICATION_DAYS * 86_400_000);
  // UUIDv7: the first by id are the oldest.
  const first = await db.notification.findMany({
    orderBy: { id: "asc" },
    select: { id: true, createdAt: true },
    take: PRUNED_AT_ONCE,
  });
  const old = first.filter(({ createdAt }) => createdAt < before);
  if (old.length === 0) return 0;
  const { count } = await transaction((tx) =>
    tx.notification.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } }),
  );
  return count;
}
