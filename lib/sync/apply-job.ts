import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { applyApproved } from "./apply-approved";
import { reopenRun } from "./reopen-run";
import { releaseApproved } from "./review/release-approved";

/** Applies a reviewed run's approved changes. */
export const applyJob = defineJob({
  name: "sync.apply",
  displayName: "Apply approved changes",
  payload: z.object({ runId: z.uuid() }),
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
