import "server-only";
import type { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { db, type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import type { JobDefinition } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { type PictureStore, storeFolder } from "./image-store";
import { statFile } from "./store-files";
import { sweepPayload } from "./sweep-parameters";

/** Between two sweeps, in milliseconds: a day, less what a start at the same hour may waver. */
const DAILY_MS = 23.5 * 3_600_000;

/** Puts a store's daily sweep on the queue where it has a folder: any worker may ask, one is heard. */
export async function scheduleSweep(store: PictureStore, job: JobDefinition<typeof sweepPayload, z.ZodObject>) {
  if (!(await statFile(storeFolder(store))) || (await wasSwept(db, job.name))) return;
  await transaction(async (tx) => {
    await lockName(tx, "job queue");
    if (!(await wasSwept(tx, job.name))) await enqueue(tx, SYSTEM, job, { dryRun: false }, { priority: -1 });
  });
}

/** Within a day, or is about to be. A dry run sweeps nothing. */
async function wasSwept(on: Reader, jobType: string) {
  const since = new Date(Date.now() - DAILY_MS);
  const recent = await on.job.findMany({
    where: { jobType, OR: [{ createdAt: { gt: since } }, { status: { in: ["pending", "running", "paused"] } }] },
    select: { parameters: true },
  });
  return recent.some(({ parameters }) => !sweepPayload.parse(parameters).dryRun);
}
