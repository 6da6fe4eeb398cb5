import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { sealedSecret } from "@/lib/secrets";
import type { NotificationChannel } from "@/prisma/generated/sqlite/client";

/** Deliveries that the settings show. */
const DELIVERIES_SHOWN = 50;

/** The shop's channels by name, with what waits or failed in each, and the latest deliveries. */
export async function listChannels(actor: Actor) {
  assertCan(actor, "settings:manage");
  const ofShop = { userId: null };
  const [channels, counts, deliveries] = await Promise.all([
    db.notificationChannel.findMany({ where: ofShop, orderBy: [{ name: "asc" }, { id: "asc" }] }),
    db.notificationDelivery.groupBy({
      by: ["channelId", "status"],
      where: { channel: ofShop, status: { in: ["waiting", "failed"] } },
      _count: { _all: true },
    }),
    db.notificationDelivery.findMany({
      where: { channel: ofShop },
      orderBy: { id: "desc" },
      take: DELIVERIES_SHOWN,
      select: {
        id: true,
        status: true,
        attempts: true,
        nextAt: true,
        problem: true,
        sentAt: true,
        channel: { select: { name: true } },
        notification: { select: { title: true, kind: true, href: true, createdAt: true } },
      },
    }),
  ]);
  const countOf = (id: string, status: "waiting" | "failed") =>
    counts.find((count) => count.channelId === id && count.status === status)?._count._all ?? 0;
  return {
    channels: channels.map((channel) => ({
      ...shown(channel),
      waiting: countOf(channel.id, "waiting"),
      failed: countOf(channel.id, "failed"),
    })),
    deliveries,
  };
}
export type ChannelRow = Awaited<ReturnType<typeof listChannels>>["channels"][number];
export type DeliveryRow = Awaited<ReturnType<typeof listChannels>>["deliveries"][number];

/** The actor's own e-mail channel; null while there is none. */
export async function getOwnEmail(actor: Actor) {
  assertCan(actor, "account:own");
  const userId = actorUserId(actor);
  const channel = userId ? await db.notificationChannel.findFirst({ where: { userId, kind: "email" } }) : null;
  return channel && shown(channel);
}
export type OwnEmail = NonNullable<Awaited<ReturnType<typeof getOwnEmail>>>;

/** Without the secret, sealed though it is. */
function shown({ secret, kinds, ...channel }: NotificationChannel) {
  return {
    ...channel,
    kinds: Array.isArray(kinds) ? kinds.map(String) : [],
    secretLastFour: secret ? sealedSecret.parse(JSON.parse(secret)).lastFour : null,
  };
}
