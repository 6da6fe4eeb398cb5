import "server-only";
import { unmergeCategory } from "@/lib/categories/merge-category";
import { writeDetails } from "@/lib/categories/write-details";
import { deleteRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { updateCategory } from "../apply-categories";
import { type PlannedUndo, reversed } from "./undo-plan";

/** Puts categories back where and as they were, last first, and takes away those that the run had created. */
export async function writeCategories(tx: Tx, undoId: string, plans: PlannedUndo[]) {
  for (const { change, outcome, lines } of plans) {
    if (outcome === "skipped" || !change.entityId) continue;
    // One by one: the next may stand under this one, or on its path.
    const { merged } = change.fields;
    if (merged) await unmergeCategory(tx, undoId, change.entityId, merged);
    else if (outcome === "removed") await deleteRows(tx, "Category", ["id"], [{ id: change.entityId }]);
    else if (lines.length > 0) {
      await updateCategory(tx, change.entityId, reversed(lines), slugOf(change.label));
      await writeDetails(tx, change.entityId, reversed(lines));
    }
  }
}

function slugOf(path: string) {
  return path.slice(path.lastIndexOf("/") + 1);
}
