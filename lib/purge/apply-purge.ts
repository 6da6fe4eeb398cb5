import "server-only";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { deleteRows, updateRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { listChangesWithFields } from "@/lib/db/sync-changes";
import type { JobContext } from "@/lib/jobs/define-job";
import { BatchSize } from "@/lib/sync/batch-size";
import { changeFields } from "@/lib/sync/change";
import type { Ending } from "@/lib/sync/review/ending";
import { settleBatch } from "@/lib/sync/settle-batch";
import { readLines } from "./backup-file";
import { assertBackupWhole, backupOf } from "./check-backup";
import { loadRecords, recordText } from "./product-record";

/** Most products deleted in one transaction. */
const BATCH = 500;

/** How an open question about a product was answered by its deletion. */
export function deletedAnswer(run: number): string {
  return `the product was deleted in run ${run}`;
}

/**
 * Deletes a run's approved products, a transaction for so many, each only if every row of it is the very one in the
 * backup: what changed since stays and is listed. Killed anywhere, the next try goes on with the first that is still
 * approved. Files of pictures stay on the disk: the backup names them.
 * @throws {AppError} `conflict` where the backup is not whole any more: nothing more is deleted
 */
export async function applyPurge(run: { id: string; number: number }, context: JobContext) {
  const backup = await backupOf(db, run.id);
  await assertBackupWhole(backup, "Nothing more was deleted. Reject the rest and plan it anew.");
  const where = { runId: run.id, state: "approved" } as const;
  const ended = {
    in: ["approved", "applied", "failed", "skipped"] as ("approved" | "applied" | "failed" | "skipped")[],
  };
  const total = await db.syncChange.count({ where: { runId: run.id, state: ended } });
  let done = total - (await db.syncChange.count({ where }));
  const size = new BatchSize(BATCH);
  for (let after = 0; ; ) {
    await context.report({ stage: "Applying", done, total, unit: "products" });
    const rows = await listChangesWithFields(db, { ...where, after, take: size.rows });
    const last = rows.at(-1);
    if (!last) return;
    const batch = rows.map((row) => ({ ...row, fields: changeFields.parse(row.fields) }));
    const lines = await readLines(
      backup.file,
      batch.map(({ fields }) => fields.backup ?? { offset: 0, length: 0 }),
    );
    await transaction(async (tx) => {
      const began = performance.now();
      await context.assertHeld(tx);
      const ids = batch.map(({ entityId }) => entityId ?? "");
      const records = await loadRecords(tx, ids);
      const endings = new Map<number, Ending>();
      for (const [at, { id, entityId }] of batch.entries()) {
        const record = records.get(entityId ?? "");
        if (!record) endings.set(id, { state: "skipped", reason: "The product is gone." });
        else if (lines[at] !== `${recordText(record)}\n`) endings.set(id, { state: "skipped", reason: CHANGED });
      }
      await deleteProducts(
        tx,
        run.number,
        batch.flatMap(({ id, entityId }) => (entityId === null || endings.has(id) ? [] : entityId)),
      );
      await settleBatch(tx, run.id, batch, endings);
      await raiseCatalogueVersion(tx, "products");
      size.learn(batch.length, performance.now() - began);
    });
    after = last.id;
    done += batch.length;
  }
}

const CHANGED = "Changed since it was backed up: it stays. Plan its deletion anew.";

async function deleteProducts(tx: Tx, run: number, ids: string[]) {
  const groups = await inParts(ids, (part) =>
    tx.duplicateMember.findMany({
      where: { productId: { in: part }, group: { state: "open" } },
      select: { groupId: true },
    }),
  );
  await deleteRows(
    tx,
    "ProductSearch",
    ["productId"],
    ids.map((productId) => ({ productId })),
  );
  await deleteRows(
    tx,
    "Product",
    ["id"],
    ids.map((id) => ({ id })),
  );
  await tendGroups(tx, [...new Set(groups.map(({ groupId }) => groupId))], new Set(ids));
  await closeQuestions(tx, run, ids);
}

/** A group of one asks nothing, and none suggests what is gone. An answered one stays: found again, it is not asked again. */
async function tendGroups(tx: Tx, groupIds: string[], deleted: ReadonlySet<string>) {
  const found = await inParts(groupIds, (part) =>
    tx.duplicateGroup.findMany({
      where: { id: { in: part } },
      select: { id: true, suggestedId: true, _count: { select: { members: true } } },
    }),
  );
  const isLone = ({ _count }: (typeof found)[number]) => _count.members < 2;
  await deleteRows(
    tx,
    "DuplicateGroup",
    ["id"],
    found.filter(isLone).map(({ id }) => ({ id })),
  );
  const misled = found.filter((group) => !isLone(group) && deleted.has(group.suggestedId ?? ""));
  await updateRows(
    tx,
    "DuplicateGroup",
    ["id"],
    misled.map(({ id }) => ({ id, suggestedId: null })),
  );
}

/** Nobody is asked about what is not there any more. */
async function closeQuestions(tx: Tx, run: number, ids: string[]) {
  const answered = { openSince: null, answeredAt: new Date(), answer: deletedAnswer(run) };
  await inParts(ids, async (part) => {
    await tx.syncChange.updateMany({ where: { entityId: { in: part }, openSince: { not: null } }, data: answered });
    return [];
  });
}
