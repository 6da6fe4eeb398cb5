import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type CategoryNode, countedTree, trail } from "./category-tree";
import type { ProductCounts } from "./product-counts";

/** A line of the tree beside the table. */
export interface CategoryLine {
  id: string;
  name: string;
  /** Added to the parent's path: a page of the tree would carry the same beginnings a hundred times. */
  slug: string;
  /** Products in it and below it, archived ones not counted. */
  total: number;
  own: number;
  children: number;
  /** Its picture, where it has one. */
  iconId?: string;
}

/** The opened part of the tree: lines by their parent, `""` for the top. */
export type TreeLevels = Record<string, CategoryLine[]>;

export interface OpenTree {
  levels: TreeLevels;
  uncategorised: number;
}

/**
 * The children of one category, or the top ones.
 * @throws {AppError} `forbidden`; `not_found` when the parent is not there.
 */
export async function listChildren(actor: Actor, parentId: string | null): Promise<CategoryLine[]> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const nodes = parentId === null ? tree.roots : tree.byId.get(parentId)?.children;
  if (!nodes) throw new AppError("not_found", "This category is not there any more.");
  return toLines(nodes, counts);
}

/** The levels down to a category, and its children: all that the first paint needs of the tree. */
export async function openTree(actor: Actor, categoryId: string | null): Promise<OpenTree> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const node = categoryId === null ? undefined : tree.byId.get(categoryId);
  const opened = node ? trail(tree, node).filter((at) => at.children.length > 0) : [];
  const levels = await Promise.all([
    toLines(tree.roots, counts).then((lines) => ["", lines] as const),
    ...opened.map(async (at) => [at.id, await toLines(at.children, counts)] as const),
  ]);
  return { levels: Object.fromEntries(levels), uncategorised: counts.uncategorised };
}

async function toLines(nodes: readonly CategoryNode[], counts: ProductCounts): Promise<CategoryLine[]> {
  const icons = await db.icon.findMany({
    where: { status: "active", fileMissing: false, categoryId: { in: nodes.map((node) => node.id) } },
    select: { id: true, categoryId: true },
  });
  const iconOf = new Map(icons.map((icon) => [icon.categoryId, icon.id]));
  return nodes.map(({ id, name, slug, children }) => ({
    id,
    name,
    slug,
    total: counts.subtree.get(id) ?? 0,
    own: counts.own.get(id) ?? 0,
    children: children.length,
    iconId: iconOf.get(id),
  }));
}
