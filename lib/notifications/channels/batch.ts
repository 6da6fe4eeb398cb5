import type { NotificationChannel } from "@/prisma/generated/sqlite/client";

/** What goes out through one channel in one message: a notification, or all that a digest gathered. */
export interface Batch {
  /** The same at every try, also after a killed one: a receiver knows by it what it has had already. */
  deliveryId: string;
  channel: NotificationChannel;
  /** The person's own address as it is now, for a channel of theirs; null once they are switched off. */
  recipient: string | null;
  deliveryIds: number[];
  /** Tries, this one included. */
  attempts: number;
  notifications: { id: string; kind: string; title: string; body: string; href: string; createdAt: Date }[];
}

export function deliveryIdOf(channelId: string, deliveryIds: readonly number[]) {
  return `${channelId}.${Math.max(...deliveryIds)}`;
}
