import { useMemo, useState } from "react";
import type { CategoryLine, TreeLevels } from "@/lib/categories/list-children";
import { type TreeState, visibleRows, withPage } from "./tree-state";

// The page is mounted anew for each category; what was unfolded and where one was lives on beside it.
const memory: { tree: TreeState | null; scrollTop: number; focusedId: string | null } = {
  tree: null,
  scrollTop: 0,
  focusedId: null,
};

/** The tree's memory over pages: scroll position, and the line that has the focus. Only for the browser. */
export const treeMemory = memory;

/** What is loaded and unfolded, and how that changes. */
export function useCategoryTree(levels: TreeLevels) {
  const [state, setState] = useState(() => withPage(memory.tree, levels));
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(levels);
  if (shown !== levels) {
    // The same page came again with newer counts.
    setShown(levels);
    setState(withPage(state, levels));
  }
  if (typeof window !== "undefined") memory.tree = state;
  const rows = useMemo(() => visibleRows(state, failed), [state, failed]);

  async function unfold({ id }: CategoryLine) {
    setState((before) => ({ ...before, open: new Set([...before.open, id]) }));
    if (state.levels[id]) return;
    setFailed((before) => new Set([...before].filter((other) => other !== id)));
    // No answer and a refusal are shown alike, on the line, with a way to try again.
    const answer = await fetch(`/api/tree?parent=${encodeURIComponent(id)}`).catch(() => null);
    if (!answer?.ok) {
      setFailed((before) => new Set([...before, id]));
      return;
    }
    const lines: CategoryLine[] = await answer.json();
    setState((before) => ({ ...before, levels: { ...before.levels, [id]: lines } }));
  }

  function fold({ id }: CategoryLine) {
    setState((before) => ({ ...before, open: new Set([...before.open].filter((other) => other !== id)) }));
  }

  return { rows, unfold, fold };
}
