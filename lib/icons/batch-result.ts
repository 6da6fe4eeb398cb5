import "server-only";
import { db } from "@/lib/db/client";
import { formatPlural } from "@/lib/format";

export interface BatchResult {
  batch: number;
  made: number;
  /** Made before with the same words. */
  fromCache: number;
  failed: number;
  skipped: number;
  /** Millionths of the endpoint's currency. */
  costMicros: number;
}

/** What became of a batch's pictures so far. */
export async function batchResult({ id, number }: { id: string; number: number }): Promise<BatchResult> {
  const groups = await db.iconGeneration.groupBy({
    by: ["status", "isFromCache"],
    where: { batchId: id },
    _count: true,
    _sum: { costMicros: true },
  });
  const count = (status: string, isFromCache?: boolean) =>
    groups
      .filter((group) => group.status === status && (isFromCache ?? group.isFromCache) === group.isFromCache)
      .reduce((sum, group) => sum + group._count, 0);
  return {
    batch: number,
    made: count("succeeded", false),
    fromCache: count("succeeded", true),
    failed: count("failed"),
    skipped: count("skipped"),
    costMicros: groups.reduce((sum, group) => sum + (group._sum.costMicros ?? 0), 0),
  };
}

export function resultInWords({ made, fromCache, failed, skipped }: BatchResult): string {
  const parts = [
    `${formatPlural(made, "icon")} made`,
    fromCache > 0 ? `${fromCache} made before` : "",
    failed > 0 ? `${failed} failed` : "",
    skipped > 0 ? `${skipped} left out` : "",
  ];
  return parts.filter(Boolean).join(", ");
}
