import "server-only";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { lockTree } from "@/lib/categories/tree-rows";
import { db, type Tx, transaction } from "@/lib/db/client";
import { listChangesWithFields, type StoredChange, setChangeFields } from "@/lib/db/sync-changes";
import { openConflicts } from "@/lib/inbox/open-questions";
import type { JobContext } from "@/lib/jobs/define-job";
import { createCategories, updateCategory } from "./apply-categories";
import { createProducts } from "./apply-created-products";
import { type RunIdentity, updateProducts } from "./apply-updated-products";
import { BatchSize } from "./batch-size";
import { type ChangeFields, changeFields } from "./change";
import { largestBatch } from "./largest-batch";
import { answerConflicts } from "./person-run/answer-conflicts";
import { WholeBrokenError } from "./person-run/hold-whole";
import { rememberMissing } from "./remember-missing";
import { rememberSaid } from "./remember-said";
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
  const size = new BatchSize(await largestBatch(run.id, BATCH));
  for (let after = 0; ; ) {
    await context.report({ stage: "Applying", done, total, unit: "changes" });
    const rows = await listChangesWithFields(db, { ...where, after, take: size.rows });
    const last = rows.at(-1);
    if (!last) return;
    const batch = rows.map((row) => ({ ...row, fields: changeFields.parse(row.fields) }));
    let isMoved = false;
    const apply = async (tx: Tx) => {
      // From here on others wait: what it took to get in is not the batch's.
      const began = performance.now();
      await context.assertHeld(tx);
      isMoved = (await countApproved(tx, run.id, batch)) !== batch.length;
      if (isMoved) return;
      await applyBatch(tx, run, batch);
      size.learn(rows.length, performance.now() - began);
    };
    await run.watch.during("commit", () => transaction((tx) => run.watch.during("write", () => apply(tx))));
    // Somebody answered within the batch, or took an answer back, after it was read.
    if (isMoved) continue;
    after = last.id;
    done += rows.length;
  }
}

function countApproved(tx: Tx, runId: string, batch: ApprovedChange[]) {
  const id = { gte: batch[0]?.id ?? 0, lte: batch.at(-1)?.id ?? 0 };
  return tx.syncChange.count({ where: { runId, state: "approved", id } });
}

async function applyBatch(tx: Tx, run: RunIdentity, batch: ApprovedChange[]) {
  if (batch.some((change) => change.entity === "category")) await lockTree(tx);
  const endings = await checkCategories(tx, batch);
  const ready = batch.filter((change) => !endings.has(change.id));
  const products = ready.filter((change) => change.entity === "product");
  const cycles = await applyCategories(
    tx,
    ready.filter((change) => change.entity === "category"),
  );
  for (const change of cycles) endings.set(change.id, { state: "failed", reason: CYCLE });
  const refused = await createProducts(tx, run, creations(products));
  const present = await updateProducts(tx, run, updates(products));
  for (const change of products) {
    const ending = endingOf(change, refused, present.get(change.id));
    if (ending) endings.set(change.id, ending);
  }
  if (run.isWhole && endings.size > 0) throw new WholeBrokenError();
  if (!("sourceId" in run.voice)) endAll(endings);
  const applied = ready.filter((change) => !endings.has(change.id));
  const told = applied.map((change) => shortened(change, present));
  await setChangeFields(
    tx,
    told.flatMap(({ id, fields }, at) => (fields === applied[at]?.fields ? [] : [{ changeId: id, fields }])),
  );
  const { id, voice } = run;
  if ("sourceId" in voice) await rememberSaid(tx, voice, told);
  await settleBatch(tx, id, batch, endings);
  if ("sourceId" in voice) {
    const missing = applied.filter((change) => change.kind === "missing");
    await rememberMissing(tx, { id, sourceId: voice.sourceId }, missing);
    await openConflicts(tx, applied);
  } else await answerConflicts(tx, voice.userId, applied);
  if (applied.some((change) => change.entity === "category")) await raiseCatalogueVersion(tx, "categories");
  if (applied.some((change) => change.entity === "product")) await raiseCatalogueVersion(tx, "products");
}

/** Nobody is asked again about a person's edit: what can't be written as planned is left and listed. */
function endAll(endings: Map<number, Ending>) {
  for (const [id, { state, reason }] of endings) {
    if (state === "staged") endings.set(id, { state: "skipped", reason });
  }
}

function endingOf(change: ApprovedChange, refused: Set<string>, present: Present | undefined): Ending | null {
  if (change.entityId && refused.has(change.entityId)) {
    return { state: "failed", reason: `SKU ${change.label} was taken by another product meanwhile.` };
  }
  if (present?.outcome === "gone") return { state: "skipped", reason: "The product is gone." };
  if (present?.outcome === "moved") return { state: "skipped", reason: present.reason };
  if (present?.outcome !== "returned") return null;
  const { lines, version, reason } = present;
  return { state: "staged", lines, version, reason };
}

/** A change says no more than it did: lines that the product said already go. */
function shortened(change: ApprovedChange, present: Map<number, Present>): ApprovedChange {
  const found = present.get(change.id);
  return found?.outcome === "as shown" ? { ...change, fields: { ...change.fields, update: found.lines } } : change;
}

const CYCLE = "The category would come to stand below itself: somebody moved the two meanwhile.";

/** @returns those that would make a cycle, which are not written */
async function applyCategories(tx: Tx, changes: ApprovedChange[]): Promise<ApprovedChange[]> {
  const created = changes.flatMap(({ entityId, fields }) =>
    entityId && fields.category ? { id: entityId, category: fields.category } : [],
  );
  await createCategories(tx, created);
  const cycles: ApprovedChange[] = [];
  for (const change of changes) {
    const { entityId, fields } = change;
    const lines = (fields.update ?? []).filter((line) => line.field !== "source");
    if (entityId && lines.length > 0 && !(await updateCategory(tx, entityId, lines))) cycles.push(change);
  }
  return cycles;
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
