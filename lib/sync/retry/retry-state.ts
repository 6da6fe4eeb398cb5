import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { runMetadata } from "../run-metadata";
import { openRows } from "./open-rows";
import { readSince } from "./read-since";

/** Groups of refused rows told; a feed has few reasons. */
const GROUPS = 24;
/** Runs looked through for what became of a row the last time it was tried. */
const RETRIES_LOOKED_AT = 5;

/** Ids of a run's refused rows that somebody has mended. */
export async function listMendedIds(runId: string): Promise<Set<number>> {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { metadata: true } });
  return new Set(Object.keys(runMetadata.parse(run?.metadata ?? {}).mended ?? {}).map(Number));
}

/** What can be done about a run's refused rows: how many are open and why, and what is being tried. */
export async function getRetryState(actor: Actor, runId: string) {
  assertCan(actor, "sync:read");
  const [run, open, groups, files, mended, retries] = await Promise.all([
    db.syncHistory.findUniqueOrThrow({
      where: { id: runId },
      select: {
        number: true,
        status: true,
        isDryRun: true,
        feedSourceId: true,
        retries: { select: { number: true } },
      },
    }),
    db.syncRejection.count({ where: openRows(runId) }),
    db.syncRejection.groupBy({
      by: ["code", "column"],
      where: { runId, severity: "error" },
      _count: { _all: true },
      orderBy: [{ _count: { id: "desc" } }, { code: "asc" }],
      take: GROUPS,
    }),
    db.syncRejection.groupBy({
      by: ["file"],
      where: { runId, severity: "error" },
      _count: { _all: true },
      orderBy: { file: "asc" },
      take: GROUPS,
    }),
    listMendedIds(runId),
    db.syncHistory.findMany({
      where: { retriesRunId: runId },
      orderBy: { number: "desc" },
      select: { number: true, status: true, metadata: true },
      take: RETRIES_LOOKED_AT,
    }),
  ]);
  const ready = await db.syncRejection.count({ where: { ...openRows(runId), id: { in: [...mended] } } });
  const busy = retries.find(({ status }) => status === "pending" || status === "running" || status === "review");
  return {
    open,
    ready,
    groups: groups.map(({ code, column, _count }) => ({ code, column, count: _count._all })),
    files: files.map(({ file, _count }) => ({ file, count: _count._all })),
    /** The run whose rows this one tried: they are open there. */
    of: run.retries?.number ?? null,
    busy: busy ? { number: busy.number, isReview: busy.status === "review" } : null,
    /** Rows that were tried and refused again: rejection id → run number. */
    triedIn: triedIn(retries),
    /** Why none can be tried here; null when they can. */
    closed: await closedReason(run),
  };
}
export type RetryState = Awaited<ReturnType<typeof getRetryState>>;

function triedIn(retries: { number: number; status: string; metadata: unknown }[]) {
  const tried = new Map<number, number>();
  for (const { number, status, metadata } of retries) {
    if (status !== "success" && status !== "partial") continue;
    for (const [, , id] of runMetadata.parse(metadata ?? {}).retry?.rows ?? []) {
      if (!tried.has(id)) tried.set(id, number);
    }
  }
  return tried;
}

async function closedReason(run: {
  number: number;
  status: string;
  isDryRun: boolean;
  feedSourceId: string | null;
}): Promise<string | null> {
  if (run.feedSourceId === null) return "What is refused here is changed by hand, or by another edit.";
  if (run.isDryRun) return "A dry run writes nothing: import the feed, then its rows can be mended and tried.";
  if (run.status === "review") return "Answer this run first; then its refused rows can be mended and tried.";
  if (run.status !== "success" && run.status !== "partial") return null;
  const later = await readSince(db, run);
  return later ? `Run ${later} has read this feed anew since: its own refused rows are the ones to mend.` : null;
}
