import type { ChangeRow } from "@/lib/db/sync-changes";
import { changeKind, type FieldChange } from "../change";

interface EditedEntity {
  entity?: "product" | "category";
  id: string;
  /** The SKU, or the category's path. */
  label: string;
  name: string;
  /** As it was when the lines were made: a field changed since is not written over. Null: not checked. */
  version: number | null;
}

/**
 * An update in a run without a feed, for `insertChanges`. Lines of products name `beforeSource` (sourceBefore), and
 * those that remove metafields or pictures their row (rememberRemovedRows), or an undo can't put them back whole.
 * @param state `applied` for what the caller writes in the same transaction
 */
export function personChange(
  runId: string,
  { entity = "product", id, label, name, version }: EditedEntity,
  lines: FieldChange[],
  state: "staged" | "approved" | "applied",
): ChangeRow {
  const now = new Date();
  return {
    runId,
    entity,
    entityId: id,
    externalKey: label,
    label,
    name,
    action: "update",
    kind: changeKind("changed", lines),
    state,
    reason: null,
    file: null,
    line: null,
    version,
    createdAt: now,
    appliedAt: state === "applied" ? now : null,
    fields: { update: lines },
  };
}
