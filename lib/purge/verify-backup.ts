import "server-only";
import { type BulkRow, updateRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { listChangesWithFields } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import type { JobContext } from "@/lib/jobs/define-job";
import { changeFields } from "@/lib/sync/change";
import { backupHash, backupName, readLines } from "./backup-file";
import { loadRecords, RECORD_PARTS, recordText } from "./product-record";

/** Products held against their backup at once. */
const BATCH = 1_000;

export interface Verified {
  /** Rows beside the products, by what they are. */
  rows: Record<string, number>;
  /** Products left out because they changed meanwhile. */
  changed: number;
  /** Of the others, how many a shop knows. */
  inShop: number;
}

/**
 * Reads the file back and holds each product against the database, row by row. One that changed since it was written is
 * left out of the deletion.
 * @throws {AppError} `unavailable` where the disk gives back other bytes than were written
 */
export async function verifyBackup(
  run: { id: string; number: number },
  sha256: string,
  report: (done: number) => Promise<void>,
  context: JobContext,
): Promise<Verified> {
  const file = backupName(run.number);
  if ((await backupHash(file)) !== sha256) {
    throw new AppError("unavailable", `The backup ${file} reads back other than it was written. Check the disk.`);
  }
  const rows: Record<string, number> = Object.fromEntries(RECORD_PARTS.map((part) => [part, 0]));
  let [done, changed, inShop] = [0, 0, 0];
  for (let after = 0; ; ) {
    await report(done);
    const batch = await listChangesWithFields(db, { runId: run.id, state: "staged", after, take: BATCH });
    const last = batch.at(-1);
    if (!last) return { rows, changed, inShop };
    const places = batch.map(({ fields }) => changeFields.parse(fields).backup ?? { offset: 0, length: 0 });
    const lines = await readLines(file, places);
    const records = await loadRecords(
      db,
      batch.map(({ entityId }) => entityId ?? ""),
    );
    const left: BulkRow[] = [];
    for (const [at, { id, entityId }] of batch.entries()) {
      const record = records.get(entityId ?? "");
      if (!record || lines[at] !== `${recordText(record)}\n`) {
        left.push({ id, state: "skipped", reason: "Changed while it was backed up: it stays." });
        continue;
      }
      inShop += record.shopifyProductId === null ? 0 : 1;
      for (const part of RECORD_PARTS) rows[part] = (rows[part] ?? 0) + record[part].length;
    }
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await updateRows(tx, "SyncChange", ["id"], left);
    });
    changed += left.length;
    done += batch.length;
    after = last.id;
  }
}
