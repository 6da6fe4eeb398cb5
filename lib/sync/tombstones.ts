import "server-only";
import type { Reader } from "@/lib/db/client";
import { changeFields } from "./change";

/** The status that products had when they were archived because their feed dropped them, as far as the history tells. */
export async function listStatusesBeforeArchive(on: Reader, productIds: string[]): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  if (productIds.length === 0) return statuses;
  const changes = await on.syncChange.findMany({
    where: { entityId: { in: productIds }, kind: "missing", state: "applied" },
    orderBy: { id: "asc" },
    select: { entityId: true, detail: { select: { fields: true } } },
  });
  for (const { entityId, detail } of changes) {
    const lines = changeFields.safeParse(detail?.fields).data?.update ?? [];
    const status = lines.find((line) => line.field === "status" && !line.kept);
    if (entityId && typeof status?.before === "string") statuses.set(entityId, status.before);
  }
  return statuses;
}
