import "server-only";
import { rm } from "node:fs/promises";
import type { Reader } from "@/lib/db/client";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { runMetadata } from "@/lib/sync/run-metadata";
import { backupHash, backupName, backupPath } from "./backup-file";
import type { BackupFacts } from "./purge-metadata";

/** What is known of the backup that a run's deletion rests on. @throws {AppError} `conflict` where it has none */
export async function backupOf(on: Reader, runId: string): Promise<BackupFacts> {
  const { metadata, number } = await on.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { metadata: true, number: true },
  });
  const backup = runMetadata.parse(metadata ?? {}).purge?.backup;
  if (!backup) throw new AppError("conflict", `Run ${number} has no verified backup. Plan the deletion anew.`);
  return backup;
}

/**
 * Holds a backup's bytes against what was verified.
 * @param next what to do where it is not that any more, as a sentence
 * @throws {AppError} `conflict`
 */
export async function assertBackupWhole({ file, sha256 }: BackupFacts, next: string) {
  const found = await backupHash(file);
  if (found === null) throw new AppError("conflict", `The backup ${file} is missing from the data folder. ${next}`);
  if (found === sha256) return;
  throw new AppError("conflict", `The backup ${file} is not what was verified: its SHA-256 is another. ${next}`);
}

/** Puts deleted products' backup back: the sentence for whoever wants to restore them without it. */
export const PUT_BACK = "Put the file back from a copy of the data folder, then restore.";

/** @throws {AppError} `conflict` where a run deleted products and its backup is not whole any more */
export async function assertRestorable(runId: string) {
  const { syncType } = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { syncType: true } });
  if (syncType === "purge") await assertBackupWhole(await backupOf(db, runId), PUT_BACK);
}

/** Of a deletion that ended with nothing deleted, the backup goes: all of it is in the catalogue. */
export async function dropUnusedBackup(runId: string) {
  const run = await db.syncHistory.findUnique({
    where: { id: runId },
    select: { syncType: true, status: true, number: true },
  });
  if (run?.syncType !== "purge" || !["cancelled", "failed", "success"].includes(run.status)) return;
  const deleted = await db.syncChange.findFirst({
    where: { runId, state: { in: ["applied", "approved", "reverted"] } },
    select: { id: true },
  });
  if (deleted) return;
  const path = backupPath(backupName(run.number));
  for (const file of [path, `${path}.tmp`]) await rm(file, { force: true });
}
