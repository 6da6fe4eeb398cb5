import "server-only";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";

/** Products' SKUs by their ids, also of those that a run deleted since: what was done to them stays readable. */
export async function productSkus(ids: readonly string[]): Promise<Map<string, string>> {
  const present = await inParts(ids, (part) =>
    db.product.findMany({ where: { id: { in: part } }, select: { id: true, sku: true } }),
  );
  const skus = new Map(present.map(({ id, sku }) => [id, sku]));
  const gone = await inParts(
    ids.filter((id) => !skus.has(id)),
    (part) =>
      db.syncChange.findMany({
        where: { entityId: { in: part }, entity: "product", action: "delete", state: "applied" },
        select: { entityId: true, label: true },
      }),
  );
  for (const { entityId, label } of gone) if (entityId !== null) skus.set(entityId, label);
  return skus;
}
