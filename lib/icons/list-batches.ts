import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { IconGenerationStatus } from "@/prisma/generated/sqlite/enums";
import { readIconSettings } from "./icon-settings";

export const BATCHES_PER_PAGE = 50;

export const batchSearch = z.object({
  /** A batch's number. */
  before: z.coerce.number().int().min(1).optional().catch(undefined),
});

export type BatchCounts = Record<IconGenerationStatus, number> & {
  fromCache: number;
  costMicros: number;
  /** Of the cost: for pictures that failed, charged for or perhaps so. */
  failedMicros: number;
};

/** Batches of icons, newest first, with what became of their pictures. */
export async function listBatches(actor: Actor, { before }: z.output<typeof batchSearch>) {
  assertCan(actor, "catalog:read");
  const [found, total, { currency }] = await Promise.all([
    db.iconBatch.findMany({
      where: before === undefined ? {} : { number: { lt: before } },
      orderBy: { number: "desc" },
      take: BATCHES_PER_PAGE + 1,
    }),
    db.iconBatch.count(),
    readIconSettings(db),
  ]);
  const page = found.slice(0, BATCHES_PER_PAGE);
  const [counts, people, jobs] = await Promise.all([
    countPictures(page.map(({ id }) => id)),
    personNames(
      db,
      page.flatMap(({ userId }) => userId ?? []),
    ),
    db.job.findMany({
      where: { id: { in: page.flatMap(({ jobId }) => jobId ?? []) } },
      select: { id: true, status: true },
    }),
  ]);
  const statusOf = new Map(jobs.map(({ id, status }) => [id, status]));
  return {
    total,
    currency,
    rows: page.map((batch) => ({
      ...batch,
      by: batch.userId === null ? "system" : (people.get(batch.userId) ?? SOMEBODY_GONE),
      jobStatus: statusOf.get(batch.jobId ?? "") ?? null,
      counts: counts.get(batch.id) ?? noPictures(),
    })),
    older: found.length > BATCHES_PER_PAGE ? (page.at(-1)?.number ?? null) : null,
  };
}

/** What became of batches' pictures, in one query. For functions of `lib` that have already checked the actor. */
export async function countPictures(batchIds: readonly string[]): Promise<Map<string, BatchCounts>> {
  const groups = await db.iconGeneration.groupBy({
    by: ["batchId", "status", "isFromCache"],
    where: { batchId: { in: [...batchIds] } },
    _count: true,
    _sum: { costMicros: true },
  });
  const counts = new Map<string, BatchCounts>();
  for (const { batchId, status, isFromCache, _count, _sum } of groups) {
    const of = counts.get(batchId) ?? noPictures();
    of[status] += _count;
    of.costMicros += _sum.costMicros ?? 0;
    if (status === "failed") of.failedMicros += _sum.costMicros ?? 0;
    if (isFromCache && status === "succeeded") of.fromCache += _count;
    counts.set(batchId, of);
  }
  return counts;
}

export function noPictures(): BatchCounts {
  return { waiting: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, fromCache: 0, costMicros: 0, failedMicros: 0 };
}
