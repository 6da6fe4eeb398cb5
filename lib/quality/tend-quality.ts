import "server-only";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { enqueue } from "@/lib/jobs/enqueue";
import { catchUp, isQualityBehind } from "./catch-up";
import { qualityJob } from "./quality-job";

/** How long an idle worker computes without a job of its own, in milliseconds: a job that comes waits no longer. */
const AT_ONCE_MS = 1_000;

/** What an idle worker does: a few products at once, many as a job that people see and can pause. */
export async function tendQuality() {
  if (!(await isQualityBehind()) || (await openJob(db))) return;
  const until = Date.now() + AT_ONCE_MS;
  while (Date.now() < until) {
    if ((await catchUp()) === null) return;
  }
  await transaction(async (tx) => {
    await lockName(tx, "job queue");
    if (!(await openJob(tx))) await enqueue(tx, SYSTEM, qualityJob, {}, { priority: -1 });
  });
}

function openJob(on: Pick<typeof db, "job">) {
  return on.job.findFirst({
    where: { jobType: qualityJob.name, status: { in: ["pending", "running", "paused"] } },
    select: { id: true },
  });
}
