import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { changeFields, changeLines } from "./change";
import { NEEDS_A_PERSON } from "./finish-run";
import { parseMessages } from "./run-json";

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

/** What waits for a person, for the overview. */
export async function listOpenWork(actor: Actor) {
  assertCan(actor, "sync:read");
  const [reviews, failures, withHeld, uncategorised] = await Promise.all([
    db.syncHistory.findMany({
      where: { status: "review", isDryRun: false },
      select: { number: true, source: true, heldReason: true, created: true, updated: true, missing: true, held: true },
      orderBy: { number: "desc" },
      take: 20,
    }),
    lastRunsThatFailed(),
    db.syncHistory.findMany({
      where: { status: { in: ["success", "partial"] }, held: { gt: 0 }, isDryRun: false },
      select: { id: true, number: true, source: true },
      orderBy: { number: "desc" },
      take: 10,
    }),
    db.product.count({ where: { categoryId: null, status: { not: "archived" } } }),
  ]);
  const counts = await db.syncChange.groupBy({
    by: ["runId"],
    where: { runId: { in: withHeld.map((run) => run.id) }, kind: { in: [...NEEDS_A_PERSON] }, state: "staged" },
    _count: { _all: true },
  });
  const countOf = new Map(counts.map((group) => [group.runId, group._count._all]));
  const undecided = withHeld.map(({ id, ...run }) => ({ ...run, count: countOf.get(id) ?? 0 }));
  return { reviews, failures, undecided: undecided.filter((run) => run.count > 0), uncategorised };
}

/** Sources whose newest run failed or refused rows: a later good run settles it. */
async function lastRunsThatFailed() {
  const newest = await db.syncHistory.groupBy({
    by: ["feedSourceId"],
    where: { isDryRun: false, feedSourceId: { not: null }, status: { notIn: ["pending", "running"] } },
    _max: { number: true },
  });
  const numbers = newest.flatMap((group) => group._max.number ?? []);
  const runs = await db.syncHistory.findMany({
    where: { number: { in: numbers }, OR: [{ status: "failed" }, { rejected: { gt: 0 } }] },
    select: { number: true, source: true, status: true, rejected: true, errors: true },
    orderBy: { number: "desc" },
  });
  return runs.map(({ errors, ...run }) => ({ ...run, reason: parseMessages(errors)[0]?.text ?? null }));
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
