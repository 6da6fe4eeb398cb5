import "server-only";
import { db, type Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import { env } from "@/lib/env";
import { deriveCounts, type ProductCounts } from "./product-counts";

export interface CategoryNode {
  id: string;
  name: string;
  nameKey: string;
  slug: string;
  path: string;
  parentId: string | null;
  level: number;
  sortOrder: number;
  isActive: boolean;
  /** In the order of the tree. */
  children: CategoryNode[];
}

/** It or one above it is archived: its products stay, the tree hides it. */
export function isArchived(tree: CategoryTree, node: CategoryNode): boolean {
  return trail(tree, node).some((at) => !at.isActive);
}

export interface CategoryTree {
  roots: CategoryNode[];
  byId: ReadonlyMap<string, CategoryNode>;
  byPath: ReadonlyMap<string, CategoryNode>;
}

/** Counting again sooner helps nobody, in milliseconds. */
const COUNT_INTERVAL_MS = 1_000;

interface Kept<T> {
  version: number;
  at: number;
  value: Promise<T>;
}

interface TreeCache {
  databaseUrl: string;
  tree?: Kept<CategoryTree>;
  counts?: Kept<ProductCounts> & { tree: CategoryTree };
}

// Next loads a module once per bundle; the tree is held once per process.
const holder = globalThis as typeof globalThis & { stockroomTree?: TreeCache };

function cache(): TreeCache {
  const { databaseUrl } = env();
  if (holder.stockroomTree?.databaseUrl !== databaseUrl) holder.stockroomTree = { databaseUrl };
  return holder.stockroomTree;
}

/**
 * The whole hierarchy, held in memory and read anew when another transaction (of any process) has changed a category.
 * For functions of `lib` that have already checked the actor.
 */
export async function categoryTree(): Promise<CategoryTree> {
  return currentTree((await versions()).categories);
}

/**
 * The hierarchy with how many products each category holds, archived ones not counted.
 * Counted again when a product has changed, at most once a second.
 */
export async function countedTree(): Promise<{ tree: CategoryTree; counts: ProductCounts }> {
  const version = await versions();
  const tree = await currentTree(version.categories);
  const held = cache().counts;
  const isDue = held?.version !== version.products && Date.now() - (held?.at ?? 0) >= COUNT_INTERVAL_MS;
  if (held && held.tree === tree && !isDue) return { tree, counts: await held.value };
  const value = keepUnlessFailed(readCounts(db, tree), "counts");
  cache().counts = { version: version.products, at: Date.now(), tree, value };
  return { tree, counts: await value };
}

/** From the top down to the node itself. */
export function trail(tree: CategoryTree, node: CategoryNode): CategoryNode[] {
  const nodes = [node];
  for (let at = node.parentId; at !== null; ) {
    const parent = tree.byId.get(at);
    if (!parent) break;
    nodes.unshift(parent);
    at = parent.parentId;
  }
  return nodes;
}

function currentTree(version: number) {
  const held = cache().tree;
  if (held?.version === version) return held.value;
  const value = keepUnlessFailed(readTree(db), "tree");
  cache().tree = { version, at: Date.now(), value };
  return value;
}

/** A failed read must not be what everybody gets from then on. */
function keepUnlessFailed<T>(loading: Promise<T>, slot: "tree" | "counts") {
  loading.catch(() => {
    if (cache()[slot]?.value === (loading as unknown)) cache()[slot] = undefined;
  });
  return loading;
}

async function versions() {
  const rows = await db.catalogueVersion.findMany({ select: { name: true, version: true } });
  const of = (name: string) => rows.find((row) => row.name === name)?.version ?? 0;
  return { categories: of("categories"), products: of("products") };
}

/** The hierarchy as it stands on `on`. For functions of `lib` that have already checked the actor. */
export async function readTree(on: Reader): Promise<CategoryTree> {
  const rows = await queryRows<Omit<CategoryNode, "children" | "isActive"> & { isActive: boolean | number }>(
    on,
    `SELECT "id", "name", "nameKey", "slug", "path", "parentId", "level", "sortOrder", "isActive" FROM "Category"`,
  );
  const nodes = rows.map((row): CategoryNode => ({ ...row, isActive: Boolean(row.isActive), children: [] }));
  nodes.sort(byTreeOrder);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const roots: CategoryNode[] = [];
  for (const node of nodes) {
    const siblings = node.parentId === null ? roots : byId.get(node.parentId)?.children;
    siblings?.push(node);
  }
  return { roots, byId, byPath: new Map(nodes.map((node) => [node.path, node])) };
}

function byTreeOrder(a: CategoryNode, b: CategoryNode) {
  if (a.sortOrder !== b.sortOrder) return a.sortOrder - b.sortOrder;
  if (a.nameKey !== b.nameKey) return a.nameKey < b.nameKey ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** What each category holds, as the screens show it. For functions of `lib` that have already checked the actor. */
export async function readCounts(on: Reader, tree: CategoryTree): Promise<ProductCounts> {
  const rows = await queryRows<{ categoryId: string | null; status: string; products: number }>(
    on,
    // One walk over the (categoryId, status) index; the archived are dropped from the groups, not the rows.
    `SELECT "categoryId", "status", count(*) AS "products" FROM "Product" GROUP BY "categoryId", "status"`,
  );
  return deriveCounts(tree, rows);
}
