import "server-only";
import type { Tx } from "@/lib/db/client";
import type { ProductToUpdate, StaleLines } from "./apply-updated-products";
import type { FieldChange } from "./change";
import type { CatalogueProduct } from "./diff-product";
import { loadProducts, loadRunSources } from "./load-products";

/**
 * Of products that changed since their change was staged, the lines whose field no longer holds the value that was
 * shown as "before". Products of the same version cost nothing.
 */
export async function dropStaleLines(
  tx: Tx,
  wanted: ProductToUpdate[],
  current: Map<string, { version: number }>,
): Promise<StaleLines> {
  const moved = wanted.filter((one) => one.version !== null && current.get(one.id)?.version !== one.version);
  const stale: StaleLines = new Map();
  if (moved.length === 0) return stale;
  const ids = moved.map((one) => one.id);
  const products = await loadProducts(tx, ids, await loadRunSources(tx));
  for (const one of moved) {
    const product = products.get(one.id);
    const dropped = one.lines.filter((line) => !product || !isAsShown(line, product));
    if (dropped.length > 0) stale.set(one.changeId, dropped);
  }
  return stale;
}

function isAsShown(line: FieldChange, product: CatalogueProduct): boolean {
  if (line.field === "category") return product.categoryId === (line.beforeId ?? null);
  if (line.field.startsWith("metafield:")) {
    const metafield = product.metafields.get(line.field.slice("metafield:".length));
    // Kept since: the person's value stands, and the next run shows the feed's beside it.
    return (metafield?.value ?? null) === line.before && Boolean(metafield?.kept) === Boolean(line.kept);
  }
  if (line.field in product.fields) {
    const before = product.fields[line.field] ?? null;
    const isSame = before === line.before || ((before ?? "") === "" && (line.before ?? "") === "");
    return isSame && Boolean(product.fieldSources[line.field]?.kept) === Boolean(line.kept);
  }
  return true;
}
