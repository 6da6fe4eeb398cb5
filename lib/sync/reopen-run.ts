import "server-only";
import { db, type Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/sqlite/client";
import { abandonedReason, NEEDS_A_PERSON, unansweredReason } from "./finish-run";
import { moveChanges } from "./move-changes";
import { runMetadata } from "./run-metadata";

/**
 * Takes a failed run up again where it stopped: what waited to be applied waits again once its job begins
 * (takeBackAbandoned), what was only read is read anew.
 * @throws {AppError} `conflict` when the run did not fail, or a later run of its source has spoken since
 */
export async function reopenRun(tx: Tx, runId: string) {
  const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  if (run.status !== "failed") {
    throw new AppError("conflict", `Run ${run.number} is ${run.status}; only a failed one can be taken up again.`);
  }
  if (run.prunedAt) {
    throw new AppError("conflict", `Run ${run.number} can't be taken up again: what it had found was dropped.`);
  }
  const later =
    run.feedSourceId === null
      ? null
      : await tx.syncHistory.findFirst({
          where: {
            feedSourceId: run.feedSourceId,
            number: { gt: run.number },
            isDryRun: false,
            status: { notIn: ["failed", "cancelled"] },
          },
          select: { number: true },
        });
  if (later && !run.isDryRun) {
    const words = `Run ${later.number} of ${run.source} came later and knows better. Import the files anew instead.`;
    throw new AppError("conflict", words);
  }
  const isApplying = runMetadata.parse(run.metadata ?? {}).phase === "applying";
  await tx.syncHistory.update({
    where: { id: runId },
    data: {
      status: isApplying ? "running" : "pending",
      completedAt: null,
      errors: [],
      // What it had staged was skipped when it failed.
      ...(isApplying ? {} : { checkpoint: Prisma.DbNull }),
    },
  });
}

/** Gives the rows of a run taken up again the state in which they were abandoned. Does nothing for any other run. */
export async function takeBackAbandoned(runId: string, first: (tx: Tx) => Promise<void>) {
  const { status, isDryRun } = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { status: true, isDryRun: true },
  });
  if (status !== "running") return;
  const reasons = [abandonedReason("failed"), unansweredReason("failed")];
  const abandoned = await db.syncChange.findFirst({
    where: { runId, state: "skipped", reason: { in: reasons } },
    select: { id: true },
  });
  if (!abandoned) return;
  const approved = { reason: abandonedReason("failed") };
  await moveChanges(runId, "skipped", { state: "approved", reason: null }, first, approved);
  const asked = { reason: unansweredReason("failed"), kind: { in: [...NEEDS_A_PERSON] } };
  const openSince = isDryRun ? null : new Date();
  await moveChanges(runId, "skipped", { state: "staged", reason: null, openSince }, first, asked);
  const unanswered = { reason: unansweredReason("failed") };
  await moveChanges(runId, "skipped", { state: "staged", reason: null }, first, unanswered);
}
