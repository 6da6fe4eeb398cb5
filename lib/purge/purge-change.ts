import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FieldChange } from "@/lib/sync/change";
import type { BackupPlace } from "./backup-file";
import type { ProductRecord } from "./product-record";

/** What a deletion shows of a product; all of it is in the backup. */
const SHOWN = ["name", "brand", "priceCents", "inventoryQuantity", "status"] as const satisfies (keyof ProductRecord)[];

/** The deletion of a product, as its run stages it. */
export function purgeChange(runId: string, record: ProductRecord, backup: BackupPlace): ChangeRow {
  const update = SHOWN.flatMap((field): FieldChange[] => {
    const before = record[field];
    return before === null ? [] : [{ field, before, after: null }];
  });
  return {
    runId,
    entity: "product",
    entityId: record.id,
    externalKey: record.sku,
    label: record.sku,
    name: record.name,
    action: "delete",
    kind: "removed",
    state: "staged",
    reason: null,
    file: null,
    line: null,
    version: record.version,
    createdAt: new Date(),
    appliedAt: null,
    fields: { update, backup },
  };
}
