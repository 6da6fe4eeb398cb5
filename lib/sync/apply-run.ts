import "server-only";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { type BulkRow, upsertRows } from "@/lib/db/bulk";
import { db, type Tx, transaction } from "@/lib/db/client";
import { listChangesWithFields, type StoredChange, setChangeFields } from "@/lib/db/sync-changes";
import { openConflicts } from "@/lib/inbox/open-questions";
import type { JobContext } from "@/lib/jobs/define-job";
import { createCategories, updateCategory } from "./apply-categories";
import { createProducts } from "./apply-created-products";
import { type RunIdentity, updateProducts } from "./apply-updated-products";
import { BatchSize } from "./batch-size";
import { type ChangeFields, changeFields } from "./change";
import { valueHashes } from "./item-hash";
import { rememberMissing } from "./remember-missing";
import { checkCategories } from "./review/check-categories";
import type { Present } from "./review/check-present";
import type { Ending } from "./review/ending";
import { settleBatch } from "./settle-batch";

/** Most changes written in one transaction. */
const BATCH = 1_000;

type ApprovedChange = StoredChange & { fields: ChangeFields };

/**
 * Applies a run's approved changes in batches. Each batch writes rows, change states, counts, audit and checkpoint in
 * one transaction: killed anywhere, the next try goes on with the first change that is still approved.
 */
export async function applyRun(run: RunIdentity, context: JobContext) {
  const where = { runId: run.id, state: "approved" } as const;
  const total = await db.syncChange.count({
    where: { runId: run.id, state: { in: ["approved", "applied", "failed", "skipped"] } },
  });
  let done = total - (await db.syncChange.count({ where }));
  const size = new BatchSize(BATCH);
  for (let after = 0; ; ) {
    await context.report({ stage: "Applying", done, total, unit: "changes" });
    const rows = await listChangesWithFields(db, { ...where, after, take: size.rows });
    const last = rows.at(-1);
    if (!last) return;
    const batch = rows.map((row) => ({ ...row, fields: changeFields.parse(row.fields) }));
    const apply = async (tx: Tx) => {
      // From here on others wait: what it took to get in is not the batch's.
      const began = performance.now();
      await context.assertHeld(tx);
      await applyBatch(tx, run, batch);
      size.learn(rows.length, performance.now() - began);
    };
    await run.watch.during("commit", () => transaction((tx) => run.watch.during("write", () => apply(tx))));
    after = last.id;
    done += rows.length;
  }
}

async function applyBatch(tx: Tx, run: RunIdentity, batch: ApprovedChange[]) {
  const endings = await checkCategories(tx, batch);
  const ready = batch.filter((change) => !endings.has(change.id));
  const products = ready.filter((change) => change.entity === "product");
  await applyCategories(
    tx,
    ready.filter((change) => change.entity === "category"),
  );
  const refused = await createProducts(tx, run, creations(products));
  const present = await updateProducts(tx, run, updates(products));
  for (const change of products) {
    const ending = endingOf(change, refused, present.get(change.id));
    if (ending) endings.set(change.id, ending);
  }
  const applied = ready.filter((change) => !endings.has(change.id));
  await rememberSaid(tx, run, applied);
  await settleBatch(tx, run.id, batch, endings);
  await keepShortened(tx, applied, present);
  await rememberMissing(
    tx,
    run,
    applied.filter((change) => change.kind === "missing"),
  );
  await openConflicts(tx, applied);
  if (applied.some((change) => change.entity === "category")) await raiseCatalogueVersion(tx, "categories");
  if (applied.some((change) => change.entity === "product")) await raiseCatalogueVersion(tx, "products");
}

function endingOf(change: ApprovedChange, refused: Set<string>, present: Present | undefined): Ending | null {
  if (change.entityId && refused.has(change.entityId)) {
    return { state: "failed", reason: `SKU ${change.label} was taken by another product meanwhile.` };
  }
  if (present?.outcome === "gone") return { state: "skipped", reason: "The product is gone." };
  if (present?.outcome !== "returned") return null;
  const { lines, version, reason } = present;
  return { state: "staged", lines, version, reason };
}

/** A change says no more than it did: lines that the product said already go. */
async function keepShortened(tx: Tx, applied: ApprovedChange[], present: Map<number, Present>) {
  const details = applied.flatMap(({ id, fields }) => {
    const found = present.get(id);
    return found?.outcome === "as shown" ? [{ changeId: id, fields: { ...fields, update: found.lines } }] : [];
  });
  await setChangeFields(tx, details);
}

async function applyCategories(tx: Tx, changes: ApprovedChange[]) {
  const created = changes.flatMap(({ entityId, fields }) =>
    entityId && fields.category ? { id: entityId, category: fields.category } : [],
  );
  await createCategories(tx, created);
  for (const { entityId, fields } of changes) {
    const lines = (fields.update ?? []).filter((line) => line.field !== "source");
    if (entityId && lines.length > 0) await updateCategory(tx, entityId, lines);
  }
}

function creations(changes: ApprovedChange[]) {
  return changes.flatMap(({ entityId, fields }) =>
    entityId && fields.product ? { id: entityId, product: fields.product } : [],
  );
}

function updates(changes: ApprovedChange[]) {
  return changes.flatMap(({ id, entityId, version, fields }) =>
    entityId && fields.update ? { changeId: id, id: entityId, version, lines: fields.update } : [],
  );
}

function hashesOf({ said, product }: ChangeFields) {
  return { ...(said?.withColumns && product ? valueHashes(product.fields) : {}), ...said?.fieldHashes };
}

/** Remembers what the source said, so that the same words next time are no change. */
async function rememberSaid(tx: Tx, run: RunIdentity, applied: ApprovedChange[]) {
  const now = new Date();
  const said: BulkRow[] = [];
  for (const change of applied) {
    if (!change.entityId) continue;
    const identity = { sourceId: run.sourceId, entity: change.entity, externalKey: change.externalKey };
    if (change.fields.said) {
      said.push({
        ...identity,
        productId: change.entity === "product" ? change.entityId : null,
        categoryId: change.entity === "category" ? change.entityId : null,
        contentHash: change.fields.said.contentHash,
        fieldHashes: hashesOf(change.fields),
        missingRuns: 0,
        missingSinceRunId: null,
        tombstonedAt: null,
        createdAt: now,
        updatedAt: now,
      });
    }
  }
  const key = ["sourceId", "entity", "externalKey"];
  const changing = [
    "productId",
    "categoryId",
    "contentHash",
    "fieldHashes",
    "missingRuns",
    "missingSinceRunId",
    "tombstonedAt",
    "updatedAt",
  ];
  await upsertRows(tx, "SourceItem", key, changing, said);
}
