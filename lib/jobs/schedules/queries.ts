import "server-only";
import { type Actor, assertCan, can } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { newestOfSources } from "@/lib/db/newest-of-sources";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { JobSchedule } from "@/prisma/generated/sqlite/client";
import { jobFacts, jobFactsSelect } from "../job-state";
import { jobDefinition } from "../registry";
import { nextTimes, parseSchedule } from "./cron";
import { scheduleWords } from "./cron-words";

/** Next times that are told. */
export const TIMES_SHOWN = 5;
const JOBS_SHOWN = 30;

/** Every schedule by name, and the feeds that are fetched by one of their own. There are few: it is no list of pages. */
export async function listSchedules(actor: Actor) {
  assertCan(actor, "job:read");
  const stored = await db.jobSchedule.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  return { schedules: await withPast(stored), feeds: can(actor, "sync:read") ? await listFeedSchedules() : [] };
}
export type ScheduleRow = Awaited<ReturnType<typeof withPast>>[number];
export type FeedScheduleRow = Awaited<ReturnType<typeof listFeedSchedules>>[number];

/** One schedule with its latest jobs; null when there is none. */
export async function getSchedule(actor: Actor, id: string) {
  assertCan(actor, "job:read");
  const stored = await db.jobSchedule.findUnique({ where: { id } });
  if (!stored) return null;
  const [[row], jobs] = await Promise.all([
    withPast([stored]),
    db.job.findMany({
      where: { scheduleId: id },
      select: jobFactsSelect,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: JOBS_SHOWN,
    }),
  ]);
  if (!row) return null;
  const now = new Date();
  return { ...row, jobs: jobs.map((job) => jobFacts(job, now)) };
}
export type ScheduleDetail = NonNullable<Awaited<ReturnType<typeof getSchedule>>>;

async function withPast(schedules: JobSchedule[]) {
  const ids = schedules.map(({ id }) => id);
  const newest = await db.job.groupBy({
    by: ["scheduleId"],
    where: { scheduleId: { in: ids } },
    // UUIDv7: the largest is the latest.
    _max: { id: true },
  });
  const [jobs, owners] = await Promise.all([
    db.job.findMany({
      where: { id: { in: newest.flatMap(({ _max }) => _max.id ?? []) } },
      select: { ...jobFactsSelect, scheduleId: true },
    }),
    personNames(
      db,
      schedules.map(({ userId }) => userId),
    ),
  ]);
  const now = new Date();
  return schedules.map((schedule) => {
    const { cron, timeZone, isPaused, nextAt } = schedule;
    const last = jobs.find((job) => job.scheduleId === schedule.id);
    return {
      ...schedule,
      words: scheduleWords(schedule),
      jobName: jobDefinition(schedule.jobType)?.displayName ?? schedule.jobType,
      owner: owners.get(schedule.userId) ?? SOMEBODY_GONE,
      nextTimes: isPaused || !nextAt ? [] : timesFrom(nextAt, nextTimes({ cron, timeZone }, TIMES_SHOWN, nextAt)),
      lastJob: last ? jobFacts(last, now) : null,
    };
  });
}

/** The stored time itself is the first: it may be due already. */
function timesFrom(nextAt: Date, later: Date[]) {
  return [nextAt, ...later].slice(0, TIMES_SHOWN);
}

async function listFeedSchedules() {
  const [sources, newest] = await Promise.all([
    db.feedSource.findMany({
      where: { isActive: true },
      select: { id: true, name: true, schedule: true, nextFetchAt: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
    newestOfSources({ ended: false }),
  ]);
  const fetches = await db.feedFetch.findMany({
    where: { id: { in: newest.flatMap(({ fetchId }) => fetchId ?? []) } },
    select: { sourceId: true, outcome: true, startedAt: true, message: true },
  });
  return sources.flatMap(({ id, name, schedule: stored, nextFetchAt }) => {
    const schedule = parseSchedule(stored);
    const lastFetch = fetches.find(({ sourceId }) => sourceId === id) ?? null;
    return schedule ? [{ id, name, words: scheduleWords(schedule), nextAt: nextFetchAt, lastFetch }] : [];
  });
}
