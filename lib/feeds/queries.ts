import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { newestOfSources } from "@/lib/db/newest-of-sources";
import { countSourceProducts } from "@/lib/db/source-items";
import { parseSchedule } from "@/lib/jobs/schedules/cron";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { parseConnection } from "./connection";
import { publicConnection } from "./connection-secrets";

/** Runs of a source that its line of the list shows. */
const RECENT_RUNS = 12;

const IN_ORDER = [
  { isActive: "desc" },
  { name: "asc" },
  { id: "asc" },
] satisfies Prisma.FeedSourceOrderByWithRelationInput[];

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
    orderBy: IN_ORDER,
  });
  const ids = sources.map((source) => source.id);
  const [products, newest] = await Promise.all([countSourceProducts(), newestOfSources({ ended: false })]);
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
  const [fetches, lastRuns, recentRuns] = await Promise.all([
    db.feedFetch.findMany({
      where: { id: { in: newest.flatMap(({ fetchId }) => fetchId ?? []) } },
      select: { sourceId: true, outcome: true, message: true, startedAt: true },
    }),
    db.syncHistory.findMany({
      where: { number: { in: newest.flatMap(({ runNumber }) => runNumber ?? []) } },
      select: runSelect,
    }),
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
    products: products.get(source.id) ?? 0,
    lastRun: lastRuns.find((run) => run.feedSourceId === source.id) ?? null,
    lastFetch: fetches.find((fetch) => fetch.sourceId === source.id) ?? null,
    runs: recentRuns.filter((run) => run.feedSourceId === source.id).slice(0, RECENT_RUNS),
  }));
}
export type FeedSourceRow = Awaited<ReturnType<typeof listFeedSources>>[number];

/** The sources' names, in the same order: for choosing one. */
export async function listSourceNames(actor: Actor) {
  assertCan(actor, "sync:read");
  return db.feedSource.findMany({ select: { id: true, name: true }, orderBy: IN_ORDER });
}

/** One source's name and settings; null when there is none. */
export async function getFeedSource(actor: Actor, id: string) {
  assertCan(actor, "sync:read");
  return db.feedSource.findUnique({
    where: { id },
    select: { id: true, name: true, kind: true, isActive: true, isSample: true, version: true, createdAt: true },
  });
}
