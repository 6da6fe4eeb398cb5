import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import { readIconSettings } from "./icon-settings";
import { countPictures, noPictures } from "./list-batches";

export const PICTURES_PER_PAGE = 120;

export const picturesSearch = z.object({
  show: z.enum(["all", "succeeded", "failed", "skipped", "waiting"]).catch("all"),
  /** The last picture of the page before. */
  after: z.uuid().optional().catch(undefined),
});

/** A batch with a page of its pictures, in the order in which they are made. @throws {AppError} `not_found` */
export async function getBatch(actor: Actor, number: number, { show, after }: z.output<typeof picturesSearch>) {
  assertCan(actor, "catalog:read");
  const batch = await db.iconBatch.findUnique({ where: { number } });
  if (!batch) throw new AppError("not_found", "There is no such batch.");
  const { id: batchId } = batch;
  const status =
    show === "waiting" ? { in: ["waiting" as const, "running" as const] } : show === "all" ? undefined : show;
  const [counts, people, pictures, pending, { currency }] = await Promise.all([
    countPictures([batchId]),
    personNames(db, batch.userId ? [batch.userId] : []),
    db.iconGeneration.findMany({
      where: { batchId, status, id: after === undefined ? undefined : { gt: after } },
      select: {
        ...{ id: true, categoryId: true, categoryPath: true, variation: true, status: true, problem: true },
        ...{ isFromCache: true, attempts: true, seconds: true, costMicros: true },
        icon: {
          select: {
            ...{ id: true, filename: true, status: true, reviewState: true, fileMissing: true, version: true },
            category: { select: { id: true, name: true, path: true } },
          },
        },
      },
      orderBy: { id: "asc" },
      take: PICTURES_PER_PAGE + 1,
    }),
    db.icon.count({ where: { reviewState: "pending", generations: { some: { batchId } } } }),
    readIconSettings(db),
  ]);
  const page = pictures.slice(0, PICTURES_PER_PAGE);
  return {
    ...batch,
    currency,
    by: batch.userId === null ? "system" : (people.get(batch.userId) ?? SOMEBODY_GONE),
    counts: counts.get(batchId) ?? noPictures(),
    /** Icons of it that wait to be reviewed. */
    pending,
    pictures: page,
    next: pictures.length > PICTURES_PER_PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}
export type BatchDetails = Awaited<ReturnType<typeof getBatch>>;
