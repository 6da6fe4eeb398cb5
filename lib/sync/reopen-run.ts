import "server-only";
import type { Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/sqlite/client";
import { abandonedReason, NEEDS_A_PERSON, unansweredReason } from "./finish-run";
import { runMetadata } from "./run-metadata";

/**
 * Takes a failed run up again where it stopped: what waited to be applied waits again, what was only read is read anew.
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
  if (isApplying) {
    await tx.syncChange.updateMany({
      where: { runId, state: "skipped", reason: abandonedReason("failed") },
      data: { state: "approved", reason: null },
    });
    await tx.syncChange.updateMany({
      where: { runId, state: "skipped", reason: unansweredReason("failed") },
      data: { state: "staged", reason: null },
    });
    if (!run.isDryRun) {
      await tx.syncChange.updateMany({
        where: { runId, state: "staged", kind: { in: [...NEEDS_A_PERSON] } },
        data: { openSince: new Date() },
      });
    }
  }
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
