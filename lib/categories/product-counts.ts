import type { CategoryTree } from "./read-tree";

export interface ProductCounts {
  /** Directly in the category; absent is none. */
  own: ReadonlyMap<string, number>;
  /** In the category and all below it. */
  subtree: ReadonlyMap<string, number>;
  uncategorised: number;
  /** Every product that is not archived. */
  all: number;
  archived: number;
}

/** How many products of one status stand directly in one category. */
export interface ProductGroup {
  categoryId: string | null;
  status: string;
  products: number;
}

/** Adds the products of each category up to the top. Archived ones are in no category's count. */
export function deriveCounts(tree: CategoryTree, groups: ProductGroup[]): ProductCounts {
  const own = new Map<string, number>();
  let uncategorised = 0;
  let all = 0;
  let archived = 0;
  for (const { categoryId, status, products } of groups) {
    if (status === "archived") {
      archived += products;
      continue;
    }
    all += products;
    if (categoryId === null) uncategorised += products;
    else own.set(categoryId, (own.get(categoryId) ?? 0) + products);
  }
  const subtree = new Map(own);
  for (const { id, parentId } of tree.deepestFirst()) {
    const below = subtree.get(id);
    if (below && parentId !== null) subtree.set(parentId, (subtree.get(parentId) ?? 0) + below);
  }
  return { own, subtree, uncategorised, all, archived };
}
