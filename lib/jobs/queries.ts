import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { AppError } from "@/lib/errors";
import { categoriesOfRuns } from "@/lib/sync/run-categories";
import { runCounts, runFound, runSummary, undoSummary } from "@/lib/sync/run-words";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { runIdOf } from "./job-parameters";
import { type JobFacts, jobFacts, jobFactsSelect, LOST_AFTER_MS, type StoredJob } from "./job-state";
import { jobDefinition } from "./registry";
import type { JobSearch } from "./search-params";
import { whatItWaitsFor } from "./waits-for";

export type JobRow = JobFacts & { startedBy: string };
/** With the run it works on, if it works on one. */
export type ListedJob = JobRow & { run: { number: number; summary: string } | null; canRetry: boolean };

export const JOBS_PER_PAGE = 50;
/** Lines of a job's log that its page shows. */
const LOG_TAIL_LINES = 200;

/** Jobs, newest first. */
export async function listJobs(actor: Actor, search: Partial<JobSearch> & { size?: number }) {
  assertCan(actor, "job:read");
  const now = new Date();
  const size = search.size ?? JOBS_PER_PAGE;
  const where = jobWhere(actor, search, now);
  const towardsNewer = search.after !== undefined && search.before === undefined;
  const bound = towardsNewer ? { gt: search.after } : search.before === undefined ? undefined : { lt: search.before };
  const [found, total] = await Promise.all([
    db.job.findMany({
      where: bound ? { AND: [where, { id: bound }] } : where,
      select: { ...jobFactsSelect, parameters: true },
      // UUIDv7: the order of ids is the order of making.
      orderBy: { id: towardsNewer ? "asc" : "desc" },
      take: size + 1,
    }),
    db.job.count({ where }),
  ]);
  const hasMore = found.length > size;
  const page = found.slice(0, size);
  if (towardsNewer) page.reverse();
  return {
    rows: await withRuns(page, now),
    total,
    newer: (towardsNewer ? hasMore : search.before !== undefined) ? (page[0]?.id ?? null) : null,
    older: towardsNewer || hasMore ? (page.at(-1)?.id ?? null) : null,
  };
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

function jobWhere(actor: Actor, search: Partial<JobSearch>, now: Date): Prisma.JobWhereInput {
  const { mine, type, q } = search;
  const parts: Prisma.JobWhereInput[] = [stateWhere(search.status, now)];
  if (mine) parts.push({ userId: actorUserId(actor) });
  if (type) parts.push({ jobType: type });
  if (q) parts.push({ OR: [{ displayName: contains(q) }, { error: contains(q) }] });
  return { AND: parts };
}

function stateWhere(status: JobSearch["status"], now: Date): Prisma.JobWhereInput {
  const since = new Date(now.getTime() - LOST_AFTER_MS);
  if (status === "lost") {
    const isSilent = { NOT: { heartbeatAt: { gte: since } } };
    return {
      OR: [{ status: "lost" }, { status: "running", heartbeatAt: null }, { status: "running", ...isSilent }],
    };
  }
  if (status === "running") return { status, heartbeatAt: { gte: since } };
  if (status === "trouble") return { status: { in: ["failed", "parked"] } };
  return status ? { status } : {};
}

async function withRuns(jobs: (StoredJob & { parameters: unknown })[], now: Date): Promise<ListedJob[]> {
  const runIds = new Map(jobs.map((job) => [job.id, runIdOf(job.parameters)]));
  const [rows, runs] = await Promise.all([
    withNames(jobs.map(({ parameters, ...job }) => jobFacts(job, now))),
    db.syncHistory.findMany({
      where: { id: { in: [...runIds.values()].flatMap((id) => id ?? []) } },
      select: {
        id: true,
        number: true,
        trigger: true,
        created: true,
        updated: true,
        deleted: true,
        skipped: true,
        missing: true,
        held: true,
        rejected: true,
        repeated: true,
        unchanged: true,
      },
    }),
  ]);
  const categories = await categoriesOfRuns(runs);
  const summaryOf = (run: (typeof runs)[number]) =>
    run.trigger === "undo"
      ? undoSummary(run)
      : runSummary(runFound({ counts: runCounts(run), categories: categories.get(run.id) }));
  const runsById = new Map(runs.map((run) => [run.id, { number: run.number, summary: summaryOf(run) }]));
  return rows.map((job) => ({
    ...job,
    run: runsById.get(runIds.get(job.id) ?? "") ?? null,
    canRetry: isRetryable(job),
  }));
}

/** Ended badly, and of a kind that can be taken up again. */
function isRetryable(job: Pick<JobFacts, "status" | "jobType">) {
  return (job.status === "failed" || job.status === "parked") && jobDefinition(job.jobType)?.reopen !== undefined;
}

async function withNames(jobs: JobFacts[]): Promise<JobRow[]> {
  const ids = [...new Set(jobs.flatMap((job) => job.userId ?? []))];
  const users = await db.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  const names = new Map(users.map((user) => [user.id, `${user.firstName} ${user.lastName}`.trim() || user.email]));
  return jobs.map((job) => ({
    ...job,
    startedBy: job.userId ? (names.get(job.userId) ?? "somebody since removed") : "system",
  }));
}

/** One job with the end of its log and the run it works on; null when there is none. */
export async function getJob(actor: Actor, id: string) {
  assertCan(actor, "job:read");
  const stored = await db.job.findUnique({
    where: { id },
    select: { ...jobFactsSelect, outputLog: true, parameters: true, result: true, workerId: true },
  });
  if (!stored) return null;
  const { outputLog, parameters, result, workerId, ...job } = stored;
  const runId = runIdOf(parameters);
  const [[row], run] = await Promise.all([
    withNames([jobFacts(job, new Date())]),
    runId
      ? db.syncHistory.findUnique({ where: { id: runId }, select: { number: true, source: true, isDryRun: true } })
      : null,
  ]);
  if (!row) throw new AppError("not_found", "There is no such job.");
  const lines = outputLog.split("\n").filter((line) => line !== "");
  return {
    ...row,
    parameters,
    result,
    workerId,
    run,
    canRetry: isRetryable(row),
    waitsFor: row.status === "pending" ? await whatItWaitsFor(id) : null,
    log: lines.slice(-LOG_TAIL_LINES),
    linesBefore: Math.max(0, lines.length - LOG_TAIL_LINES),
  };
}
export type JobDetail = NonNullable<Awaited<ReturnType<typeof getJob>>>;

/** Whether any worker gave a sign of life within the last minute. */
export async function isWorkerAlive(actor: Actor): Promise<boolean> {
  assertCan(actor, "job:read");
  const since = new Date(Date.now() - LOST_AFTER_MS);
  return (await db.worker.findFirst({ where: { heartbeatAt: { gte: since } }, select: { id: true } })) !== null;
}
