import "server-only";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { TEST_KIND } from "../kinds";
import { type Batch, deliveryIdOf } from "./batch";
import { nextDigest } from "./digest";

/** Messages sent side by side. */
const AT_ONCE = 8;
/** Notifications in one digest; what is beyond them comes with the next. */
const MOST_IN_DIGEST = 500;
/** Longer than any try may take, in milliseconds: whoever has not said by then how it went is dead. */
const LEASE_MS = 120_000;

const withNews = {
  channel: true,
  notification: {
    select: { id: true, kind: true, title: true, body: true, href: true, createdAt: true },
  },
} satisfies Prisma.NotificationDeliveryInclude;
type Delivery = Prisma.NotificationDeliveryGetPayload<{ include: typeof withNews }>;

/**
 * Takes what is due, for this worker alone: until the lease is over nobody else sends it. A message whose sender died
 * is taken again as it was, with the same id.
 * @param busy channels that are left out
 */
export async function claimBatches(now = new Date(), busy: readonly string[] = []): Promise<Batch[]> {
  return transaction(async (tx) => {
    await lockName(tx, "notifications");
    const batches = [...(await dueSingles(tx, now, busy)), ...(await dueDigests(tx, now, busy))];
    if (batches.length === 0) return [];
    await tx.notificationDelivery.updateMany({
      where: { id: { in: batches.flat().map(({ id }) => id) } },
      data: { nextAt: new Date(now.getTime() + LEASE_MS), attempts: { increment: 1 } },
    });
    const owners = await tx.user.findMany({
      where: { id: { in: batches.flatMap(([first]) => first?.channel.userId ?? []) }, isActive: true },
      select: { id: true, email: true },
    });
    const emails = new Map(owners.map(({ id, email }) => [id, email]));
    return batches.flatMap((deliveries) => toBatch(deliveries, emails) ?? []);
  });
}

/** Of channels that send each at once; and tests, which wait for no digest. */
export function dueSingle(now: Date, busy: readonly string[] = []): Prisma.NotificationDeliveryWhereInput {
  return {
    status: "waiting",
    nextAt: { lte: now },
    channelId: { notIn: [...busy] },
    channel: { isPaused: false },
    OR: [{ channel: { digest: "none" } }, { notification: { kind: TEST_KIND } }],
  };
}

/** Channels whose hour to send what they gathered has come. */
export function dueDigest(now: Date, busy: readonly string[] = []): Prisma.NotificationChannelWhereInput {
  return { id: { notIn: [...busy] }, isPaused: false, digest: { not: "none" }, nextDigestAt: { lte: now } };
}

async function dueSingles(tx: Tx, now: Date, busy: readonly string[]): Promise<Delivery[][]> {
  const found = await tx.notificationDelivery.findMany({
    where: dueSingle(now, busy),
    include: withNews,
    orderBy: [{ nextAt: "asc" }, { id: "asc" }],
    take: AT_ONCE,
  });
  return found.map((delivery) => [delivery]);
}

async function dueDigests(tx: Tx, now: Date, busy: readonly string[]): Promise<Delivery[][]> {
  const channels = await tx.notificationChannel.findMany({
    where: dueDigest(now, busy),
    orderBy: [{ nextDigestAt: "asc" }, { id: "asc" }],
    take: AT_ONCE,
  });
  const batches: Delivery[][] = [];
  for (const channel of channels) {
    const open = await tx.notificationDelivery.findMany({
      where: { channelId: channel.id, status: "waiting", notification: { kind: { not: TEST_KIND } } },
      include: withNews,
      orderBy: { id: "asc" },
      take: MOST_IN_DIGEST,
    });
    // One that was tried is tried again with what it held then: the same id never names two different messages.
    const tried = open.filter(({ attempts }) => attempts > 0);
    const batch = tried.length > 0 ? tried : open;
    if (batch.length === 0) {
      await tx.notificationChannel.updateMany({
        where: { id: channel.id, nextDigestAt: channel.nextDigestAt },
        data: { nextDigestAt: nextDigest(channel, now) },
      });
    } else if (batch.every(({ nextAt }) => nextAt <= now)) {
      batches.push(batch);
    }
  }
  return batches;
}

function toBatch(deliveries: Delivery[], emails: ReadonlyMap<string, string>): Batch | null {
  const [first] = deliveries;
  if (!first) return null;
  const { channel } = first;
  const deliveryIds = deliveries.map(({ id }) => id);
  return {
    deliveryId: deliveryIdOf(channel.id, deliveryIds),
    channel,
    recipient: channel.userId === null ? channel.address : (emails.get(channel.userId) ?? null),
    deliveryIds,
    attempts: Math.max(...deliveries.map(({ attempts }) => attempts)) + 1,
    notifications: deliveries.map(({ notification }) => notification),
  };
}
