import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { RunDay } from "@/lib/sync/recent-work";
import type { RunSearch } from "@/lib/sync/search-params";
import { runWhere } from "./run-where";

const DAY_MS = 86_400_000;
/** Runs beyond this many in the window are left out, oldest first. */
const MOST_RUNS = 5_000;
const ENDED_WELL = ["success", "partial"];
const ENDED_BADLY = ["failed", "cancelled"];

/** A day of the history: what its runs found, and how long they took. */
export interface HistoryDay extends RunDay {
  /** Of the runs that ended, in seconds; null for a day without one. */
  averageSeconds: number | null;
  longestSeconds: number | null;
}

export interface HistoryFigures {
  days: HistoryDay[];
  /** Runs of the window that ended, dry runs left out. */
  ended: number;
  /** Of those, the ones that ended well, in part or whole. */
  endedWell: number;
  /** Products that the ended runs knew, and of those the ones neither refused nor failed. */
  items: number;
  itemsGood: number;
  isCapped: boolean;
}

/** Volume, duration and success of the runs that a search means, day by day; `days` back from now. */
export async function historyFigures(
  actor: Actor,
  search: Partial<RunSearch>,
  days: number,
  now = new Date(),
): Promise<HistoryFigures> {
  assertCan(actor, "sync:read");
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - (days - 1)));
  const runs = await db.syncHistory.findMany({
    where: { AND: [await runWhere(search), { startedAt: { gte: since }, isDryRun: false }] },
    select: {
      startedAt: true,
      completedAt: true,
      status: true,
      created: true,
      updated: true,
      missing: true,
      rejected: true,
      failed: true,
      totalItems: true,
    },
    orderBy: { startedAt: "desc" },
    take: MOST_RUNS,
  });
  const byDay = emptyDays(since, days);
  const figures = { ended: 0, endedWell: 0, items: 0, itemsGood: 0 };
  const seconds = new Map<string, number[]>();
  for (const run of runs) {
    const name = (run.startedAt ?? since).toISOString().slice(0, 10);
    const entry = byDay.get(name);
    if (!entry) continue;
    entry.runs++;
    entry.added += run.created;
    entry.changed += run.updated;
    entry.missing += run.missing;
    entry.rejected += run.rejected;
    const isBad = ENDED_BADLY.includes(run.status);
    const isGood = ENDED_WELL.includes(run.status);
    if (isBad) entry.failed++;
    if (!isBad && !isGood) continue;
    figures.ended++;
    if (isGood) figures.endedWell++;
    figures.items += run.totalItems;
    figures.itemsGood += Math.max(0, run.totalItems - run.rejected - run.failed);
    if (!run.startedAt || !run.completedAt) continue;
    const took = (run.completedAt.getTime() - run.startedAt.getTime()) / 1000;
    seconds.set(name, [...(seconds.get(name) ?? []), took]);
  }
  for (const [name, all] of seconds) {
    const entry = byDay.get(name);
    if (!entry) continue;
    entry.averageSeconds = all.reduce((sum, one) => sum + one, 0) / all.length;
    entry.longestSeconds = Math.max(...all);
  }
  return { days: [...byDay.values()], ...figures, isCapped: runs.length === MOST_RUNS };
}

function emptyDays(since: Date, days: number) {
  const nothing = { runs: 0, added: 0, changed: 0, missing: 0, rejected: 0, failed: 0 };
  const byDay = new Map<string, HistoryDay>();
  for (let offset = 0; offset < days; offset++) {
    const day = new Date(since.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
    byDay.set(day, { day, ...nothing, averageSeconds: null, longestSeconds: null });
  }
  return byDay;
}
