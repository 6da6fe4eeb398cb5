import "server-only";
import type { Reader } from "@/lib/db/client";
import { changeFields } from "@/lib/sync/change";

/** A category merged on and on is followed so far. */
const MOST_MERGES = 20;

/** The category that one which is gone was merged into, as far as the history tells; null when it does not. */
export async function survivorOf(on: Reader, categoryId: string): Promise<string | null> {
  let id = categoryId;
  for (let merges = 0; merges < MOST_MERGES; merges++) {
    const change = await on.syncChange.findFirst({
      where: { entityId: id, entity: "category", action: "delete", state: "applied" },
      orderBy: { id: "desc" },
      select: { detail: { select: { fields: true } } },
    });
    const { merged } = changeFields.parse(change?.detail?.fields ?? {});
    if (!merged) return null;
    id = merged.intoId;
    if (await on.category.findUnique({ where: { id }, select: { id: true } })) return id;
  }
  return null;
}
