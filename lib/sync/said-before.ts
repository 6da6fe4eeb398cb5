import type { SourceItemRow } from "@/lib/db/source-items";
import type { SaidBefore } from "./change";

/** What an undo makes the source remember again, given what it says now; null when this is its first word. */
export function saidBefore(item: SourceItemRow, says: Record<string, string>): SaidBefore | null {
  if (item.id === null) return null;
  const fieldHashes: SaidBefore["fieldHashes"] = {};
  for (const field in says) {
    const before = item.fieldHashes[field] ?? null;
    if (before !== says[field]) fieldHashes[field] = before;
  }
  return {
    contentHash: item.contentHash ?? "",
    fieldHashes,
    ...(item.missingRuns ? { missingRuns: item.missingRuns } : {}),
    ...(item.missingSinceRunId ? { missingSinceRunId: item.missingSinceRunId } : {}),
    ...(item.tombstonedAt ? { tombstonedAt: item.tombstonedAt.toISOString() } : {}),
    ...(item.productId === null && item.categoryId === null ? { isUnlinked: true } : {}),
  };
}
