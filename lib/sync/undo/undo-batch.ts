import "server-only";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { lockTree } from "@/lib/categories/tree-rows";
import { updateRows } from "@/lib/db/bulk";
import type { Reader, Tx } from "@/lib/db/client";
import { type ChangeRow, insertChanges, listAppliedBackwards } from "@/lib/db/sync-changes";
import { unmergeProduct } from "@/lib/duplicates/unmerge-product";
import { isPurged, planRestore, writeRestored } from "@/lib/purge/restore-products";
import { changeFields, type LeftField } from "../change";
import type { RunSources } from "../load-products";
import { forgetConfirmed } from "./forget-confirmed";
import { Moved, planCategories } from "./plan-categories";
import { planProducts } from "./plan-products";
import { leftInWords, leftSentence } from "./since-words";
import { type AppliedChange, type PlannedUndo, reversed, type UndoneRun } from "./undo-plan";
import { writeCategories } from "./write-categories";
import { writeMemory } from "./write-memory";
import { writeProducts } from "./write-products";

/** Most changes taken back in one transaction. */
export const MOST_UNDONE = 1_000;

/** Behind every id of a change: where an undo begins. */
export const LAST_ID = 2 ** 31 - 1;

export const UNDONE_ENTITIES = ["product", "category"] as const;
type UndoneEntity = (typeof UNDONE_ENTITIES)[number];

/**
 * Products first: a category can go once nothing stands in it. Of a merge of categories the categories: products can go
 * back once theirs is there again.
 */
export function undoOrder({ syncType }: { syncType: string }): readonly UndoneEntity[] {
  return syncType === "category" ? UNDONE_ENTITIES.toReversed() : UNDONE_ENTITIES;
}

/** The run's next applied changes from before change `before`, last first. */
export async function nextBatch(on: Reader, run: UndoneRun, entity: UndoneEntity, before: number, take = MOST_UNDONE) {
  const rows = await listAppliedBackwards(on, { runId: run.id, entity, before, take });
  return rows.map((row): AppliedChange => ({ ...row, fields: changeFields.parse(row.fields) }));
}

/** What a batch comes to, and nothing else: the preview. `moved` holds what earlier batches would have done. */
export async function planBatch(on: Reader, run: UndoneRun, sources: RunSources, batch: AppliedChange[], moved: Moved) {
  if (batch[0]?.entity === "category") return planCategories(on, run, batch, moved);
  if (isPurged(batch)) return (await planRestore(on, run, batch)).plans;
  const { plans } = await planProducts(on, run, sources, batch, moved.back);
  moved.add(plans);
  return plans;
}

export interface UndoCounts {
  restored: number;
  removed: number;
  skipped: number;
}

/**
 * Takes a batch back in the caller's transaction: rows, what the source remembers, the states of the run's changes,
 * and the undo's own changes.
 */
export async function undoBatch(
  tx: Tx,
  undo: { id: string },
  run: UndoneRun,
  sources: RunSources,
  batch: AppliedChange[],
) {
  const plans = await takeBack(tx, undo.id, run, sources, batch);
  await writeMemory(tx, plans);
  await forgetConfirmed(tx, run, plans);
  const left = await leftInWords(tx, plans);
  const now = new Date();
  const rows = plans.map((plan) => undoRow(undo.id, plan, left.get(plan.change.id) ?? [], now));
  const lastBefore = await lastChangeId(tx);
  const bytes = await insertChanges(tx, rows);
  const done = plans.filter((plan) => plan.outcome !== "skipped");
  await updateRows(
    tx,
    "SyncChange",
    ["id"],
    done.map(({ change }) => ({ id: change.id, state: "reverted", openSince: null })),
  );
  const counts = countOutcomes(plans);
  await recordAudit(
    tx,
    SYSTEM,
    "sync.undo",
    { entity: "SyncHistory", entityId: undo.id },
    {
      after: {
        ...counts,
        firstChangeId: lastBefore + 1,
        lastChangeId: await lastChangeId(tx),
        appliedAt: now.toISOString(),
      },
    },
  );
  return { counts, bytes };
}

async function lastChangeId(tx: Tx) {
  const { _max } = await tx.syncChange.aggregate({ _max: { id: true } });
  return _max.id ?? 0;
}

async function takeBack(
  tx: Tx,
  undoId: string,
  run: UndoneRun,
  sources: RunSources,
  batch: AppliedChange[],
): Promise<PlannedUndo[]> {
  if (isPurged(batch)) {
    const { plans, records } = await planRestore(tx, run, batch);
    await writeRestored(tx, run, records);
    await raiseCatalogueVersion(tx, "products");
    return plans;
  }
  if (batch[0]?.entity !== "category") {
    const planned = await planProducts(tx, run, sources, batch);
    await writeProducts(tx, planned);
    await unmerge(tx, run, planned.plans);
    await raiseCatalogueVersion(tx, "products");
    return planned.plans;
  }
  await lockTree(tx);
  const plans = await planCategories(tx, run, batch, new Moved());
  await writeCategories(tx, undoId, plans);
  await raiseCatalogueVersion(tx, "categories");
  return plans;
}

/** Products that were merged into another get back what belonged to them. */
async function unmerge(tx: Tx, run: UndoneRun, plans: PlannedUndo[]) {
  for (const { change, outcome } of plans) {
    const { mergedProduct } = change.fields;
    if (outcome === "skipped" || !mergedProduct || !change.entityId) continue;
    await unmergeProduct(tx, change.entityId, run.id, mergedProduct);
  }
}

export function countOutcomes(plans: PlannedUndo[]): UndoCounts {
  const count = (outcome: PlannedUndo["outcome"]) => plans.filter((plan) => plan.outcome === outcome).length;
  return { restored: count("restored"), removed: count("removed"), skipped: count("skipped") };
}

function undoneAs({ fields, kind }: AppliedChange, outcome: PlannedUndo["outcome"]) {
  if (fields.backup) return { action: "create", kind: "returned" };
  if (outcome === "removed") return { action: "delete", kind: "removed" };
  return { action: "update", kind: kind === "moved" ? "moved" : "changed" };
}

function undoRow(runId: string, plan: PlannedUndo, left: LeftField[], now: Date): ChangeRow {
  const { change, outcome, lines } = plan;
  return {
    runId,
    entity: change.entity,
    entityId: change.entityId,
    externalKey: change.externalKey,
    label: change.label,
    name: change.name,
    ...undoneAs(change, outcome),
    state: outcome === "skipped" ? "skipped" : "applied",
    reason: left.length > 0 ? leftSentence(left) : null,
    file: null,
    line: null,
    version: null,
    createdAt: now,
    appliedAt: outcome === "skipped" ? null : now,
    fields: {
      update: reversed(lines).filter((line) => line.before !== null || line.after !== null),
      ...(left.length > 0 ? { left } : {}),
    },
  };
}
