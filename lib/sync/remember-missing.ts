import "server-only";
import { type BulkRow, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { ChangeFields } from "./change";

interface MissingChange {
  id: number;
  entity: string;
  entityId: string | null;
  externalKey: string;
  fields: ChangeFields;
}

/**
 * Remembers that a source lacked items once more: when since, how often, and whether that archived the product. A change
 * whose count passed the limit asks a person from now on.
 */
export async function rememberMissing(tx: Tx, run: { id: string; sourceId: string }, changes: MissingChange[]) {
  const now = new Date();
  const first: BulkRow[] = [];
  const again: BulkRow[] = [];
  for (const { entity, externalKey, fields } of changes) {
    const lines = fields.update ?? [];
    const runs = Number(lines.find((line) => line.field === "missing")?.after ?? 1);
    const isArchived = lines.some((line) => line.field === "status" && !line.kept);
    const row = {
      sourceId: run.sourceId,
      entity,
      externalKey,
      missingRuns: runs,
      tombstonedAt: isArchived ? now : null,
      updatedAt: now,
    };
    if (runs === 1) first.push({ ...row, missingSinceRunId: run.id });
    else again.push(row);
  }
  const key = ["sourceId", "entity", "externalKey"];
  await updateRows(tx, "SourceItem", key, first);
  await updateRows(tx, "SourceItem", key, again);
  const asking = changes.filter((change) => change.fields.isDue);
  if (asking.length === 0) return;
  // One question per product: an older one, of when the limit was lower, is this one now.
  await tx.syncChange.updateMany({
    where: {
      kind: "missing",
      openSince: { not: null },
      runId: { not: run.id },
      run: { feedSourceId: run.sourceId },
      entityId: { in: asking.flatMap((change) => change.entityId ?? []) },
    },
    data: { openSince: null, answeredAt: now, answer: "asked again by a later run" },
  });
  await updateRows(
    tx,
    "SyncChange",
    ["id"],
    asking.map(({ id }) => ({ id, openSince: now })),
  );
}
