import "server-only";
import { access } from "node:fs/promises";
import { z } from "zod";
import { assertCan, SYSTEM } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { formatBytes } from "@/lib/format";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
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
  stages: ["Looking at pictures", "Looking at files"],
  isResumable: true,
  idempotency: "A file that is gone is not missed: run again it removes what became unused since.",
  payload: z.object({ dryRun: z.boolean().default(false) }),
  parameters: z.object({
    dryRun: z
      .boolean()
      .default(true)
      .meta({ title: "Dry run", description: "Lists what would be removed and removes nothing." }),
  }),
  async start(actor, payload): Promise<StartedJob> {
    assertCan(actor, "settings:manage");
    const displayName = payload.dryRun ? "List unused picture files" : "Clear unused picture files";
    return { jobId: await transaction((tx) => enqueue(tx, actor, imagesSweepJob, payload, { displayName })) };
  },
  recall: async ({ dryRun }) => ({ dryRun }),
  maxAttempts: 3,
  exclusive: null,
  async handle({ dryRun }, context) {
    const report = (stage: string, done: number) => context.report({ stage, done, total: null, unit: "files" });
    const swept = await sweepImages(new Date(), report, { isDryRun: dryRun });
    const { files, unused, removed, removedBytes, lost } = swept;
    const of = `${removed} ${dryRun ? "would be removed" : "removed"} (${formatBytes(removedBytes)})`;
    context.log(`${files} files, ${of}, ${unused} unused wait, ${lost} pictures lost their file`);
    return { dryRun, ...swept };
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
