import "server-only";
import type { Tx } from "@/lib/db/client";
import type { ProductToUpdate } from "../apply-updated-products";
import { CategoryMap } from "../category-map";
import type { FieldChange } from "../change";
import { loadProducts, loadRunSources } from "../load-products";
import { rememberRemovedRows } from "../removed-rows";
import { compareLines } from "./compare-lines";
import { movedWords } from "./moved-words";

/** What became of an approved change whose product is another one than was shown. */
export type Present =
  | { outcome: "gone" }
  /** Of a run without a feed: nothing of it is applied, and nobody is asked again. */
  | { outcome: "moved"; reason: string }
  /** Nothing of it is applied: it waits again, as it reads now. */
  | { outcome: "returned"; lines: FieldChange[]; version: number; reason: string }
  /** All fields hold what was shown; some lines the product says already. */
  | { outcome: "as shown"; lines: FieldChange[] };

/**
 * Holds approved updates against the catalogue of now: a change of which one field no longer holds what was shown is
 * not applied in part, it returns to whoever approved it. Products of the same version cost nothing and are not named.
 */
export async function checkPresent(
  tx: Tx,
  sourceId: string,
  wanted: ProductToUpdate[],
  current: Map<string, { version: number }>,
): Promise<Map<number, Present>> {
  const found = new Map<number, Present>();
  for (const one of wanted) if (!current.has(one.id)) found.set(one.changeId, { outcome: "gone" });
  const changed = wanted.filter(
    (one) => current.has(one.id) && one.version !== null && current.get(one.id)?.version !== one.version,
  );
  if (changed.length === 0) return found;
  const sources = await loadRunSources(tx);
  const ids = changed.map((one) => one.id);
  const products = await loadProducts(tx, ids, sources);
  const speaksOfCategories = changed.some((one) => one.lines.some((line) => line.field === "category"));
  const categories = speaksOfCategories ? await CategoryMap.load(tx, sourceId) : null;
  const voice = {
    sourceId,
    categoryName: (id: string) => categories?.fullName(id) ?? "",
    mayReplace: (field: string, owner: string) => sources.precedence.mayReplace(field, sourceId, owner),
  };
  for (const one of changed) {
    const product = products.get(one.id);
    if (!product) continue;
    const { moved, lines } = compareLines(one.lines, product, voice);
    if (moved.length > 0) {
      found.set(one.changeId, { outcome: "returned", lines, version: product.version, reason: movedWords(moved) });
    } else if (lines.length < one.lines.length) found.set(one.changeId, { outcome: "as shown", lines });
  }
  await rememberRemovedRows(
    tx,
    changed.flatMap((one) => {
      const present = found.get(one.changeId);
      return present?.outcome === "returned" ? [{ entityId: one.id, lines: present.lines }] : [];
    }),
  );
  return found;
}
