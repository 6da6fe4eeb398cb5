import "server-only";
import { db } from "@/lib/db/client";

/** Of a source's keys those that stand for a product of ours. */
export async function linkedKeys(sourceId: string, keys: string[]): Promise<Set<string>> {
  const linked = await db.sourceItem.findMany({
    where: { sourceId, entity: "product", externalKey: { in: keys }, productId: { not: null } },
    select: { externalKey: true },
  });
  return new Set(linked.map((item) => item.externalKey));
}
