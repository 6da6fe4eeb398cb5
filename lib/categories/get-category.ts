import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { countedTree, isArchived, trail } from "./category-tree";

export interface CategoryPlace {
  id: string;
  name: string;
  path: string;
  level: number;
  hasChildren: boolean;
  /** It or one above it is archived. */
  isArchived: boolean;
  /** In it and below it, archived ones not counted. */
  products: number;
  /** Those above it, from the top. */
  above: { id: string; name: string; path: string }[];
}

/** The category at a path, or the path it has moved to, or null. */
export async function getCategoryAt(
  actor: Actor,
  path: string,
): Promise<{ category: CategoryPlace } | { movedTo: string } | null> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const node = tree.byPath.get(path);
  if (node) {
    const { id, name, level, children } = node;
    const above = trail(tree, node).slice(0, -1);
    const place = { id, name, path, level, hasChildren: children.length > 0, isArchived: isArchived(tree, node) };
    const products = counts.subtree.get(id) ?? 0;
    return {
      category: { ...place, products, above: above.map((at) => ({ id: at.id, name: at.name, path: at.path })) },
    };
  }
  const movedTo = await redirected(path, (id) => tree.byId.get(id)?.path);
  return movedTo === null ? null : { movedTo };
}

/** The picture that stands for a category now; null when it has none. */
export async function activeIconId(actor: Actor, categoryId: string): Promise<string | null> {
  assertCan(actor, "catalog:read");
  const where = { categoryId, status: "active", fileMissing: false } as const;
  const icon = await db.icon.findFirst({ where, select: { id: true } });
  return icon?.id ?? null;
}

/** How many products the catalogue holds, archived ones not counted. */
export async function catalogueTotals(actor: Actor) {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  return {
    products: counts.all,
    archived: counts.archived,
    uncategorised: counts.uncategorised,
    categories: tree.byId.size,
  };
}

/** An address below a moved category leads below its new place. */
async function redirected(path: string, pathOf: (id: string) => string | undefined) {
  const slugs = path.split("/");
  const prefixes = slugs.map((_, depth) => slugs.slice(0, slugs.length - depth).join("/"));
  const rows = await db.categoryRedirect.findMany({
    where: { path: { in: prefixes } },
    select: { path: true, categoryId: true },
  });
  const nearest = rows.toSorted((a, b) => b.path.length - a.path.length)[0];
  const target = nearest && pathOf(nearest.categoryId);
  if (!nearest || !target) return null;
  const moved = `${target}${path.slice(nearest.path.length)}`;
  return moved === path ? null : moved;
}

/** What a category is called; null when it is not there. */
export async function categoryName(actor: Actor, id: string): Promise<string | null> {
  assertCan(actor, "catalog:read");
  const { tree } = await countedTree();
  return tree.byId.get(id)?.name ?? null;
}
