import "server-only";
import { z } from "zod";
import { type BulkRow, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { COMPARE_ANEW, hashName, type PlannedUndo, type UndoneRun } from "./undo-plan";

const hashes = z.record(z.string(), z.string());

/**
 * A source that spoke after the run and said the same changed nothing by it, and remembers that it said so. With the run
 * taken back its word would be lost until it says another: its next feed's item is compared anew, as if it had not said
 * that yet.
 */
export async function forgetConfirmed(tx: Tx, run: UndoneRun, plans: PlannedUndo[]) {
  const { sourceId } = run;
  if (sourceId === null) return;
  const planOf = new Map<string, PlannedUndo>();
  for (const plan of plans) {
    const { entity, entityId } = plan.change;
    if (entity === "product" && entityId && plan.outcome === "restored") planOf.set(entityId, plan);
  }
  const spoken = await sourcesSince(tx, sourceId, planOf);
  const items = await inParts(spoken.keys(), (part) =>
    tx.sourceItem.findMany({
      where: { productId: { in: part }, entity: "product", sourceId: { not: sourceId } },
      select: { id: true, sourceId: true, productId: true, fieldHashes: true },
    }),
  );
  const updatedAt = new Date();
  const rows = items.flatMap((item): BulkRow[] => {
    const plan = planOf.get(item.productId ?? "");
    if (!plan || !spoken.get(item.productId ?? "")?.has(item.sourceId)) return [];
    const fieldHashes = withoutConfirmed(plan, hashes.parse(item.fieldHashes));
    return fieldHashes ? [{ id: item.id, contentHash: COMPARE_ANEW, fieldHashes, updatedAt }] : [];
  });
  await updateRows(tx, "SourceItem", ["id"], rows);
}

/** The other sources of which a change was applied to a product since the plan's own: {productId: source ids}. */
async function sourcesSince(tx: Tx, sourceId: string, planOf: ReadonlyMap<string, PlannedUndo>) {
  const first = Math.min(...[...planOf.values()].map(({ change }) => change.id));
  const changes = await inParts(planOf.keys(), (part) =>
    tx.syncChange.findMany({
      where: {
        entityId: { in: part },
        id: { gt: first },
        entity: "product",
        state: "applied",
        // An undo speaks for no source: it took the word back itself.
        run: { feedSourceId: { not: sourceId }, undoesRunId: null },
      },
      select: { id: true, entityId: true, run: { select: { feedSourceId: true } } },
    }),
  );
  const spoken = new Map<string, Set<string>>();
  for (const { id, entityId, run } of changes) {
    const plan = entityId && planOf.get(entityId);
    if (!plan || run.feedSourceId === null || id < plan.change.id) continue;
    spoken.set(entityId, (spoken.get(entityId) ?? new Set()).add(run.feedSourceId));
  }
  return spoken;
}

/** What another source said, less what the run had said as well; null where nothing of that is taken back. */
function withoutConfirmed({ change, lines }: PlannedUndo, said: Record<string, string>) {
  const ran = change.fields.said?.fieldHashes ?? {};
  const left = { ...said };
  let isConcerned = false;
  for (const { field, after } of lines) {
    const name = hashName(field);
    // A source's word on a code or a metafield has no hash of its own: it is held against the product.
    if (/^(code|metafield):/.test(field)) isConcerned ||= after !== null;
    else if (name in left && left[name] === ran[name]) {
      delete left[name];
      isConcerned = true;
    }
  }
  return isConcerned ? left : null;
}
