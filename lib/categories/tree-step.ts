import type { CreatedCategory, FieldChange } from "@/lib/sync/change";
import type { TreeRow } from "./tree-rows";

/** One change of one category. Steps are carried out in order; an undo takes them back from the last. */
export type TreeStep =
  | { kind: "create"; id: string; category: CreatedCategory }
  | { kind: "update"; node: TreeRow; lines: FieldChange[] }
  /** Its products, icons, keys of feeds and old addresses go to `into`; it is gone then. Its children went before. */
  | { kind: "merge"; node: TreeRow; into: TreeRow; line: FieldChange };

export interface PlannedOperation {
  /** What the operation is about; null while it is only about to be made. */
  subject: TreeRow | null;
  /** What it is called now, or will be. */
  name: string;
  steps: TreeStep[];
}
