import "server-only";
import { access } from "node:fs/promises";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { formatBytes } from "@/lib/format";
import { defineJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { storeFolder } from "./image-store";
import { sweepImages } from "./sweep-images";

/** Between two sweeps, in milliseconds: a day, less what a start at the same hour may waver. */
const DAILY_MS = 23.5 * 3_600_000;

/** Removes picture files that nothing names any more. */
export const imagesSweepJob = defineJob({
  name: "images.sweep",
  displayName: "Clear unused picture files",
  description: "Removes picture files that nothing names any more.",
  group: "Pictures",
  permission: "settings:manage",
  stages: ["Looking at files", "Removing"],
  isResumable: true,
  idempotency: "A file that is gone is not missed: run again it removes what became unused since.",
  payload: z.object({}),
  maxAttempts: 3,
  exclusive: null,
  async handle(_, context) {
    const report = (stage: string, done: number) => context.report({ stage, done, total: null, unit: "files" });
    const swept = await sweepImages(new Date(), report);
    const { files, unused, removed, removedBytes, lost } = swept;
    context.log(
      `${files} files, ${removed} removed (${formatBytes(removedBytes)}), ${unused} unused wait, ${lost} pictures lost their file`,
    );
    return { ...swept };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/** Puts the daily sweep on the queue where there are pictures: any worker may ask, one is heard. */
export async function scheduleImagesSweep() {
  const hasPictures = await access(storeFolder("images")).then(
    () => true,
    () => false,
  );
  if (!hasPictures) return;
  await transaction(async (tx) => {
    await lockName(tx, "job queue");
    const since = new Date(Date.now() - DAILY_MS);
    const recent = await tx.job.findFirst({
      where: {
        jobType: imagesSweepJob.name,
        OR: [{ createdAt: { gt: since } }, { status: { in: ["pending", "running", "paused"] } }],
      },
      select: { id: true },
    });
    if (!recent) await enqueue(tx, SYSTEM, imagesSweepJob, {}, { priority: -1 });
  });
}
