import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { loadRunSources } from "../load-products";
import { Moved } from "./plan-categories";
import { getUndoable } from "./request-undo";
import { leftInWords, leftSentence } from "./since-words";
import { countOutcomes, LAST_ID, nextBatch, planBatch, UNDO_ORDER, type UndoCounts } from "./undo-batch";

/** Skipped products named in a preview; all of them stand in the undo's own run. */
const SKIPPED_SHOWN = 200;

export interface UndoPreview {
  number: number;
  products: UndoCounts;
  categories: UndoCounts;
  /** Products put back but for some of their fields. */
  partly: number;
  /** What is left as it is, in whole or in part; the first 200. */
  left: {
    entity: "product" | "category";
    id: string | null;
    label: string;
    name: string;
    isWhole: boolean;
    reason: string;
  }[];
}

/**
 * What undoing a run would come to: the undo itself, stopped before it writes.
 * @throws {AppError} `conflict` with the reason where it can't be undone
 */
export async function previewUndo(actor: Actor, runId: string, signal?: AbortSignal): Promise<UndoPreview> {
  assertCan(actor, "sync:review");
  const { id, number, feedSourceId } = await getUndoable(db, runId);
  const run = { id, sourceId: feedSourceId ?? "" };
  const sources = await loadRunSources(db);
  const moved = new Moved();
  const preview: UndoPreview = { number, products: none(), categories: none(), partly: 0, left: [] };
  for (const entity of UNDO_ORDER) {
    const counts = entity === "product" ? preview.products : preview.categories;
    for (let before = LAST_ID; ; ) {
      signal?.throwIfAborted();
      const batch = await nextBatch(db, run, entity, before);
      const last = batch.at(-1);
      if (!last) break;
      const plans = await planBatch(db, run, sources, batch, moved);
      const found = countOutcomes(plans);
      counts.restored += found.restored;
      counts.removed += found.removed;
      counts.skipped += found.skipped;
      preview.partly += plans.filter((plan) => plan.outcome !== "skipped" && plan.left.length > 0).length;
      const shown = plans.filter((plan) => plan.left.length > 0).slice(0, SKIPPED_SHOWN - preview.left.length);
      const words = await leftInWords(db, shown);
      for (const { change, outcome } of shown) {
        const { entityId, label, name } = change;
        const reason = leftSentence(words.get(change.id) ?? []);
        preview.left.push({ entity, id: entityId, label, name, isWhole: outcome === "skipped", reason });
      }
      before = last.id;
    }
  }
  return preview;
}

function none(): UndoCounts {
  return { restored: 0, removed: 0, skipped: 0 };
}
