import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { categoriesOfRuns } from "@/lib/sync/run-categories";
import { RUN_COUNTS, runCounts, runFound, runSummary, undoSummary } from "@/lib/sync/run-words";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { jobDurations } from "./durations";
import { runIdOf } from "./job-parameters";
import { isRetryable, type JobRow, withNames } from "./job-rows";
import { jobFacts, jobFactsSelect, type StoredJob } from "./job-state";
import { type JobFilter, jobWhere } from "./job-where";
import { countLiveWorkers } from "./live-workers";
import { resultWords } from "./readable-values";
import { jobDefinition } from "./registry";

/** With the run it works on, if it works on one. */
export type ListedJob = JobRow & {
  run: { number: number; summary: string } | null;
  canRetry: boolean;
  /** What a done job that works on no run tells of itself: `Products 2,500 · Bytes 3.1 MB`; null when it tells nothing. */
  outcome: string | null;
  /** What half of the newest finished jobs of its kind took at most; null when none finished, or it does not run. */
  usualSeconds: number | null;
};

export const JOBS_PER_PAGE = 50;

/** Jobs, newest first; those that wait in the order of their turn. */
export async function listJobs(actor: Actor, search: JobFilter & { size?: number }) {
  assertCan(actor, "job:read");
  const now = new Date();
  const size = search.size ?? JOBS_PER_PAGE;
  const where = jobWhere(actor, search, now);
  const backwards = search.after !== undefined && search.before === undefined;
  const pageOf = search.tab === "waiting" ? queuePage : newestPage;
  const [found, total] = await Promise.all([
    db.job.findMany({
      ...(await pageOf({ where, from: search.before ?? search.after, backwards })),
      select: { ...jobFactsSelect, parameters: true, result: true },
      take: size + 1,
    }),
    db.job.count({ where }),
  ]);
  const hasMore = found.length > size;
  const page = found.slice(0, size);
  if (backwards) page.reverse();
  return {
    rows: await withRuns(actor, page, now),
    total,
    newer: (backwards ? hasMore : search.before !== undefined) ? (page[0]?.id ?? null) : null,
    older: backwards || hasMore ? (page.at(-1)?.id ?? null) : null,
  };
}

type PageQuery = Pick<Prisma.JobFindManyArgs, "where" | "orderBy">;
type Page = { where: Prisma.JobWhereInput; from: string | undefined; backwards: boolean };

/** UUIDv7: the order of ids is the order of making. */
function newestPage({ where, from, backwards }: Page): PageQuery {
  const bound = backwards ? { gt: from } : { lt: from };
  return {
    where: from ? { AND: [where, { id: bound }] } : where,
    orderBy: { id: backwards ? "asc" : "desc" },
  };
}

async function queuePage({ where, from, backwards }: Page): Promise<PageQuery> {
  const [up, down] = backwards ? (["asc", "desc"] as const) : (["desc", "asc"] as const);
  const orderBy = [{ priority: up }, { createdAt: down }, { id: down }];
  const last = from && (await db.job.findUnique({ where: { id: from }, select: { priority: true, createdAt: true } }));
  if (!last) return { where, orderBy };
  const { priority, createdAt } = last;
  const later = (value: Date | string) => (backwards ? { lt: value } : { gt: value });
  const behind = {
    OR: [
      { priority: backwards ? { gt: priority } : { lt: priority } },
      { priority, createdAt: later(createdAt) },
      { priority, createdAt, id: later(from) },
    ],
  } as Prisma.JobWhereInput;
  return { where: { AND: [where, behind] }, orderBy };
}

/** The kinds of work done so far, for the filter. */
export async function listJobTypes(actor: Actor): Promise<{ value: string; label: string }[]> {
  assertCan(actor, "job:read");
  const found = await db.job.groupBy({ by: ["jobType"], orderBy: { jobType: "asc" } });
  return found.map(({ jobType }) => ({ value: jobType, label: jobDefinition(jobType)?.displayName ?? jobType }));
}

/** Jobs at work or waiting their turn, first come first: at most three, for the overview. */
export async function listOpenJobs(actor: Actor): Promise<JobRow[]> {
  assertCan(actor, "job:read");
  const jobs = await db.job.findMany({
    where: { status: { in: ["running", "pending"] } },
    select: jobFactsSelect,
    // The order of asking: what runs was asked for before what waits, larger priorities aside.
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 3,
  });
  return withNames(jobs.map((job) => jobFacts(job, new Date())));
}

async function withRuns(
  actor: Actor,
  jobs: (StoredJob & { parameters: unknown; result: unknown })[],
  now: Date,
): Promise<ListedJob[]> {
  const runIds = new Map(jobs.map((job) => [job.id, runIdOf(job.parameters)]));
  const running = jobs.filter(({ status }) => status === "running").map(({ jobType }) => jobType);
  const [durations, rows, runs] = await Promise.all([
    jobDurations(actor, running),
    withNames(jobs.map(({ parameters, result, ...job }) => jobFacts(job, now))),
    db.syncHistory.findMany({
      where: { id: { in: [...runIds.values()].flatMap((id) => id ?? []) } },
      select: {
        ...RUN_COUNTS,
        id: true,
        number: true,
        trigger: true,
        skipped: true,
      },
    }),
  ]);
  const categories = await categoriesOfRuns(runs);
  const summaryOf = (run: (typeof runs)[number]) =>
    run.trigger === "undo"
      ? undoSummary(run)
      : runSummary(runFound({ counts: runCounts(run), categories: categories.get(run.id) }));
  const runsById = new Map(runs.map((run) => [run.id, { number: run.number, summary: summaryOf(run) }]));
  const results = new Map(
    jobs.map((job) => [
      job.id,
      job.status === "completed" ? resultWords(job.result, jobDefinition(job.jobType)?.resultTitles) : null,
    ]),
  );
  return rows.map((job) => ({
    ...job,
    outcome: results.get(job.id) ?? null,
    run: runsById.get(runIds.get(job.id) ?? "") ?? null,
    canRetry: isRetryable(job),
    usualSeconds: durations.get(job.jobType)?.medianSeconds ?? null,
  }));
}

/** Whether any worker gave a sign of life within the last minute. */
export async function isWorkerAlive(actor: Actor): Promise<boolean> {
  assertCan(actor, "job:read");
  return (await countLiveWorkers()) > 0;
}
