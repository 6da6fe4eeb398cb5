import "server-only";
import { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob } from "@/lib/jobs/define-job";
import { applyApproved } from "../apply-approved";
import { abandonRun } from "../finish-run";
import { runMetadata } from "../run-metadata";
import { answerParameters, startAnswer } from "./answer-parameters";
import { rememberNew, reopenUnapplied } from "./settle-answers";
import { stageAnswers } from "./stage-answers";

/** Takes held rows in as people answered: compared with the catalogue and applied as any feed's rows are. */
export const answerJob = defineJob({
  name: "sync.answer",
  displayName: "Apply answers about held rows",
  description: "Says which product a held row of a feed is, and takes the row in.",
  group: "Runs",
  permission: "sync:review",
  stages: ["Applying"],
  isResumable: true,
  idempotency: "A row is answered once: whoever comes second is told what the answer was.",
  payload: z.object({ runId: z.uuid() }),
  parameters: answerParameters,
  start: startAnswer,
  recurs: false,
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle({ runId }, context) {
    const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, include: { feedSource: true } });
    if (!run.feedSource) throw new AppError("internal", `Run ${run.number} has no feed source.`);
    const metadata = runMetadata.parse(run.metadata ?? {});
    if (metadata.phase !== "applying") {
      await transaction(async (tx) => {
        await context.assertHeld(tx);
        await tx.syncHistory.update({
          where: { id: runId },
          data: { status: "running", startedAt: run.startedAt ?? new Date(), jobId: context.jobId },
        });
        // What an earlier, killed try had staged is staged again.
        await tx.syncChange.deleteMany({ where: { runId } });
      });
      await stageAnswers({ id: runId, source: run.feedSource, metadata }, context);
    }
    const end = await applyApproved(run, { sourceId: run.feedSource.id }, context);
    await rememberNew(runId, run.feedSource.id, run.userId);
    await reopenUnapplied(runId, run.feedSource.id);
    return end;
  },
  async giveUp({ runId }, end) {
    const run = await db.syncHistory.findUnique({
      where: { id: runId },
      select: { feedSourceId: true, userId: true },
    });
    // First: whoever dies in between leaves a run that has not ended, and it is given up again.
    if (run?.feedSourceId) {
      await rememberNew(runId, run.feedSourceId, run.userId);
      await reopenUnapplied(runId, run.feedSourceId);
    }
    await abandonRun(runId, end);
  },
});
