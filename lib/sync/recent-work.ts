import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { countInbox } from "@/lib/inbox/count-inbox";
import { listInbox } from "@/lib/inbox/list-inbox";
import { changeFields, changeLines } from "./change";

/** Outcome of the runs of one day. */
export interface RunDay {
  /** `2026-11-07`, UTC */
  day: string;
  runs: number;
  added: number;
  changed: number;
  missing: number;
  rejected: number;
  /** Runs that failed, were cancelled or wait. */
  failed: number;
}

/** Runs beyond this many in the chart's window are left out, oldest first. */
const MOST_RUNS = 5_000;

/** What the applied and staged runs of the last days brought, day by day, days without a run included. */
export async function runsByDay(actor: Actor, days: number, now = new Date()): Promise<RunDay[]> {
  assertCan(actor, "sync:read");
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - (days - 1)));
  const runs = await db.syncHistory.findMany({
    where: { startedAt: { gte: since }, isDryRun: false },
    select: { startedAt: true, status: true, created: true, updated: true, missing: true, rejected: true },
    orderBy: { startedAt: "desc" },
    take: MOST_RUNS,
  });
  const byDay = new Map<string, RunDay>();
  for (let offset = 0; offset < days; offset++) {
    const day = new Date(since.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
    byDay.set(day, { day, runs: 0, added: 0, changed: 0, missing: 0, rejected: 0, failed: 0 });
  }
  for (const run of runs) {
    const entry = byDay.get((run.startedAt ?? since).toISOString().slice(0, 10));
    if (!entry) continue;
    entry.runs++;
    entry.added += run.created;
    entry.changed += run.updated;
    entry.missing += run.missing;
    entry.rejected += run.rejected;
    if (run.status === "failed" || run.status === "cancelled") entry.failed++;
  }
  return [...byDay.values()];
}

/** Runs and failures named one by one on the overview; the inbox has them all. */
const NAMED = 6;

/** What waits for a person, for the overview: how much, the runs and failures by name, the rest by kind. */
export async function listOpenWork(actor: Actor) {
  assertCan(actor, "sync:read");
  const [count, failures, reviews, uncategorised] = await Promise.all([
    countInbox(actor),
    listInbox(actor, { q: "", kind: "failed" }, NAMED),
    listInbox(actor, { q: "", kind: "review" }, NAMED),
    db.product.count({ where: { categoryId: null, status: { not: "archived" } } }),
  ]);
  return { count, named: [...failures.rows, ...reviews.rows], uncategorised };
}

/** A few changes of the newest run that changed products, for "what changed"; null when none ever did. */
export async function listRecentChanges(actor: Actor, take = 8) {
  assertCan(actor, "sync:read");
  const run = await db.syncHistory.findFirst({
    where: { isDryRun: false, status: { in: ["success", "partial"] }, updated: { gt: 0 } },
    select: { id: true, number: true, source: true, updated: true, completedAt: true },
    orderBy: { number: "desc" },
  });
  if (!run) return null;
  const changes = await db.syncChange.findMany({
    where: { runId: run.id, kind: { in: ["changed", "moved"] }, state: "applied", entity: "product" },
    select: { id: true, entityId: true, label: true, name: true, detail: { select: { fields: true } } },
    orderBy: { id: "asc" },
    take,
  });
  const rows = changes.map(({ detail, ...change }) => ({
    ...change,
    lines: changeLines(changeFields.parse(detail?.fields ?? {})).slice(0, 1),
  }));
  return { run, rows };
}
