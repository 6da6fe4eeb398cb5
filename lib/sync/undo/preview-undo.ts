import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { assertMayAnswer } from "@/lib/purge/assert-deletable";
import { assertRestorable } from "@/lib/purge/check-backup";
import { loadRunSources } from "../load-products";
import { Moved } from "./plan-categories";
import { getUndoable } from "./request-undo";
import { leftInWords, leftSentence } from "./since-words";
import { countOutcomes, LAST_ID, nextBatch, planBatch, type UndoCounts, undoOrder } from "./undo-batch";

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

/** Changes planned while somebody waits for the answer: about a second's. */
export const MOST_PLANNED = 5_000;

/**
 * What undoing a run would come to, for whoever waits for the answer.
 * @throws {AppError} `conflict` with the reason where it can't be undone; `too_large` where a worker is to plan it
 * (requestUndoPlan)
 */
export async function previewUndo(actor: Actor, runId: string, signal?: AbortSignal): Promise<UndoPreview> {
  await assertMayAnswer(actor, runId);
  const { number, products, categories } = await getUndoable(db, runId);
  if (products + categories > MOST_PLANNED) {
    const message = `Run ${number} changed ${formatCount(products + categories)} products and categories: more than is planned while you wait. Ask for its plan on the run's page.`;
    throw new AppError("too_large", message);
  }
  return planUndo(actor, runId, async () => {
    signal?.throwIfAborted();
    // Others get their turn between two batches.
    await setImmediate();
  });
}

/**
 * The undo itself, stopped before it writes.
 * @param onBatch before each batch, with how many changes are planned of how many
 * @throws {AppError} `conflict` with the reason where it can't be undone
 */
export async function planUndo(
  actor: Actor,
  runId: string,
  onBatch: (done: number, total: number) => Promise<void> = async () => undefined,
): Promise<UndoPreview> {
  await assertMayAnswer(actor, runId);
  const { id, number, feedSourceId, ...run } = await getUndoable(db, runId);
  await assertRestorable(id);
  const total = run.products + run.categories;
  let done = 0;
  const undone = { id, sourceId: feedSourceId };
  const sources = await loadRunSources(db);
  const moved = new Moved();
  const preview: UndoPreview = { number, products: none(), categories: none(), partly: 0, left: [] };
  for (const entity of undoOrder(run)) {
    const counts = entity === "product" ? preview.products : preview.categories;
    for (let before = LAST_ID; ; ) {
      await onBatch(done, total);
      const batch = await nextBatch(db, undone, entity, before);
      const last = batch.at(-1);
      if (!last) break;
      const plans = await planBatch(db, undone, sources, batch, moved);
      done += batch.length;
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
