import "server-only";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { defineJob, type JobContext, WorkerStoppingError } from "@/lib/jobs/define-job";
import { Prisma } from "@/prisma/generated/sqlite/client";
import { presentNetwork } from "./fetch-picture";
import { type FetchScope, fetchScope, ofScope, pendingPictures } from "./fetch-scope";
import { imagesFetchParameters, startImagesFetch } from "./images-fetch-parameters";
import { parsePictureMetadata } from "./own-picture";
import { PictureTaker } from "./take-pictures";
import { type Tally, writeTaken } from "./write-taken";

/** Pictures whose outcome is written together. */
const BATCH = 50;
/** How long a fetch works before it lets other waiting jobs pass, in milliseconds. */
const TURN_MS = 15_000;

/** Fetches pictures from their addresses. What is fetched stays, wherever it is stopped; the rest is found again. */
export const imagesFetchJob = defineJob({
  name: "images.fetch",
  displayName: "Fetch pictures",
  description: "Fetches pictures from their addresses.",
  group: "Pictures",
  permission: "catalog:write",
  stages: ["Fetching pictures"],
  isResumable: true,
  idempotency: "A picture that is here is not fetched again.",
  payload: z.object({ scope: fetchScope, since: z.iso.datetime() }),
  parameters: imagesFetchParameters,
  start: startImagesFetch,
  recall: async ({ scope }) => ({ which: scope.kind, ...("id" in scope ? { [scope.kind]: scope.id } : {}) }),
  resultTitles: { fetched: "Pictures fetched", failed: "Not to be had", duplicates: "There already" },
  maxAttempts: 3,
  exclusive: null,
  async handle({ scope, since }, context) {
    const categoryPath = await pathOf(scope);
    await bringBackOrphans(scope, categoryPath);
    const where = pendingPictures(scope, new Date(since), categoryPath);
    const taker = new PictureTaker(presentNetwork(), context.signal);
    try {
      const tally = await fetchAll(where, taker, context);
      context.log(`${tally.fetched} fetched, ${tally.failed} not to be had, ${tally.duplicates} there already`);
      return { ...tally };
    } finally {
      taker.close();
    }
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

async function fetchAll(
  where: Prisma.ProductImageWhereInput,
  taker: PictureTaker,
  context: JobContext,
): Promise<Tally> {
  const tally: Tally = { fetched: 0, failed: 0, duplicates: 0 };
  const total = await db.productImage.count({ where });
  const turnEndsAt = Date.now() + TURN_MS;
  let done = 0;
  const report = () => context.report({ stage: "Fetching pictures", done, total, unit: "pictures" });
  await report();
  for (let after = 0; ; ) {
    const pictures = await db.productImage.findMany({
      where: { AND: [where, { id: { gt: after } }] },
      select: { id: true, productId: true, view: true, filename: true, url: true, storagePath: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    const last = pictures.at(-1);
    if (!last) return tally;
    const taken = await taker.take(pictures, async () => {
      done += 1;
      await report();
    });
    const written = await writeTaken(taken);
    for (const name of ["fetched", "failed", "duplicates"] as const) tally[name] += written[name];
    for (const { url, failure } of taken) if (failure) context.log(`${url}: ${failure}`);
    after = last.id;
    if (Date.now() > turnEndsAt && (await doesAnotherWait(context.jobId))) throw new WorkerStoppingError();
  }
}

/** A supplier's slow server shall not keep an import waiting: this job goes on behind it. */
async function doesAnotherWait(jobId: string) {
  const waiting = await db.job.findFirst({
    where: {
      status: "pending",
      id: { not: jobId },
      jobType: { not: imagesFetchJob.name },
      OR: [{ scheduledAt: null }, { scheduledAt: { lte: new Date() } }],
    },
    select: { id: true },
  });
  return waiting !== null;
}

async function pathOf(scope: FetchScope): Promise<string | undefined> {
  if (scope.kind !== "category") return undefined;
  const category = await db.category.findUniqueOrThrow({ where: { id: scope.id }, select: { path: true } });
  return category.path;
}

/** Shows pictures again that were hidden beside another with the same file, when that one is gone. */
async function bringBackOrphans(scope: FetchScope, categoryPath: string | undefined) {
  const hidden = await db.productImage.findMany({
    where: { isActive: false, storagePath: null, metadata: { not: Prisma.DbNull }, ...ofScope(scope, categoryPath) },
    select: { id: true, metadata: true },
  });
  const originals = new Map(
    hidden.flatMap(({ id, metadata }) => {
      const { duplicateOf } = parsePictureMetadata(metadata);
      return duplicateOf === undefined ? [] : [[id, duplicateOf] as const];
    }),
  );
  const there = await inParts(originals.values(), (part) =>
    db.productImage.findMany({ where: { id: { in: part } }, select: { id: true } }),
  );
  const known = new Set(there.map(({ id }) => id));
  const orphans = [...originals].flatMap(([id, original]) => (known.has(original) ? [] : [id]));
  for (let at = 0; at < orphans.length; at += BATCH) {
    await transaction((tx) =>
      tx.productImage.updateMany({
        where: { id: { in: orphans.slice(at, at + BATCH) } },
        data: { isActive: true, fetchedAt: null, metadata: Prisma.DbNull },
      }),
    );
  }
}
