import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { parseSchedule } from "@/lib/jobs/schedules/cron";
import { parseConnection } from "./connection";
import { publicConnection } from "./connection-secrets";

/** Runs of a source that its line of the list shows. */
const RECENT_RUNS = 12;

/** Feed sources by name, those switched off last, each with its last run and how many products it speaks of. */
export async function listFeedSources(actor: Actor) {
  assertCan(actor, "sync:read");
  const sources = await db.feedSource.findMany({
    select: {
      id: true,
      name: true,
      kind: true,
      connection: true,
      schedule: true,
      nextFetchAt: true,
      isSample: true,
      isActive: true,
      createdAt: true,
    },
    orderBy: [{ isActive: "desc" }, { name: "asc" }, { id: "asc" }],
  });
  const ids = sources.map((source) => source.id);
  const [items, newest, fetches] = await Promise.all([
    db.sourceItem.groupBy({
      by: ["sourceId"],
      where: { sourceId: { in: ids }, entity: "product" },
      _count: { _all: true },
    }),
    db.syncHistory.groupBy({ by: ["feedSourceId"], where: { feedSourceId: { in: ids } }, _max: { number: true } }),
    db.feedFetch.findMany({
      where: { sourceId: { in: ids } },
      orderBy: [{ sourceId: "asc" }, { startedAt: "desc" }],
      distinct: ["sourceId"],
      select: { sourceId: true, outcome: true, message: true, startedAt: true },
    }),
  ]);
  const newestNumbers = newest.flatMap((group) => group._max.number ?? []);
  const runSelect = {
    id: true,
    number: true,
    feedSourceId: true,
    status: true,
    isDryRun: true,
    heldReason: true,
    createdAt: true,
    rejected: true,
  } as const;
  const [lastRuns, recentRuns] = await Promise.all([
    db.syncHistory.findMany({ where: { number: { in: newestNumbers } }, select: runSelect }),
    db.syncHistory.findMany({
      where: { feedSourceId: { in: ids } },
      orderBy: { number: "desc" },
      take: RECENT_RUNS * Math.max(1, ids.length),
      select: runSelect,
    }),
  ]);
  return sources.map(({ connection, schedule, ...source }) => ({
    ...source,
    connection: publicConnection(parseConnection(connection)),
    schedule: parseSchedule(schedule),
    products: items.find((group) => group.sourceId === source.id)?._count._all ?? 0,
    lastRun: lastRuns.find((run) => run.feedSourceId === source.id) ?? null,
    lastFetch: fetches.find((fetch) => fetch.sourceId === source.id) ?? null,
    runs: recentRuns.filter((run) => run.feedSourceId === source.id).slice(0, RECENT_RUNS),
  }));
}
export type FeedSourceRow = Awaited<ReturnType<typeof listFeedSources>>[number];

/** One source's name and settings; null when there is none. */
export async function getFeedSource(actor: Actor, id: string) {
  assertCan(actor, "sync:read");
  return db.feedSource.findUnique({
    where: { id },
    select: { id: true, name: true, kind: true, isActive: true, isSample: true, version: true, createdAt: true },
  });
}
