import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { runMetadata } from "@/lib/sync/run-metadata";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import { assertBackupWhole } from "./check-backup";

/** A deletion rests on a backup that is not older, in hours. */
const FRESH_HOURS = 24;
const PLAN_ANEW = "Reject this plan and plan the deletion anew.";

/**
 * Whether this person may answer for what a run deletes: an admin, and where there is another than the one who planned
 * it, another. Says nothing of a run that deletes nothing.
 * @throws {AppError} `forbidden`; `conflict` where the backup is gone, another or older than a day
 */
export async function assertDeletable(actor: Actor, runId: string) {
  const run = await db.syncHistory.findUnique({
    where: { id: runId },
    select: { syncType: true, status: true, userId: true, metadata: true, number: true },
  });
  if (run?.syncType !== "purge") return;
  assertCan(actor, "data:purge");
  // What else there is to say about one that does not wait any more is said when it is taken.
  if (run.status !== "review") return;
  const reason = await whyNotBy(actor, run.userId);
  if (reason) throw new AppError("forbidden", reason);
  const backup = runMetadata.parse(run.metadata ?? {}).purge?.backup;
  if (!backup) throw new AppError("conflict", `Run ${run.number} has no verified backup. ${PLAN_ANEW}`);
  const hours = (Date.now() - Date.parse(backup.verifiedAt)) / 3_600_000;
  if (hours > FRESH_HOURS) {
    const words = `The backup was verified more than ${FRESH_HOURS} hours ago, and the products may have changed since. ${PLAN_ANEW}`;
    throw new AppError("conflict", words);
  }
  await assertBackupWhole(backup, PLAN_ANEW);
}

/** Who may answer for a run, or take it back: of a deletion an admin. @throws {AppError} `forbidden` */
export async function assertMayAnswer(actor: Actor, runId: string) {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { syncType: true } });
  assertCan(actor, run?.syncType === "purge" ? "data:purge" : "sync:review");
}

/** Why this person can't confirm what `plannerId` planned, as a sentence; null where they can. */
export async function whyNotBy(actor: Actor, plannerId: string | null): Promise<string | null> {
  if (actor.kind !== "user" || plannerId !== actor.userId) return null;
  const other = await db.user.findFirst({
    where: { role: "admin", isActive: true, id: { not: actor.userId } },
    select: { id: true },
  });
  if (!other) return null;
  const names = await personNames(db, [actor.userId]);
  return `${names.get(actor.userId) ?? SOMEBODY_GONE} made this plan: another admin confirms it.`;
}

/** @throws {AppError} `conflict` where a run is answered row by row that is answered as a whole */
export async function assertRowByRow(tx: Tx, runId: string) {
  const run = await tx.syncHistory.findUnique({ where: { id: runId }, select: { syncType: true } });
  if (run?.syncType !== "purge") return;
  throw new AppError(
    "conflict",
    "A deletion is approved or rejected as a whole: its backup and its count are the plan's.",
  );
}
