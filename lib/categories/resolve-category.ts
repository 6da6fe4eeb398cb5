import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type CategoryNode, categoryTree, countedTree, trail } from "./category-tree";
import { getCategoryAt } from "./get-category";
import type { ProductCounts } from "./product-counts";

/** The id of the category that an id, a path or a path of old names; null when there is none. */
export async function resolveCategory(actor: Actor, idOrPath: string): Promise<string | null> {
  assertCan(actor, "catalog:read");
  const tree = await categoryTree();
  const node = tree.byId.get(idOrPath) ?? tree.byPath.get(idOrPath);
  if (node) return node.id;
  const at = await getCategoryAt(actor, idOrPath);
  return at && "movedTo" in at ? (tree.byPath.get(at.movedTo)?.id ?? null) : null;
}

/** @throws {AppError} `not_found` */
export async function resolveCategoryOrThrow(actor: Actor, idOrPath: string): Promise<string> {
  const id = await resolveCategory(actor, idOrPath);
  if (id === null) throw new AppError("not_found", "There is no such category.");
  return id;
}

export interface CountedCategories {
  /** In the order of the tree. */
  nodes: readonly CategoryNode[];
  counts: ProductCounts;
}

/** The top categories, or the one named, each with all below it. @throws {AppError} `not_found` */
export async function getCategoryRoots(actor: Actor, root?: string): Promise<CountedCategories> {
  assertCan(actor, "catalog:read");
  const id = root === undefined ? null : await resolveCategoryOrThrow(actor, root);
  const { tree, counts } = await countedTree();
  const node = id === null ? undefined : tree.byId.get(id);
  return { nodes: id === null ? tree.roots : node ? [node] : [], counts };
}

/** One category with what only its own page tells. @throws {AppError} `not_found` */
export async function getCategoryOrThrow(actor: Actor, idOrPath: string) {
  assertCan(actor, "catalog:read");
  const id = await resolveCategoryOrThrow(actor, idOrPath);
  const [{ tree, counts }, record] = await Promise.all([
    countedTree(),
    db.category.findUnique({
      where: { id },
      select: {
        description: true,
        version: true,
        shopifyCollectionId: true,
        shopifyHandle: true,
        createdAt: true,
        updatedAt: true,
      },
    }),
  ]);
  const node = tree.byId.get(id);
  if (!node || !record) throw new AppError("not_found", "There is no such category.");
  return { node, counts, record, above: trail(tree, node).slice(0, -1) };
}
