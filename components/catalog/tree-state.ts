import type { CategoryLine, TreeLevels } from "@/lib/categories/list-children";

/** What the tree has loaded and unfolded. */
export interface TreeState {
  levels: TreeLevels;
  open: ReadonlySet<string>;
  showsArchived: boolean;
}

/** A line as it stands in the unfolded tree. */
export type TreeRow =
  | {
      kind: "category";
      line: CategoryLine;
      path: string;
      parentId: string | null;
      level: number;
      /** It has lines below it to unfold. */
      hasBelow: boolean;
      isOpen: boolean;
      position: number;
      siblings: number;
    }
  | { kind: "waiting" | "failed"; parent: CategoryLine; level: number };

/** The tree of a page: its way down is unfolded, and so is what was before. */
export function withPage(before: TreeState | null, levels: TreeLevels): TreeState {
  const way = Object.keys(levels).filter((id) => id !== "");
  const open = new Set([...(before?.open ?? []), ...way]);
  return { levels: { ...before?.levels, ...levels }, open, showsArchived: before?.showsArchived ?? false };
}

/** The lines that are visible, from the top. */
export function visibleRows({ levels, open, showsArchived }: TreeState, failed: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (all: CategoryLine[], level: number, above: string, parentId: string | null) => {
    // Whoever stands in an archived one has come on purpose.
    const lines = showsArchived ? all : all.filter((line) => !line.isArchived || open.has(line.id));
    lines.forEach((line, index) => {
      const hasBelow = line.children > 0 || (showsArchived && line.archived !== undefined);
      const isOpen = hasBelow && open.has(line.id);
      const path = above + line.slug;
      const place = { path, parentId, level, position: index + 1, siblings: lines.length };
      rows.push({ kind: "category", line, ...place, hasBelow, isOpen });
      if (!isOpen) return;
      const below = levels[line.id];
      if (below) add(below, level + 1, `${path}/`, line.id);
      else rows.push({ kind: failed.has(line.id) ? "failed" : "waiting", parent: line, level: level + 1 });
    });
  };
  add(levels[""] ?? [], 0, "", null);
  return rows;
}

export type CategoryRow = Extract<TreeRow, { kind: "category" }>;

/** The line `steps` further among its siblings that are shown. */
export function siblingOf(rows: TreeRow[], row: CategoryRow, steps: number): CategoryRow | undefined {
  return rows.find(
    (other): other is CategoryRow =>
      other.kind === "category" && other.parentId === row.parentId && other.position === row.position + steps,
  );
}

/** Where a line dropped at a height within the line at `index` comes to stand; null where it can't. */
export function dropAt(rows: TreeRow[], moved: CategoryRow, index: number, share: number): TreeDrop | null {
  const row = rows[index];
  if (row?.kind !== "category" || row.line.id === moved.line.id || row.path.startsWith(`${moved.path}/`)) return null;
  const isThere = (parentId: string | null, beforeId: string | null) =>
    parentId === moved.parentId && beforeId === (siblingOf(rows, moved, 1)?.line.id ?? null);
  if (share < EDGE) {
    if (isThere(row.parentId, row.line.id)) return null;
    return { index, zone: "before", row, parentId: row.parentId, beforeId: row.line.id };
  }
  if (share <= 1 - EDGE || row.isOpen) {
    if (row.line.id === moved.parentId) return null;
    return { index, zone: "into", row, parentId: row.line.id };
  }
  const next = siblingOf(rows, row, 1);
  const beforeId = next?.line.id ?? null;
  if (next?.line.id === moved.line.id || isThere(row.parentId, beforeId)) return null;
  return { index, zone: "after", row, parentId: row.parentId, beforeId };
}

/** The share of a line's height at its upper and lower edge that means before and after it. */
const EDGE = 0.28;

export interface TreeDrop {
  index: number;
  zone: "before" | "into" | "after";
  row: CategoryRow;
  parentId: string | null;
  /** Left out: where its kind of siblings puts it. */
  beforeId?: string | null;
}

/** The next line after `from`, round the end, whose name begins with what was typed. */
export function typeAhead(rows: TreeRow[], from: number, typed: string): number | null {
  const asked = typed.toLowerCase();
  // A second letter goes on with the same word; a first one looks for another.
  const start = asked.length > 1 ? from : from + 1;
  for (let step = 0; step < rows.length; step++) {
    const at = (start + step) % rows.length;
    const row = rows[at];
    if (row?.kind === "category" && row.line.name.toLowerCase().startsWith(asked)) return at;
  }
  return null;
}

/** Where the line's parent stands. */
export function parentIndex(rows: TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 0;
  for (let index = at - 1; index >= 0; index--) if ((rows[index]?.level ?? 0) < level) return index;
  return at;
}
