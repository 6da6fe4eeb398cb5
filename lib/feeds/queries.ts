import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { parseConnection } from "./connection";
import { publicConnection } from "./connection-secrets";

/** Feed sources by name, each with its last run and how many products it speaks of. */
export async function listFeedSources(actor: Actor) {
  assertCan(actor, "sync:read");
  const sources = await db.feedSource.findMany({
    where: { isActive: true },
    select: { id: true, name: true, kind: true, connection: true, isSample: true, createdAt: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const ids = sources.map((source) => source.id);
  const [items, newest] = await Promise.all([
    db.sourceItem.groupBy({
      by: ["sourceId"],
      where: { sourceId: { in: ids }, entity: "product" },
      _count: { _all: true },
    }),
    db.syncHistory.groupBy({ by: ["feedSourceId"], where: { feedSourceId: { in: ids } }, _max: { number: true } }),
  ]);
  const runs = await db.syncHistory.findMany({
    where: { number: { in: newest.flatMap((group) => group._max.number ?? []) } },
    select: {
      number: true,
      feedSourceId: true,
      status: true,
      isDryRun: true,
      heldReason: true,
      createdAt: true,
      rejected: true,
    },
  });
  return sources.map(({ connection, ...source }) => ({
    ...source,
    connection: publicConnection(parseConnection(connection)),
    products: items.find((group) => group.sourceId === source.id)?._count._all ?? 0,
    lastRun: runs.find((run) => run.feedSourceId === source.id) ?? null,
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
