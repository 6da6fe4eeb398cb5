import "server-only";
import { db, transaction } from "@/lib/db/client";
import type { SyncStatus } from "@/prisma/generated/sqlite/enums";
import { moveChanges } from "./move-changes";
import { refreshCategoryWords } from "./refresh-category-words";
import { settleEnd } from "./settle-end";

/** Kinds of change that need an answer about which product is meant: approving a run does not approve these. */
export const NEEDS_A_PERSON = ["ambiguous", "unmatched"] as const;

/** Closes a run that has nothing left to apply: success when all of it went in, partial when some was refused or waits. */
export async function finishRun(runId: string): Promise<SyncStatus> {
  const run = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { rejected: true, failed: true, skipped: true, held: true, isDryRun: true },
  });
  const isWhole = run.rejected === 0 && run.failed === 0 && run.held === 0;
  const status = isWhole ? "success" : "partial";
  await transaction((tx) =>
    tx.syncHistory.update({ where: { id: runId }, data: { status, completedAt: new Date() }, select: { id: true } }),
  );
  await settleEnd(runId);
  return status;
}

/** Why a change of an abandoned run was not applied: how `reopenRun` knows it. */
export function abandonedReason(status: "failed" | "cancelled") {
  return `The run was ${status}.`;
}

/** The same for a change that nobody had approved. */
export function unansweredReason(status: "failed" | "cancelled") {
  return `The run was ${status} before anybody answered this.`;
}

/** Marks a run as ended without having finished; what it applied stays applied, the rest is skipped. */
export async function abandonRun(runId: string, end: { status: "failed" | "cancelled"; reason: string }) {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { status: true } });
  if (!run || !["pending", "running", "review"].includes(run.status)) return;
  const skipped = { state: "skipped" as const, openSince: null };
  await moveChanges(runId, "approved", { ...skipped, reason: abandonedReason(end.status) });
  await moveChanges(runId, "staged", { ...skipped, reason: unansweredReason(end.status) });
  await refreshCategoryWords(runId);
  await transaction(async (tx) => {
    const { count } = await tx.syncHistory.updateMany({
      where: { id: runId, status: run.status },
      data: { status: end.status, completedAt: new Date() },
    });
    if (count === 0) return;
    const { errors: before } = await tx.syncHistory.findUniqueOrThrow({
      where: { id: runId },
      select: { errors: true },
    });
    const errors = [...(Array.isArray(before) ? before : []), end.reason];
    await tx.syncHistory.update({ where: { id: runId }, data: { errors }, select: { id: true } });
  });
}
