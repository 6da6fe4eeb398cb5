import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import type { CategoryRow, TreeDrop } from "./tree-state";

/** How long one holds a line over a folded one until it unfolds, in milliseconds. */
const HOLD_MS = 600;

export interface TreeDragWays {
  rowAt: (index: number) => CategoryRow | null;
  /** What a drop at this height of the tree would come to. */
  dropAt: (moved: CategoryRow, y: number) => TreeDrop | null;
  show: (drop: TreeDrop | null) => void;
  unfold: (row: CategoryRow) => void;
  drop: (moved: CategoryRow, drop: TreeDrop) => void;
}

/** Lets a line of the tree be dragged. */
export function dragLine(element: HTMLElement, ways: () => TreeDragWays) {
  return draggable({
    element,
    canDrag: () => rowOf(element, ways()) !== null,
    getInitialData: () => ({ row: rowOf(element, ways()) }),
    onDragStart: () => element.setAttribute("data-dragged", ""),
    onDrop: () => element.removeAttribute("data-dragged"),
  });
}

/** Lets lines be dropped in the tree; a folded one unfolds when one stays over it. Escape ends the drag. */
export function dropOnTree(element: HTMLElement, ways: () => TreeDragWays) {
  let held: { id: string; timer: ReturnType<typeof setTimeout> } | null = null;
  function hold(drop: TreeDrop | null) {
    const id = drop?.zone === "into" && drop.row.hasBelow && !drop.row.isOpen ? drop.row.line.id : null;
    if (held?.id === id) return;
    if (held) clearTimeout(held.timer);
    held = id && drop ? { id, timer: setTimeout(() => ways().unfold(drop.row), HOLD_MS) } : null;
  }
  function placeOf(source: Record<string, unknown>, clientY: number) {
    // As dragLine gave it.
    const moved = source.row as CategoryRow;
    return { moved, drop: ways().dropAt(moved, clientY - element.getBoundingClientRect().top) };
  }
  return combine(
    dropTargetForElements({
      element,
      canDrop: ({ source }) => "row" in source.data,
      onDrag({ source, location }) {
        const { drop } = placeOf(source.data, location.current.input.clientY);
        ways().show(drop);
        hold(drop);
      },
      onDragLeave() {
        ways().show(null);
        hold(null);
      },
      onDrop({ source, location }) {
        ways().show(null);
        hold(null);
        const { moved, drop } = placeOf(source.data, location.current.input.clientY);
        if (drop) ways().drop(moved, drop);
      },
    }),
    () => hold(null),
  );
}

function rowOf(element: HTMLElement, { rowAt }: TreeDragWays) {
  return rowAt(Number(element.dataset.index));
}
