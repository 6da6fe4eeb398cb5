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
  /** Categories directly below it that are not archived. */
  children: number;
  /** Archived ones directly below it, where there are any. */
  archived?: number;
  isArchived?: true;
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
  const levels = await toLevels([[parentId ?? "", nodes]], counts);
  return levels[parentId ?? ""] ?? [];
}

/** Several levels at once and the top: what a tree on the screen has open. Those that are gone are left out. */
export async function listLevels(actor: Actor, parentIds: string[]): Promise<TreeLevels> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const opened = parentIds.flatMap((id): Level[] => {
    const children = tree.byId.get(id)?.children;
    return children ? [[id, children]] : [];
  });
  return toLevels([["", tree.roots], ...opened], counts);
}

/** The levels down to a category, and its children: all that the first paint needs of the tree. */
export async function openTree(actor: Actor, categoryId: string | null): Promise<OpenTree> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const node = categoryId === null ? undefined : tree.byId.get(categoryId);
  const opened = node ? trail(tree, node).filter((at) => at.children.length > 0) : [];
  const way = opened.map((at): Level => [at.id, at.children]);
  return { levels: await toLevels([["", tree.roots], ...way], counts), uncategorised: counts.uncategorised };
}

type Level = [id: string, nodes: readonly CategoryNode[]];

/** One query, however many levels. */
async function toLevels(levels: Level[], counts: ProductCounts): Promise<TreeLevels> {
  const icons = await iconsOf(levels.flatMap(([, nodes]) => nodes));
  const toLine = ({ id, name, slug, children, isActive }: CategoryNode): CategoryLine => {
    const archived = children.filter((child) => !child.isActive).length;
    return {
      id,
      name,
      slug,
      total: counts.subtree.get(id) ?? 0,
      own: counts.own.get(id) ?? 0,
      children: children.length - archived,
      ...(archived > 0 && { archived }),
      ...(!isActive && { isArchived: true }),
      iconId: icons.get(id),
    };
  };
  return Object.fromEntries(levels.map(([id, nodes]) => [id, nodes.map(toLine)]));
}

/** By category. Asked by ids where they are few; else all, of which there are no more than categories with one. */
async function iconsOf(nodes: readonly CategoryNode[]): Promise<Map<string | null, string>> {
  const categoryId = nodes.length <= ASKED_BY_ID ? { in: nodes.map((node) => node.id) } : { not: null };
  const icons = await db.icon.findMany({
    where: { status: "active", fileMissing: false, categoryId },
    select: { id: true, categoryId: true },
  });
  return new Map(icons.map((icon) => [icon.categoryId, icon.id]));
}

const ASKED_BY_ID = 900;
