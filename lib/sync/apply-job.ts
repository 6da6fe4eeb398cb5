import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { applyApproved } from "./apply-approved";
import { approvalParameters, startApproval } from "./approval-parameters";
import { reopenRun } from "./reopen-run";
import { releaseApproved } from "./review/release-approved";

/** Applies a reviewed run's approved changes. */
export const applyJob = defineJob({
  name: "sync.apply",
  displayName: "Apply approved changes",
  description: "Approves all of a run that waits for review, and applies it.",
  group: "Runs",
  permission: "sync:review",
  stages: ["Applying"],
  isResumable: true,
  idempotency: "A change is applied once: what is applied already is passed over.",
  payload: z.object({ runId: z.uuid() }),
  parameters: approvalParameters,
  start: startApproval,
  recall: async ({ runId }) => ({ run: runId }),
  recurs: false,
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle({ runId }, context) {
    const run = await db.syncHistory.findUniqueOrThrow({
      where: { id: runId },
      select: { id: true, number: true, feedSourceId: true, userId: true },
    });
    const { feedSourceId, userId } = run;
    return applyApproved(run, feedSourceId ? { sourceId: feedSourceId } : { userId }, context);
  },
  giveUp: ({ runId }, end) => releaseApproved(runId, end),
  reopen: (tx, { runId }) => reopenRun(tx, runId),
});
