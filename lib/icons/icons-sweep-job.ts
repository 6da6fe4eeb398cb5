import "server-only";
import { assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { formatBytes } from "@/lib/format";
import { scheduleSweep } from "@/lib/images/schedule-sweep";
import { sweepParameters, sweepPayload } from "@/lib/images/sweep-parameters";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { hashLooks } from "./hash-looks";
import { sweepIcons } from "./sweep-icons";

/** Removes icons' files that no icon names any more. */
export const iconsSweepJob = defineJob({
  name: "icons.sweep",
  displayName: "Clear unused icon files",
  description: "Removes files of icons that no icon names any more, once they are a day old.",
  group: "Icons",
  permission: "settings:manage",
  stages: ["Looking at files"],
  isResumable: true,
  idempotency: "A file that is gone is not missed: run again it removes what became unused since.",
  payload: sweepPayload,
  parameters: sweepParameters,
  async start(actor, payload): Promise<StartedJob> {
    assertCan(actor, "settings:manage");
    const displayName = payload.dryRun ? "List unused icon files" : "Clear unused icon files";
    return { jobId: await transaction((tx) => enqueue(tx, actor, iconsSweepJob, payload, { displayName })) };
  },
  recall: async ({ dryRun }) => ({ dryRun }),
  maxAttempts: 3,
  exclusive: null,
  async handle({ dryRun }, context) {
    const report = (done: number) => context.report({ stage: "Looking at files", done, total: null, unit: "files" });
    const swept = await sweepIcons(new Date(), report, { isDryRun: dryRun });
    const { files, unused, lost, found, removed, removedBytes, removedNames } = swept;
    const of = `${removed} ${dryRun ? "would be removed" : "removed"} (${formatBytes(removedBytes)})`;
    context.log(`${files} files, ${of}, ${unused} unused ones are younger than a day`);
    if (lost + found > 0) context.log(`${lost} icons lost their file, ${found} have theirs again`);
    for (const name of removedNames) context.log(name);
    const hashed = dryRun ? 0 : await hashLooks();
    if (hashed > 0) context.log(`${hashed} icons are compared with others from now on`);
    return { dryRun, ...swept };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/** Puts the daily sweep on the queue where there are icons: any worker may ask, one is heard. */
export function scheduleIconsSweep() {
  return scheduleSweep("icons", iconsSweepJob);
}
