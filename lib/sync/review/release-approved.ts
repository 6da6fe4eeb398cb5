import "server-only";
import { db, transaction } from "@/lib/db/client";
import { changeMetadata } from "../change-metadata";
import { abandonRun, NEEDS_A_PERSON } from "../finish-run";
import { moveChanges } from "../move-changes";
import { refreshCategoryWords } from "../refresh-category-words";
import { runMetadata } from "../run-metadata";
import { settleEnd } from "../settle-end";
import { settleRun } from "./settle-run";

/** What was approved and not applied when its job ended: rows of a run in review wait again, a whole run ends. */
export async function releaseApproved(runId: string, end: { status: "failed" | "cancelled"; reason: string }) {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { status: true } });
  if (run?.status !== "review") return abandonRun(runId, end);
  // First of all: an answer that no row has yet ends with its job, or the next one would give it.
  await transaction((tx) => changeMetadata(tx, runId, ({ handedOver: _, ...rest }) => rest));
  await moveChanges(runId, "approved", {
    state: "staged",
    reason: `Approved, but applying was ${end.status}: ${end.reason} Approve it again.`,
    rule: null,
    answeredById: null,
    answeredAt: new Date(),
    answer: "returned",
  });
  await refreshCategoryWords(runId);
  // The job may have ended behind its last batch: then nothing waits any more.
  await transaction((tx) => settleRun(tx, runId));
  await settleEnd(runId);
}

/** Whether an ended job has left a run in review with what only `releaseApproved` brings in order. */
export async function isUnreleased(runId: string): Promise<boolean> {
  const [left, waiting, { metadata }] = await Promise.all([
    db.syncChange.findFirst({ where: { runId, state: "approved" }, select: { id: true } }),
    db.syncChange.findFirst({
      where: { runId, state: "staged", kind: { notIn: [...NEEDS_A_PERSON] } },
      select: { id: true },
    }),
    db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } }),
  ]);
  return left !== null || waiting === null || runMetadata.parse(metadata ?? {}).handedOver !== undefined;
}
