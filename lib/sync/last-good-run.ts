import "server-only";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type FeedProfile, feedProfile } from "./feed-profile";
import { READS_WHOLE_FEED } from "./run-triggers";

/** Whether a run reads only some rows of a feed (an undo, rows tried again, a person's answer): no measure for the next one. */
export function isPartialRun({ trigger }: { trigger: string }) {
  return !READS_WHOLE_FEED.includes(trigger);
}

/** Runs of unchanged files in a row that are passed over to find the shape. */
const LOOKED_BACK = 20;

/** What the last good run of a source before run `number` read: how many valid products, and of what shape. */
export async function lastGoodRun(
  sourceId: string,
  number: number,
): Promise<{ items: number | null; profile: FeedProfile | null }> {
  const good = {
    feedSourceId: sourceId,
    number: { lt: number },
    isDryRun: false,
    trigger: { in: [...READS_WHOLE_FEED] },
    status: { in: ["success", "partial"] },
  } satisfies Prisma.SyncHistoryWhereInput;
  const runs = await db.syncHistory.findMany({
    where: good,
    orderBy: { number: "desc" },
    select: { id: true, totalItems: true, rejected: true, repeated: true },
    take: LOOKED_BACK,
  });
  const [last] = runs;
  if (!last) return { items: null, profile: null };
  return { items: last.totalItems - last.rejected - last.repeated, profile: await firstProfile(runs) };
}

/** A run of the very same files compared nothing and has no profile: the run before it tells the shape. */
async function firstProfile(runs: { id: string }[]) {
  for (const { id } of runs) {
    const run = await db.syncHistory.findUnique({ where: { id }, select: { profile: true } });
    const profile = feedProfile.safeParse(run?.profile).data;
    if (profile) return profile;
  }
  return null;
}
