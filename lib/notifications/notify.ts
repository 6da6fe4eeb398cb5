import "server-only";
import type { Grant } from "@/lib/auth/actor";
import { can } from "@/lib/auth/actor";
import { userActor } from "@/lib/auth/sessions";
import type { Tx } from "@/lib/db/client";
import { type NotificationKind, SHOP } from "./kinds";
import { offKindsOf } from "./preferences";

export interface News {
  kind: NotificationKind;
  /** One line. */
  title: string;
  body?: string;
  /** A path of the product. */
  href: string;
}

/** Longest text of a line that a notification keeps. */
const TITLE_LENGTH = 200;
const BODY_LENGTH = 1_000;

/**
 * Tells people of something, in the transaction in which it happens: on the screen, and on the way through every
 * channel that carries it. Whoever is switched off, or does not want this kind, is not told.
 */
export async function notify(tx: Tx, news: News, userIds: readonly (string | null)[]) {
  const people = await wanting(tx, news.kind, [...new Set(userIds.flatMap((id) => id ?? []))]);
  const channels = (
    await tx.notificationChannel.findMany({
      where: { isPaused: false, OR: [{ userId: null }, { userId: { in: people } }] },
      select: { id: true, userId: true, kinds: true },
    })
  ).filter(({ kinds }) => carries(kinds, news.kind));
  const readers = channels.some((channel) => channel.userId === null) ? [...people, SHOP] : people;
  if (readers.length === 0) return;
  const title = cut(news.title, TITLE_LENGTH);
  const body = cut(news.body ?? "", BODY_LENGTH);
  const told = await tx.notification.createManyAndReturn({
    data: readers.map((userId) => ({ userId, kind: news.kind, title, body, href: news.href })),
    select: { id: true, userId: true },
  });
  const byReader = new Map(told.map(({ id, userId }) => [userId, id]));
  const deliveries = channels.flatMap(({ id: channelId, userId }) => {
    const notificationId = byReader.get(userId ?? SHOP);
    return notificationId ? [{ channelId, notificationId }] : [];
  });
  if (deliveries.length > 0) await tx.notificationDelivery.createMany({ data: deliveries });
}

/** Everybody who is switched on and may do this. */
export async function peopleWho(tx: Tx, grant: Grant): Promise<string[]> {
  const users = await tx.user.findMany({
    where: { isActive: true },
    select: { id: true, email: true, username: true, firstName: true, lastName: true, role: true },
  });
  return users.filter((user) => can(userActor(user, null, ["read", "write"]), grant)).map(({ id }) => id);
}

async function wanting(tx: Tx, kind: NotificationKind, userIds: string[]) {
  if (userIds.length === 0) return [];
  const [active, off] = await Promise.all([
    tx.user.findMany({ where: { id: { in: userIds }, isActive: true }, select: { id: true } }),
    offKindsOf(tx, userIds),
  ]);
  return active.map(({ id }) => id).filter((id) => !off.get(id)?.has(kind));
}

/** An empty list is all of them. */
function carries(kinds: unknown, kind: NotificationKind) {
  return !Array.isArray(kinds) || kinds.length === 0 || kinds.includes(kind);
}

function cut(text: string, length: number) {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
