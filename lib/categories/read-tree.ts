import "server-only";
import type { Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import { bySiblingOrder } from "./sibling-order";

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

/** Where a category stands is what its parents make it: its path and level are not read but put together. */
type Row = Omit<CategoryNode, "path" | "level" | "children">;

const COLUMNS = `"id", "name", "nameKey", "slug", "parentId", "sortOrder", "isActive"`;

export class CategoryTree {
  readonly roots: CategoryNode[] = [];
  readonly byId = new Map<string, CategoryNode>();
  /** The same of trees that were brought up to now from one reading of the whole. */
  readonly reading: object = {};
  #deepestFirst: CategoryNode[] | null = null;

  /** The category at an address, found by its slugs. */
  readonly byPath = {
    get: (path: string): CategoryNode | undefined => {
      let siblings = this.roots;
      let node: CategoryNode | undefined;
      for (const slug of path.split("/")) {
        node = siblings.find((one) => one.slug === slug);
        if (!node) return undefined;
        siblings = node.children;
      }
      return node;
    },
    has: (path: string): boolean => this.byPath.get(path) !== undefined,
  };

  constructor(rows: Row[] = []) {
    this.#take(rows);
  }

  /** Children before their parents. */
  deepestFirst(): readonly CategoryNode[] {
    this.#deepestFirst ??= [...this.byId.values()].sort((a, b) => b.level - a.level);
    return this.#deepestFirst;
  }

  /** The tree once these rows are as they are now. The nodes are the same: whoever holds the tree of before sees them change. */
  with(rows: Row[]): CategoryTree {
    const next = new CategoryTree();
    Object.assign(next, { roots: this.roots, byId: this.byId, reading: this.reading });
    next.#take(rows);
    return next;
  }

  #take(rows: Row[]) {
    const touched = new Set<CategoryNode[]>();
    const placed: CategoryNode[] = [];
    for (const row of rows) {
      const known = this.byId.get(row.id);
      if (known) remove(this.#siblingsOf(known), known);
      const node = known ?? this.#added(row);
      Object.assign(node, row, { isActive: Boolean(row.isActive) });
      placed.push(node);
    }
    for (const node of placed) {
      const siblings = this.#siblingsOf(node);
      siblings.push(node);
      touched.add(siblings);
    }
    for (const siblings of touched) siblings.sort(bySiblingOrder);
    this.#place(placed);
  }

  #added(row: Row): CategoryNode {
    const node = Object.assign(row as CategoryNode, { path: "", level: -1, children: [] }); // what Row leaves out
    this.byId.set(row.id, node);
    return node;
  }

  #siblingsOf({ parentId }: CategoryNode): CategoryNode[] {
    if (parentId === null) return this.roots;
    return this.byId.get(parentId)?.children ?? [];
  }

  /** Paths and levels from the top down, of the nodes and all below them. */
  #place(nodes: CategoryNode[]) {
    const waiting = new Set(nodes);
    for (const node of nodes) {
      const parent = node.parentId === null ? undefined : this.byId.get(node.parentId);
      // Its parent's turn brings it too.
      if (parent && waiting.has(parent)) continue;
      const stack = [node];
      for (let at = stack.pop(); at; at = stack.pop()) {
        const above = at.parentId === null ? undefined : this.byId.get(at.parentId);
        at.path = above ? `${above.path}/${at.slug}` : at.slug;
        at.level = above ? above.level + 1 : 0;
        for (const child of at.children) stack.push(child);
      }
    }
  }
}

/** The hierarchy as it stands on `on`. For functions of `lib` that have already checked the actor. */
export async function readTree(on: Reader): Promise<CategoryTree> {
  return new CategoryTree(await queryRows<Row>(on, `SELECT ${COLUMNS} FROM "Category"`));
}

/** A transaction may name a time of change so much earlier than the one at which it lands (lib/db/client.ts), in milliseconds. */
const LONGEST_WRITE_MS = 310_000;

/** From here on reading the whole costs no more. */
const MOST_RENEWED = 2_000;

/**
 * The hierarchy of now from that of `since`, for the price of what has changed: at 100,000 categories a tenth of reading
 * all. When categories are gone it is read whole.
 */
export async function renewTree(on: Reader, held: CategoryTree, since: number): Promise<CategoryTree> {
  const [counted] = await queryRows<{ total: number }>(on, `SELECT count(*) AS "total" FROM "Category"`);
  const changed = await queryRows<Row>(
    on,
    `SELECT ${COLUMNS} FROM "Category" WHERE "updatedAt" > ?`,
    new Date(since - LONGEST_WRITE_MS),
  );
  const added = changed.filter(({ id }) => !held.byId.has(id)).length;
  const isWhole = held.byId.size + added !== counted?.total || changed.length > MOST_RENEWED;
  return isWhole ? readTree(on) : held.with(changed);
}

function remove(from: CategoryNode[], node: CategoryNode) {
  const at = from.indexOf(node);
  if (at >= 0) from.splice(at, 1);
}
