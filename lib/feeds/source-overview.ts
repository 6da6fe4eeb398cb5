import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { countSourceProducts } from "@/lib/db/source-items";
import { jobFacts, jobFactsSelect } from "@/lib/jobs/job-state";
import { nextTimes, parseSchedule } from "@/lib/jobs/schedules/cron";
import { personNames } from "@/lib/users/person-names";
import { parseConnection } from "./connection";
import { publicConnection } from "./connection-secrets";
import { parseFetchedFiles } from "./fetch/fetch-files";

const FETCHES_PER_PAGE = 20;
const FILES_SHOWN = 30;
const RUNS_SHOWN = 24;
const TIMES_SHOWN = 3;

/** Where one source's feed comes from and when; null when there is no such source. Secrets are masked. */
export async function getSourceSettings(actor: Actor, id: string) {
  assertCan(actor, "sync:read");
  const source = await db.feedSource.findUnique({ where: { id } });
  if (!source) return null;
  const { connection, schedule: stored, policies: _policies, ...facts } = source;
  const schedule = parseSchedule(stored);
  const isPaused = schedule !== null && source.nextFetchAt === null;
  return {
    ...facts,
    connection: publicConnection(parseConnection(connection)),
    schedule,
    isPaused,
    nextTimes: schedule && source.nextFetchAt ? nextTimes(schedule, TIMES_SHOWN) : [],
  };
}
export type SourceSettings = NonNullable<Awaited<ReturnType<typeof getSourceSettings>>>;

/** What a source's pages show of its past: runs, received files, products. */
export async function getSourceHistory(actor: Actor, sourceId: string) {
  assertCan(actor, "sync:read");
  const [products, runs, files, fileCount] = await Promise.all([
    countSourceProducts(),
    db.syncHistory.findMany({
      where: { feedSourceId: sourceId },
      orderBy: { number: "desc" },
      take: RUNS_SHOWN,
      select: { id: true, number: true, status: true, isDryRun: true, heldReason: true, createdAt: true },
    }),
    db.feedFile.findMany({
      where: { sourceId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: FILES_SHOWN,
      select: { id: true, name: true, hash: true, bytes: true, prunedAt: true, createdAt: true },
    }),
    db.feedFile.count({ where: { sourceId } }),
  ]);
  return {
    products: products.get(sourceId) ?? 0,
    runs,
    files: files.map((file) => ({ ...file, bytes: Number(file.bytes) })),
    fileCount,
  };
}
export type SourceHistory = Awaited<ReturnType<typeof getSourceHistory>>;

/** A source's fetches, newest first; `before` is the last one of the page in front. */
export async function listFetches(actor: Actor, { sourceId, before }: { sourceId: string; before?: string }) {
  assertCan(actor, "sync:read");
  const found = await db.feedFetch.findMany({
    where: { sourceId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    ...(before && { cursor: { id: before }, skip: 1 }),
    take: FETCHES_PER_PAGE + 1,
  });
  const shown = found.slice(0, FETCHES_PER_PAGE);
  const [runs, people, jobs] = await Promise.all([
    db.syncHistory.findMany({
      where: { id: { in: shown.flatMap((fetch) => fetch.runId ?? []) } },
      select: { id: true, number: true },
    }),
    personNames(
      db,
      shown.flatMap((fetch) => fetch.userId ?? []),
    ),
    db.job.findMany({
      where: { id: { in: shown.flatMap((fetch) => (fetch.outcome === "running" ? (fetch.jobId ?? []) : [])) } },
      select: jobFactsSelect,
    }),
  ]);
  const now = new Date();
  const rows = shown.map((fetch) => ({
    id: fetch.id,
    outcome: fetch.outcome,
    message: fetch.message,
    jobId: fetch.jobId,
    startedAt: fetch.startedAt,
    finishedAt: fetch.finishedAt,
    files: parseFetchedFiles(fetch.files),
    runNumber: runs.find((run) => run.id === fetch.runId)?.number ?? null,
    startedBy: people.get(fetch.userId ?? "") ?? fetch.trigger,
    job: jobs.filter((job) => job.id === fetch.jobId).map((job) => jobFacts(job, now))[0] ?? null,
  }));
  return { rows, older: found.length > FETCHES_PER_PAGE ? (rows.at(-1)?.id ?? null) : null };
}
export type FetchRow = Awaited<ReturnType<typeof listFetches>>["rows"][number];
