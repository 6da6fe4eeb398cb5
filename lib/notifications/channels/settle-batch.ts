import "server-only";
import { transaction } from "@/lib/db/client";
import type { Batch } from "./batch";
import { nextDigest } from "./digest";

/** Between one try and the next, in seconds; behind the last, a day after the first, it has failed. */
const PAUSES = [30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 29_700] as const;

/** It was taken: sent is sent, whoever else tries to say something of it. */
export async function settleSent({ channel, deliveryIds }: Batch, now = new Date()) {
  await transaction(async (tx) => {
    await tx.notificationDelivery.updateMany({
      where: { id: { in: deliveryIds }, status: "waiting" },
      data: { status: "sent", sentAt: now, problem: null },
    });
    await tx.notificationChannel.updateMany({
      where: { id: channel.id },
      data: { lastSentAt: now, lastProblem: null },
    });
    await tx.notificationChannel.updateMany({
      where: { id: channel.id, nextDigestAt: channel.nextDigestAt, digest: { not: "none" } },
      data: { nextDigestAt: nextDigest(channel, now) },
    });
  });
}

/** It was not taken: tried again later, or given up a day after the first try, and shown. */
export async function settleProblem(
  { channel, deliveryIds, attempts }: Batch,
  { problem, isFinal = false }: { problem: string; isFinal?: boolean },
  now = new Date(),
) {
  const pause = isFinal ? undefined : PAUSES[attempts - 1];
  await transaction(async (tx) => {
    await tx.notificationDelivery.updateMany({
      where: { id: { in: deliveryIds }, status: "waiting" },
      data: pause ? { problem, nextAt: new Date(now.getTime() + pause * 1000) } : { problem, status: "failed" },
    });
    await tx.notificationChannel.updateMany({ where: { id: channel.id }, data: { lastProblem: problem } });
  });
}

/** The worker was asked to stop in the middle: another takes it up at once, under the same id. */
export async function releaseBatch({ deliveryIds }: Batch, now = new Date()) {
  await transaction((tx) =>
    tx.notificationDelivery.updateMany({
      where: { id: { in: deliveryIds }, status: "waiting" },
      data: { nextAt: now },
    }),
  );
}
