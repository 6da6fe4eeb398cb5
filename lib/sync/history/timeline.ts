import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { categoriesOfRuns } from "@/lib/sync/run-categories";
import { triggerOf } from "@/lib/sync/run-triggers";
import { RUN_COUNTS, runCounts, runFound, runSummary, undoSummary } from "@/lib/sync/run-words";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { SyncStatus } from "@/prisma/generated/sqlite/enums";
import { auditTargets } from "./audit-targets";
import { timelineCursor } from "./timeline-cursor";

export const TIMELINE_PAGE = 60;

/** Actions of the audit trail that belong to the story of the syncs: what people set, asked for and answered. */
const TOLD = [
  "feed.",
  "mapping.",
  "rule.",
  "policies.",
  "retention.",
  "job.",
  "sync.",
  "schedule.",
  "database.compact",
];
/** Each batch of an apply or an undo has an entry of its own; the run itself tells it once. */
export const NOT_TOLD = ["sync.apply", "sync.undo", "sync.request"];

const timelineSearch = z.object({
  show: z.enum(["all", "settings", "runs"]).catch("all"),
  before: timelineCursor.optional().catch(undefined),
});
export type TimelineSearch = z.output<typeof timelineSearch>;

export function parseTimelineSearch(params: Record<string, unknown>): TimelineSearch {
  return timelineSearch.parse(params);
}

export type TimelineEntry =
  | {
      what: "run";
      at: Date;
      id: number;
      number: number;
      source: string;
      status: SyncStatus;
      isDryRun: boolean;
      heldReason: string | null;
      trigger: string;
      summary: string;
    }
  | {
      what: "doing";
      at: Date;
      id: number;
      action: string;
      who: string;
      entity: string;
      /** What it was done to, in words: a source's name, `run 12`; null when it is gone. */
      target: { words: string; href: string | null } | null;
      before: Prisma.JsonValue;
      after: Prisma.JsonValue;
    };

/** Runs and what people set, asked for and answered, in one order of time, newest first. */
export async function listTimeline(actor: Actor, search: TimelineSearch) {
  assertCan(actor, "sync:read");
  const [runs, doings] = await Promise.all([
    search.show === "settings" ? [] : listRunEntries(search.before),
    search.show === "runs" ? [] : listDoings(search.before, search.show === "settings"),
  ]);
  const all = [...doings, ...runs].sort(newestFirst);
  const rows = all.slice(0, TIMELINE_PAGE);
  const last = rows.at(-1);
  const older =
    all.length > TIMELINE_PAGE && last ? `${last.at.getTime()}_${last.what === "run" ? "r" : "a"}_${last.id}` : null;
  return { rows, older };
}

export function newestFirst(a: TimelineEntry, b: TimelineEntry) {
  const byTime = b.at.getTime() - a.at.getTime();
  if (byTime !== 0) return byTime;
  return a.what === b.what ? b.id - a.id : a.what === "doing" ? -1 : 1;
}

/** Runs from before a place on, `where` narrowing them. */
export async function listRunEntries(
  before: TimelineSearch["before"],
  where: Prisma.SyncHistoryWhereInput = {},
): Promise<TimelineEntry[]> {
  const bound: Prisma.SyncHistoryWhereInput =
    before === undefined
      ? {}
      : before.kind === "a"
        ? { createdAt: { lte: before.at } }
        : { OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, number: { lt: before.id } }] };
  const runs = await db.syncHistory.findMany({
    where: { AND: [bound, where] },
    select: {
      ...RUN_COUNTS,
      id: true,
      number: true,
      source: true,
      status: true,
      isDryRun: true,
      heldReason: true,
      trigger: true,
      syncType: true,
      createdAt: true,
      skipped: true,
    },
    orderBy: [{ createdAt: "desc" }, { number: "desc" }],
    take: TIMELINE_PAGE + 1,
  });
  const categories = await categoriesOfRuns(runs);
  return runs.map((run): TimelineEntry => {
    const { number, source, status, isDryRun, heldReason, createdAt } = run;
    const trigger = triggerOf(run);
    return {
      what: "run",
      at: createdAt,
      id: number,
      ...{ number, source, status, isDryRun, heldReason, trigger },
      summary:
        trigger === "undo"
          ? undoSummary(run)
          : runSummary(runFound({ counts: runCounts(run), categories: categories.get(run.id) })),
    };
  });
}

function listDoings(before: TimelineSearch["before"], settingsAlone: boolean): Promise<TimelineEntry[]> {
  const told = settingsAlone ? TOLD.filter((prefix) => prefix !== "sync." && prefix !== "job.") : TOLD;
  return listEntries(before, {
    AND: [{ OR: told.map((prefix) => ({ action: { startsWith: prefix } })) }, { action: { notIn: NOT_TOLD } }],
  });
}

/** What the audit trail tells from before a place on, `where` narrowing it. */
export async function listEntries(
  before: TimelineSearch["before"],
  where: Prisma.AuditEntryWhereInput,
): Promise<TimelineEntry[]> {
  const bound: Prisma.AuditEntryWhereInput =
    before === undefined
      ? {}
      : before.kind === "r"
        ? { createdAt: { lt: before.at } }
        : { OR: [{ createdAt: { lt: before.at } }, { createdAt: before.at, id: { lt: before.id } }] };
  const entries = await db.auditEntry.findMany({
    where: { AND: [bound, where] },
    select: {
      ...{ id: true, action: true, actorName: true, entity: true, entityId: true },
      ...{ before: true, after: true, createdAt: true },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: TIMELINE_PAGE + 1,
  });
  const targets = await auditTargets(entries);
  return entries.map(({ id, action, actorName, entity, entityId, createdAt, before: was, after }) => ({
    what: "doing",
    at: createdAt,
    who: actorName,
    target: targets.get(`${entity}:${entityId}`) ?? null,
    before: was,
    after,
    ...{ id, action, entity },
  }));
}
