import type { SampleCategory } from "./model";
import { PRODUCT_KINDS } from "./product-kinds";

/** Etilize's "Super Template": above the departments, itself no category. */
export const ROOT_CATEGORY_ID = 1;
const FIRST_CATEGORY_ID = 10_001;

/** The tree that the kinds' paths span; a parent stands before its children. */
export function buildCategoryTree(): SampleCategory[] {
  const byPath = new Map<string, SampleCategory>();
  const childrenOf = new Map<number, number>();
  for (const kind of PRODUCT_KINDS) {
    const names = kind.path.split(" > ");
    let parentId = ROOT_CATEGORY_ID;
    for (const [depth, name] of names.entries()) {
      const path = names.slice(0, depth + 1).join(" > ");
      const known = byPath.get(path);
      if (known) {
        parentId = known.id;
        continue;
      }
      const order = childrenOf.get(parentId) ?? 0;
      childrenOf.set(parentId, order + 1);
      const category = { id: FIRST_CATEGORY_ID + byPath.size, parentId, name, level: depth + 1, order, path };
      byPath.set(path, category);
      parentId = category.id;
    }
  }
  return [...byPath.values()];
}
