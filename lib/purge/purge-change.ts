import type { ChangeRow } from "@/lib/db/sync-changes";
import type { BackupPlace } from "./backup-file";
import type { ProductRecord } from "./product-record";

/** The deletion of a product, as its run stages it. */
export function purgeChange(runId: string, record: ProductRecord, backup: BackupPlace): ChangeRow {
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
    // One line, that lists and exports have something to show: all else is in the backup.
    fields: { update: [{ field: "status", before: record.status, after: null }], backup },
  };
}
