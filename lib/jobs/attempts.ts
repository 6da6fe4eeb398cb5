import "server-only";
import type { Tx } from "@/lib/db/client";
import type { Job } from "@/prisma/generated/sqlite/client";

export type AttemptOutcome = "completed" | "failed" | "lost" | "paused" | "cancelled" | "stopped";

/** One try: its number is the fence the worker holds the job under. */
export async function beginAttempt(tx: Tx, job: Pick<Job, "id" | "fence">, workerId: string, startedAt: Date) {
  await tx.jobAttempt.create({
    data: { jobId: job.id, number: job.fence, workerId, startedAt },
    select: { jobId: true },
  });
}

/** Ends a try and the stage that was open in it. */
export async function endAttempt(
  tx: Tx,
  job: Pick<Job, "id" | "fence">,
  end: { outcome: AttemptOutcome; error?: string | null; endedAt: Date },
) {
  const { outcome, error = null, endedAt } = end;
  await tx.jobAttempt.updateMany({
    where: { jobId: job.id, number: job.fence, endedAt: null },
    data: { outcome, error, endedAt },
  });
  await tx.jobStage.updateMany({ where: { jobId: job.id, attempt: job.fence, endedAt: null }, data: { endedAt } });
}
