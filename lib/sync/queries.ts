import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { groupChanges } from "@/lib/db/run-changes";
import { AppError } from "@/lib/errors";
import { type JobFacts, jobFacts, jobFactsSelect } from "@/lib/jobs/job-state";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { SyncChangeKind, SyncChangeState, SyncEntity } from "@/prisma/generated/sqlite/enums";
import { runWhere } from "./history/run-where";
import { categoriesOfRuns } from "./run-categories";
import { parseMessages, parseStages } from "./run-json";
import { runMetadata } from "./run-metadata";
import { triggerOf } from "./run-triggers";
import { isHeldKind, RUN_COUNTS, type RunCategories, type RunCounts, runCounts } from "./run-words";
import type { RunSearch } from "./search-params";

const runRow = {
  ...RUN_COUNTS,
  id: true,
  number: true,
  syncType: true,
  source: true,
  target: true,
  feedSourceId: true,
  status: true,
  trigger: true,
  isDryRun: true,
  heldReason: true,
  totalItems: true,
  processed: true,
  successful: true,
  failed: true,
  skipped: true,
  userId: true,
  jobId: true,
  prunedAt: true,
  startedAt: true,
  completedAt: true,
  createdAt: true,
} satisfies Prisma.SyncHistorySelect;

type StoredRun = Prisma.SyncHistoryGetPayload<{ select: typeof runRow }>;

export type RunRow = StoredRun & {
  /** Of products. */
  counts: RunCounts;
  /** Lists know them of runs without products alone. */
  categories: RunCategories | null;
  /** Who started it: a person's name, or "system". */
  startedBy: string;
  job: JobFacts | null;
};

export const RUNS_PER_PAGE = 50;

/**
 * Sync history, newest first. `before`/`after` are run numbers; `page` counts from 1 and serves scripts that page by position.
 */
export async function listRuns(
  actor: Actor,
  search: Partial<RunSearch> & { page?: number; size?: number },
): Promise<{ rows: RunRow[]; total: number; newer: number | null; older: number | null }> {
  assertCan(actor, "sync:read");
  const size = search.size ?? RUNS_PER_PAGE;
  const where = await runWhere(search);
  const towardsNewer = search.after !== undefined && search.before === undefined;
  const bound = towardsNewer ? { gt: search.after } : search.before === undefined ? undefined : { lt: search.before };
  const [found, total] = await Promise.all([
    db.syncHistory.findMany({
      where: bound ? { AND: [where, { number: bound }] } : where,
      select: runRow,
      orderBy: { number: towardsNewer ? "asc" : "desc" },
      skip: bound ? 0 : ((search.page ?? 1) - 1) * size,
      take: size + 1,
    }),
    db.syncHistory.count({ where }),
  ]);
  const hasMore = found.length > size;
  const page = found.slice(0, size);
  if (towardsNewer) page.reverse();
  const hasOlder = towardsNewer || hasMore;
  const hasNewer = towardsNewer ? hasMore : search.before !== undefined || (search.page ?? 1) > 1;
  return {
    rows: await withPeopleAndJobs(page),
    total,
    newer: hasNewer ? (page[0]?.number ?? null) : null,
    older: hasOlder ? (page.at(-1)?.number ?? null) : null,
  };
}

async function withPeopleAndJobs(runs: StoredRun[]): Promise<RunRow[]> {
  const userIds = [...new Set(runs.flatMap((run) => run.userId ?? []))];
  const jobIds = runs.flatMap((run) => run.jobId ?? []);
  const [names, jobs, categories] = await Promise.all([
    personNames(db, userIds),
    db.job.findMany({ where: { id: { in: jobIds } }, select: jobFactsSelect }),
    categoriesOfRuns(runs),
  ]);
  const jobsById = new Map(jobs.map((job) => [job.id, jobFacts(job, new Date())]));
  return runs.map((run) => ({
    ...run,
    trigger: triggerOf(run),
    counts: runCounts(run),
    categories: categories.get(run.id) ?? null,
    startedBy: run.userId ? (names.get(run.userId) ?? SOMEBODY_GONE) : "system",
    job: run.jobId ? (jobsById.get(run.jobId) ?? null) : null,
  }));
}

const runDetail = {
  ...runRow,
  retries: { select: { number: true } },
  metadata: true,
  messages: true,
  errors: true,
  warnings: true,
  stages: true,
  files: {
    orderBy: { id: "asc" },
    select: {
      id: true,
      name: true,
      hash: true,
      bytes: true,
      encoding: true,
      rowsRead: true,
      rowsStaged: true,
      rowsUnchanged: true,
      rowsRepeated: true,
      rowsRejected: true,
      feedFile: { select: { id: true, name: true, hash: true, bytes: true, prunedAt: true } },
    },
  },
} satisfies Prisma.SyncHistorySelect;

export type RunDetail = NonNullable<Awaited<ReturnType<typeof getRun>>>;

/** One run by its number (1, 2, 3 …) or its id; null when there is none. */
export async function getRun(actor: Actor, numberOrId: number | string) {
  assertCan(actor, "sync:read");
  const shownAt = new Date();
  const stored = await db.syncHistory.findUnique({
    where: typeof numberOrId === "number" ? { number: numberOrId } : { id: numberOrId },
    select: runDetail,
  });
  if (!stored) return null;
  const { files, messages, errors, warnings, stages, metadata, retries, ...row } = stored;
  const runId = row.id;
  const [changes, rejectionRows, [run]] = await Promise.all([
    countRunChanges(runId),
    db.syncRejection.groupBy({ by: ["severity"], where: { runId }, _count: { _all: true } }),
    withPeopleAndJobs([row]),
  ]);
  if (!run) throw new AppError("not_found", "There is no such run.");
  const known = runMetadata.parse(metadata ?? {});
  const severities = countsBy<string>(rejectionRows.map((group) => [group.severity, group._count._all]));
  return {
    ...run,
    /** Before anything was read: what changes from then on was not shown. */
    shownAt,
    categories: known.categories ?? null,
    sameAsRun: known.sameAsRun ?? null,
    /** Of a deletion: where what it deletes is kept. */
    backup: known.purge?.backup ?? null,
    /** The run whose refused rows this one tries again. */
    retries,
    ...changes,
    /** Records refused, each listed; one record can stand for several rows. */
    rejections: severities.error ?? 0,
    remarks: severities.warning ?? 0,
    messages: parseMessages(messages),
    errors: parseMessages(errors),
    warnings: parseMessages(warnings),
    stages: parseStages(stages),
    files: files.map((file) => ({ ...file, bytes: Number(file.bytes) })),
  };
}

/** A run's state and its job's, for whoever asks every moment: two rows and no counting. @throws {AppError} `not_found` */
export async function getRunState(actor: Actor, number: number) {
  assertCan(actor, "sync:read");
  const run = await db.syncHistory.findUnique({ where: { number }, select: { status: true, jobId: true } });
  if (!run) throw new AppError("not_found", "There is no such run.");
  const job = run.jobId ? await db.job.findUnique({ where: { id: run.jobId }, select: jobFactsSelect }) : null;
  return { ...run, job: job ? jobFacts(job, new Date()) : null };
}

/** @throws {AppError} `not_found` */
export async function getRunOrThrow(actor: Actor, numberOrId: number | string): Promise<RunDetail> {
  const run = await getRun(actor, numberOrId);
  if (!run) throw new AppError("not_found", "There is no such run.");
  return run;
}

/** A run's changes by what they are and how they stand. */
async function countRunChanges(runId: string) {
  const groups = await groupChanges(runId);
  const kinds: Partial<Record<SyncChangeKind, number>> = {};
  const states: Partial<Record<SyncChangeState, number>> = {};
  const kindsOf: Record<SyncEntity, Partial<Record<SyncChangeKind, number>>> = { product: {}, category: {} };
  let waiting = 0;
  for (const { entity, kind, state, count } of groups) {
    kinds[kind] = (kinds[kind] ?? 0) + count;
    states[state] = (states[state] ?? 0) + count;
    kindsOf[entity][kind] = (kindsOf[entity][kind] ?? 0) + count;
    if (state === "staged" && !isHeldKind(kind)) waiting += count;
  }
  return {
    kinds,
    states,
    kindsOf,
    /** Changes that approving the run applies: those that wait to learn which product is meant stay held. */
    waiting,
  };
}

function countsBy<Key extends string>(entries: [Key, number][]) {
  // Built from exactly these entries; a key without rows is absent.
  return Object.fromEntries(entries) as Partial<Record<Key, number>>;
}
