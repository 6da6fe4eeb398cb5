import "server-only";
import { deleteRows, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { PlannedUndo } from "./undo-plan";

/** Makes the source remember what it had said before, so that the same feed shows its changes again. */
export async function writeMemory(tx: Tx, plans: PlannedUndo[]) {
  const now = new Date();
  const memories = plans.map(({ memory }) => memory);
  await deleteRows(
    tx,
    "SourceItem",
    ["id"],
    memories.flatMap((memory) => (memory.step === "forget" ? { id: memory.itemId } : [])),
  );
  for (const unlinked of [false, true]) {
    const rows = memories.flatMap((memory) => {
      if (memory.step !== "restore" || memory.row.isUnlinked !== unlinked) return [];
      const { isUnlinked: _, ...row } = memory.row;
      return { ...onlyMemory(row), id: memory.itemId, updatedAt: now, ...(unlinked ? NO_LINK : {}) };
    });
    await updateRows(tx, "SourceItem", ["id"], rows);
  }
}

const NO_LINK = { productId: null, categoryId: null };

function onlyMemory(row: Omit<Extract<PlannedUndo["memory"], { step: "restore" }>["row"], "isUnlinked">) {
  const { contentHash, fieldHashes, missingRuns, missingSinceRunId, tombstonedAt } = row;
  return { contentHash, fieldHashes, missingRuns, missingSinceRunId, tombstonedAt };
}
