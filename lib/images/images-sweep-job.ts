import "server-only";
import { assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { formatBytes } from "@/lib/format";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { scheduleSweep } from "./schedule-sweep";
import { sweepImages } from "./sweep-images";
import { sweepParameters, sweepPayload } from "./sweep-parameters";

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
  payload: sweepPayload,
  parameters: sweepParameters,
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
export function scheduleImagesSweep() {
  return scheduleSweep("images", imagesSweepJob);
}
