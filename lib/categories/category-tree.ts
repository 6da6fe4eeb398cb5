import "server-only";
import { db, type Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import { env } from "@/lib/env";
import { deriveCounts, type ProductCounts, type ProductGroup } from "./product-counts";
import { type CategoryNode, type CategoryTree, readTree, renewTree } from "./read-tree";

export type { CategoryNode, CategoryTree };

/** It or one above it is archived: its products stay, the tree hides it. */
export function isArchived(tree: CategoryTree, node: CategoryNode): boolean {
  return trail(tree, node).some((at) => !at.isActive);
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
  groups?: Kept<ProductGroup[]> & { tree: CategoryTree };
  counts?: { tree: CategoryTree; groups: ProductGroup[]; value: ProductCounts };
}

// Next loads a module once per bundle; the tree is held once per process.
const holder = globalThis as typeof globalThis & { stockroomTree?: TreeCache };

function cache(): TreeCache {
  const { databaseUrl } = env();
  if (holder.stockroomTree?.databaseUrl !== databaseUrl) holder.stockroomTree = { databaseUrl };
  return holder.stockroomTree;
}

/**
 * The whole hierarchy, held in memory and brought up to now when another transaction (of any process) has changed a category.
 * For functions of `lib` that have already checked the actor.
 */
export async function categoryTree(): Promise<CategoryTree> {
  return currentTree((await versions()).categories);
}

/**
 * The hierarchy with how many products each category holds, archived ones not counted.
 * Counted again when a product has changed, at most once a second unless the tree has changed too.
 */
export async function countedTree(): Promise<{ tree: CategoryTree; counts: ProductCounts }> {
  const version = await versions();
  const tree = await currentTree(version.categories);
  const groups = await currentGroups(version.products, tree);
  const held = cache().counts;
  if (held?.tree === tree && held.groups === groups) return { tree, counts: held.value };
  const value = deriveCounts(tree, groups);
  cache().counts = { tree, groups, value };
  return { tree, counts: value };
}

function currentGroups(version: number, tree: CategoryTree) {
  const held = cache().groups;
  const isCurrent = held?.version === version && held.tree.reading === tree.reading;
  const isRecent = held?.tree === tree && Date.now() - held.at < COUNT_INTERVAL_MS;
  if (held && (isCurrent || isRecent)) {
    held.tree = tree;
    return held.value;
  }
  const value = keepUnlessFailed(readGroups(db), "groups");
  cache().groups = { version, at: Date.now(), tree, value };
  return value;
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
  const at = Date.now();
  const reading = held ? held.value.then((tree) => renewTree(db, tree, held.at)) : readTree(db);
  const value = keepUnlessFailed(reading, "tree");
  cache().tree = { version, at, value };
  return value;
}

/** A failed read must not be what everybody gets from then on. */
function keepUnlessFailed<T>(loading: Promise<T>, slot: "tree" | "groups") {
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

/** What each category holds, as the screens show it. For functions of `lib` that have already checked the actor. */
export async function readCounts(on: Reader, tree: CategoryTree): Promise<ProductCounts> {
  return deriveCounts(tree, await readGroups(on));
}

function readGroups(on: Reader) {
  return queryRows<ProductGroup>(
    on,
    // One walk over the (categoryId, status) index; the archived are dropped from the groups, not the rows.
    `SELECT "categoryId", "status", count(*) AS "products" FROM "Product" GROUP BY "categoryId", "status"`,
  );
}
