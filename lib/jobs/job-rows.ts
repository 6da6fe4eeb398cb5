import "server-only";
import { db } from "@/lib/db/client";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { JobFacts } from "./job-state";
import { jobDefinition } from "./registry";

export type JobRow = JobFacts & { startedBy: string };

/** Ended badly, and of a kind that can be taken up again. */
export function isRetryable(job: Pick<JobFacts, "status" | "jobType">) {
  return (job.status === "failed" || job.status === "parked") && jobDefinition(job.jobType)?.reopen !== undefined;
}

/** With who started each. */
export async function withNames(jobs: JobFacts[]): Promise<JobRow[]> {
  const names = await personNames(
    db,
    jobs.flatMap((job) => job.userId ?? []),
  );
  return jobs.map((job) => ({
    ...job,
    startedBy: job.userId ? (names.get(job.userId) ?? SOMEBODY_GONE) : "system",
  }));
}
