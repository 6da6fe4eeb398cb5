import "server-only";
import { db, transaction } from "@/lib/db/client";
import { closeSuperseded } from "@/lib/inbox/close-superseded";
import { dropUnusedBackup } from "@/lib/purge/check-backup";
import { changeMetadata } from "./change-metadata";
import { settleRetry } from "./retry/settle-retry";
import { runMetadata } from "./run-metadata";

/** Runs looked at for an end that settled nothing. */
const LATEST = 50;

/**
 * What the end of a run settles in others: the refused rows it tried again, and what earlier runs of its source still
 * asked. Does nothing while it has not ended well; safe to run again.
 */
export async function settleEnd(runId: string) {
  await settleRetry(runId);
  await closeSuperseded(runId);
  await dropUnusedBackup(runId);
  await transaction(async (tx) => {
    const run = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { status: true } });
    if (run.status !== "success" && run.status !== "partial") return;
    await changeMetadata(tx, runId, (now) => ({ ...now, isSettled: true }));
  });
}

/** Settles the ends of runs whose process died right behind them. */
export async function settleForgottenEnds() {
  const latest = await db.syncHistory.findMany({
    select: { id: true, status: true, metadata: true },
    orderBy: { number: "desc" },
    take: LATEST,
  });
  for (const { id, status, metadata } of latest) {
    if (status !== "success" && status !== "partial") continue;
    if (!runMetadata.parse(metadata ?? {}).isSettled) await settleEnd(id);
  }
}
