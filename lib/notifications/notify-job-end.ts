import "server-only";
import type { Tx } from "@/lib/db/client";
import { formatDuration } from "@/lib/format";
import { runIdOf } from "@/lib/jobs/job-parameters";
import type { Job } from "@/prisma/generated/sqlite/client";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { type News, notify, peopleWho } from "./notify";

/** A job that was over sooner is no news to whoever watched it, in milliseconds. */
const LONG_MS = 10_000;
/** Its own notification comes with the third failure in a row (notify-fetch.ts). */
const FETCH = "feed.fetch";

type EndedJob = Pick<
  Job,
  "id" | "jobType" | "displayName" | "error" | "userId" | "scheduleId" | "startedAt" | "parameters"
> & { status: JobStatus };

/**
 * Tells whoever should know how a job ended, or that it lost its worker, in the transaction that says so of the job:
 * its owner; for a schedule's the admins too; for one of the system's own the admins.
 */
export async function notifyJobEnd(tx: Tx, job: EndedJob, now = new Date()) {
  if (job.status === "completed") return notifyCompleted(tx, job, now);
  // A pause that no person asked for has a reason, and waits for one.
  const status = job.status === "paused" && job.error ? "held" : job.status;
  if (status !== "failed" && status !== "parked" && status !== "held" && status !== "lost") return;
  if (status === "lost" && !job.userId) return;
  const news = { title: TITLES[status](job.displayName), body: job.error ?? "", href: `/jobs/${job.id}` };
  if (job.scheduleId && status !== "lost") {
    const schedule = await tx.jobSchedule.findUnique({ where: { id: job.scheduleId }, select: { name: true } });
    const title = `${news.title}, scheduled by ${schedule?.name ?? "a schedule"}`;
    const readers = [job.userId, ...(await peopleWho(tx, "settings:manage"))];
    return notify(tx, { ...news, kind: "schedule.failed", title }, readers);
  }
  if (job.userId)
    return notify(tx, { ...news, kind: status === "held" ? "job.parked" : `job.${status}` }, [job.userId]);
  if (job.jobType === FETCH) return;
  await notify(tx, { ...news, kind: "schedule.failed" }, await peopleWho(tx, "settings:manage"));
}

const TITLES = {
  failed: (name: string) => `${name} failed`,
  parked: (name: string) => `${name} gave up`,
  held: (name: string) => `${name} is held until a person looks at it`,
  lost: (name: string) => `${name} lost its worker and is taken up again`,
};

async function notifyCompleted(tx: Tx, job: EndedJob, now: Date) {
  const review = await reviewNews(tx, job);
  if (review) return notify(tx, review, job.userId ? [job.userId] : await peopleWho(tx, "sync:review"));
  const tookMs = job.startedAt ? now.getTime() - job.startedAt.getTime() : 0;
  if (!job.userId || tookMs <= LONG_MS) return;
  const body = `It took ${formatDuration(Math.round(tookMs / 1000))}.`;
  const news = { kind: "job.completed", title: `${job.displayName} is done`, body, href: `/jobs/${job.id}` } as const;
  await notify(tx, news, [job.userId]);
}

/** Kinds of job that bring a run to people; the others work on what people have answered already. */
const BRINGS_REVIEW = new Set(["feed.import", "bulk.plan"]);

async function reviewNews(tx: Tx, job: EndedJob): Promise<News | null> {
  const runId = BRINGS_REVIEW.has(job.jobType) ? runIdOf(job.parameters) : null;
  if (!runId) return null;
  const run = await tx.syncHistory.findUnique({
    where: { id: runId },
    select: { number: true, source: true, status: true, isDryRun: true, heldReason: true },
  });
  if (run?.status !== "review" || run.isDryRun) return null;
  return {
    kind: "run.review",
    title: `Run ${run.number} of ${run.source} waits for review`,
    body: run.heldReason ?? "",
    href: `/syncs/${run.number}`,
  };
}
