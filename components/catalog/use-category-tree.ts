import { useMemo, useState } from "react";
import type { CategoryLine, TreeLevels } from "@/lib/categories/list-children";
import { type TreeState, visibleRows, withPage } from "./tree-state";

// The page is mounted anew for each category; what was unfolded and where one was lives on beside it.
const memory: { tree: TreeState | null; scrollTop: number; focusedId: string | null; followId: string | null } = {
  tree: null,
  scrollTop: 0,
  focusedId: null,
  followId: null,
};

/**
 * The tree's memory over pages: scroll position, the line that has the focus, and one that is to have it once it is
 * there. Only for the browser.
 */
export const treeMemory = memory;

export type TreeLines = ReturnType<typeof useCategoryTree>;

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
  const hasArchived = useMemo(
    () => Object.values(state.levels).some((lines) => lines.some(isOrHoldsArchived)),
    [state],
  );

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

  /** Asks for what is unfolded anew, and for `alsoOpen`: the tree has another shape. Without an answer it stays as it is. */
  async function reload(alsoOpen: string[] = []) {
    const open = [...new Set([...state.open, ...alsoOpen])];
    const answer = await fetch(`/api/tree?open=${open.slice(0, MOST_RELOADED).join(",")}`).catch(() => null);
    if (!answer?.ok) return;
    const fresh: TreeLevels = await answer.json();
    setState((before) => ({ ...before, levels: fresh, open: new Set(open.filter((id) => fresh[id])) }));
  }

  function toggleArchived() {
    setState((before) => ({ ...before, showsArchived: !before.showsArchived }));
  }

  return { rows, unfold, fold, reload, hasArchived, showsArchived: state.showsArchived, toggleArchived };
}

/** Unfolded levels asked for at once: what else was open is asked for when it is unfolded again. */
const MOST_RELOADED = 400;

function isOrHoldsArchived(line: CategoryLine) {
  return line.isArchived || line.archived !== undefined;
}
