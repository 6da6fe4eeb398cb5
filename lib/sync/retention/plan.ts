import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { countDueRows, type DueRun, listRunsToForget, listRunsWithOldRows } from "@/lib/db/retention";
import { readRetention } from "./settings";

/** Bytes of a change beside its details, and of a refused row beside its text: row, indexes and their keys. */
export const CHANGE_OVERHEAD = 400;
const REJECTION_BYTES = 600;
/** Runs looked at for the preview; beyond, the figures say "at least". */
const LOOKED_AT = 500;
const DAY_MS = 86_400_000;

export interface RetentionPlan {
  /** Runs whose changes and refused rows would go. */
  runs: number;
  changes: number;
  rejections: number;
  /** About how much of the database they take. */
  bytes: number;
  /** Runs that would leave the history altogether. */
  forgotten: number;
  /** There is more than was looked at. */
  isCapped: boolean;
}

/** What the next clearing would drop, counted and not touched. */
export async function planRetention(actor: Actor, now = new Date()): Promise<RetentionPlan> {
  assertCan(actor, "sync:read");
  const { rows, forgotten } = await dueRuns(now, LOOKED_AT);
  const plan = { runs: 0, changes: 0, rejections: 0, bytes: 0, forgotten: forgotten.length };
  const dueOf = await countDueRows(rows.map(({ id }) => id));
  for (const run of rows) {
    const due = dueOf.get(run.id);
    if (!due || due.changes + due.rejections === 0) continue;
    plan.runs++;
    plan.changes += due.changes;
    plan.rejections += due.rejections;
    plan.bytes += run.changeBytes + due.changes * CHANGE_OVERHEAD + due.rejections * REJECTION_BYTES;
  }
  return { ...plan, isCapped: rows.length === LOOKED_AT || forgotten.length === LOOKED_AT };
}

/** The next runs whose time has come, oldest first. */
export async function dueRuns(now: Date, take: number): Promise<{ rows: DueRun[]; forgotten: DueRun[] }> {
  const { runDays, rowDays } = await readRetention(db);
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const [rows, forgotten] = await Promise.all([
    listRunsWithOldRows(before(rowDays), take),
    listRunsToForget(before(runDays), take),
  ]);
  return { rows, forgotten };
}
