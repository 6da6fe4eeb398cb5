import type { CategoryLine, TreeLevels } from "@/lib/categories/list-children";

/** What the tree has loaded and unfolded. */
export interface TreeState {
  levels: TreeLevels;
  open: ReadonlySet<string>;
}

/** A line as it stands in the unfolded tree. */
export type TreeRow =
  | {
      kind: "category";
      line: CategoryLine;
      path: string;
      level: number;
      isOpen: boolean;
      position: number;
      siblings: number;
    }
  | { kind: "waiting" | "failed"; parent: CategoryLine; level: number };

/** The tree of a page: its way down is unfolded, and so is what was before. */
export function withPage(before: TreeState | null, levels: TreeLevels): TreeState {
  const way = Object.keys(levels).filter((id) => id !== "");
  return { levels: { ...before?.levels, ...levels }, open: new Set([...(before?.open ?? []), ...way]) };
}

/** The lines that are visible, from the top. */
export function visibleRows({ levels, open }: TreeState, failed: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (lines: CategoryLine[], level: number, above: string) => {
    lines.forEach((line, index) => {
      const isOpen = line.children > 0 && open.has(line.id);
      const path = above + line.slug;
      rows.push({ kind: "category", line, path, level, isOpen, position: index + 1, siblings: lines.length });
      if (!isOpen) return;
      const below = levels[line.id];
      if (below) add(below, level + 1, `${path}/`);
      else rows.push({ kind: failed.has(line.id) ? "failed" : "waiting", parent: line, level: level + 1 });
    });
  };
  add(levels[""] ?? [], 0, "");
  return rows;
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
