import "server-only";
import { type BulkRow, insertRows } from "@/lib/db/bulk";
import type { Reader, Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { refreshSearch } from "@/lib/search/refresh-search";
import type { AppliedChange, PlannedUndo, UndoneRun } from "@/lib/sync/undo/undo-plan";
import { deletedAnswer } from "./apply-purge";
import { readLines } from "./backup-file";
import { backupOf } from "./check-backup";
import { type ProductRecord, parseRecord, RECORD_TABLES, type RecordPart } from "./product-record";

/** Whether these changes deleted products for good: then they are taken back from the backup. */
export function isPurged(changes: readonly AppliedChange[]): boolean {
  return changes[0]?.fields.backup !== undefined;
}

export interface PlannedRestore {
  plans: PlannedUndo[];
  /** What comes back, as it was. */
  records: ProductRecord[];
}

/**
 * What restoring a batch of deleted products comes to; writes nothing. One whose SKU, handle or id another product has
 * by now stays deleted.
 */
export async function planRestore(on: Reader, run: UndoneRun, changes: AppliedChange[]): Promise<PlannedRestore> {
  const { file } = await backupOf(on, run.id);
  const lines = await readLines(
    file,
    changes.map(({ fields }) => fields.backup ?? { offset: 0, length: 0 }),
  );
  const found = lines.map(parseRecord);
  const taken = await loadTaken(on, found);
  const categories = await there(
    found.map(({ categoryId }) => categoryId),
    (query) => on.category.findMany(query),
  );
  const records: ProductRecord[] = [];
  const plans = changes.map((change, at): PlannedUndo => {
    const record = found[at];
    const plan = { change, memory: { step: "leave" as const } };
    const words = record ? taken(record) : "is not in the backup";
    if (!record || words)
      return { ...plan, outcome: "skipped", lines: [], left: [{ field: "product", since: { words } }] };
    const isHomeless = record.categoryId !== null && !categories.has(record.categoryId);
    records.push(isHomeless ? { ...record, categoryId: null } : record);
    const lost = { field: "category", since: { words: "its category, which is gone by now" } };
    return { ...plan, outcome: "restored", lines: change.fields.update ?? [], left: isHomeless ? [lost] : [] };
  });
  return { plans, records };
}

/** Which of these ids are there. */
async function there(
  ids: (string | null)[],
  read: (query: { where: { id: { in: string[] } }; select: { id: true } }) => Promise<{ id: string }[]>,
) {
  const wanted = ids.filter((id) => id !== null);
  const rows = await inParts(wanted, (part) => read({ where: { id: { in: part } }, select: { id: true } }));
  return new Set(rows.map(({ id }) => id));
}

/** Says of a record who has its place by now; "" where it is free. */
async function loadTaken(on: Reader, records: ProductRecord[]) {
  const select = { id: true, sku: true, handle: true };
  const bySku = await inParts(
    records.map(({ sku }) => sku),
    (part) => on.product.findMany({ where: { sku: { in: part } }, select }),
  );
  const byHandle = await inParts(
    records.flatMap(({ handle }) => handle ?? []),
    (part) => on.product.findMany({ where: { handle: { in: part } }, select }),
  );
  const ids = await there(
    records.map(({ id }) => id),
    (query) => on.product.findMany(query),
  );
  const skus = new Set(bySku.map(({ sku }) => sku));
  const handles = new Map(byHandle.map(({ handle, sku }) => [handle, sku]));
  return ({ id, sku, handle }: ProductRecord) => {
    if (ids.has(id)) return "is there again";
    if (skus.has(sku)) return `another product has the SKU ${sku} by now`;
    const owner = handle === null ? undefined : handles.get(handle);
    return owner === undefined ? "" : `${owner} has its handle ${handle} by now`;
  };
}

/** Puts deleted products back as they were, each table one statement. */
export async function writeRestored(tx: Tx, run: UndoneRun, records: ProductRecord[]) {
  const runs = await there(
    records.map(({ createdByRunId }) => createdByRunId),
    (query) => tx.syncHistory.findMany(query),
  );
  const sources = await there(
    records.flatMap(({ sourceItems, aliases }) => [...sourceItems, ...aliases].map(({ sourceId }) => sourceId)),
    (query) => tx.feedSource.findMany(query),
  );
  const groups = await there(
    records.flatMap(({ duplicates }) => duplicates.map(({ groupId }) => groupId)),
    (query) => tx.duplicateGroup.findMany(query),
  );
  await insertRows(
    tx,
    "Product",
    records.map(({ metafields, images, codes, sourceItems, aliases, redirects, duplicates, ...row }) =>
      asRow({ ...row, createdByRunId: runs.has(row.createdByRunId ?? "") ? row.createdByRunId : null }),
    ),
  );
  const all = <Part extends RecordPart>(part: Part) =>
    records.flatMap((record): ProductRecord[Part][number][] => record[part]);
  const isOfSource = ({ sourceId }: { sourceId: string | null }) => sourceId === null || sources.has(sourceId);
  const parts = {
    metafields: all("metafields"),
    images: all("images"),
    codes: all("codes"),
    sourceItems: all("sourceItems").filter(isOfSource),
    aliases: all("aliases").filter(isOfSource),
    redirects: all("redirects"),
    duplicates: all("duplicates").filter(({ groupId }) => groups.has(groupId)),
  } satisfies Record<RecordPart, object[]>;
  await forgetUnlinked(tx, parts.sourceItems);
  for (const [part, rows] of Object.entries(parts)) {
    // What speaks of another product since goes on doing so.
    await insertRows(tx, RECORD_TABLES[part as RecordPart], rows.map(asRow), { onConflict: "nothing" });
  }
  const ids = records.map(({ id }) => id);
  await refreshSearch(tx, ids);
  await reopenQuestions(tx, run, ids);
}

async function reopenQuestions(tx: Tx, run: UndoneRun, ids: string[]) {
  const { number } = await tx.syncHistory.findUniqueOrThrow({ where: { id: run.id }, select: { number: true } });
  await inParts(ids, async (part) => {
    await tx.syncChange.updateMany({
      where: { entityId: { in: part }, answer: deletedAnswer(number) },
      data: { openSince: new Date(), answeredAt: null, answer: null },
    });
    return [];
  });
}

/** A source's row that found no product while this one was away finds it again. */
async function forgetUnlinked(tx: Tx, items: ProductRecord["sourceItems"]) {
  for (const sourceId of new Set(items.map((item) => item.sourceId))) {
    await inParts(
      items.filter((item) => item.sourceId === sourceId).map(({ externalKey }) => externalKey),
      async (part) => {
        const where = { sourceId, entity: "product" as const, externalKey: { in: part }, productId: null };
        await tx.sourceItem.deleteMany({ where });
        return [];
      },
    );
  }
}

/** A table's row as it was read, for a set-based statement: a JSON column's null is SQL's. */
function asRow(row: object): BulkRow {
  return row as BulkRow; // columns alone: relations were taken off
}
