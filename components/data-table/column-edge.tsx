"use client";

import type { KeyboardEvent, PointerEvent } from "react";

const NARROWEST = 48;
const WIDEST = 800;
const STEP = 16;

type Props = {
  label: string;
  /** Called when the edge is let go; null is the column's usual width. */
  onResize: (width: number | null) => void;
};

/** The right edge of a column's head: dragged, or moved by the arrow keys; a double click gives the usual width back. */
export function ColumnEdge({ label, onResize }: Props) {
  function drag(event: PointerEvent<HTMLButtonElement>) {
    const [head, column] = partsOf(event.currentTarget);
    if (!head || !column || event.button !== 0) return;
    event.preventDefault();
    const edge = event.currentTarget;
    const [from, width] = [event.clientX, head.offsetWidth];
    let next = width;
    edge.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => {
      next = within(width + moved.clientX - from);
      // The table itself is drawn anew only when the edge is let go.
      column.style.width = `${next}px`;
    };
    edge.addEventListener("pointermove", move);
    edge.addEventListener(
      "lostpointercapture",
      () => {
        edge.removeEventListener("pointermove", move);
        if (next !== width) onResize(next);
      },
      { once: true },
    );
  }

  function press(event: KeyboardEvent<HTMLButtonElement>) {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    const [head] = partsOf(event.currentTarget);
    if (by === undefined || !head) return;
    event.preventDefault();
    onResize(within(head.offsetWidth + by));
  }

  return (
    <button
      type="button"
      aria-label={`Width of ${label}: arrow keys change it`}
      className="column-edge"
      onPointerDown={drag}
      onKeyDown={press}
      onDoubleClick={() => onResize(null)}
    />
  );
}

function within(width: number) {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
}

function partsOf(edge: HTMLElement) {
  const head = edge.closest("th");
  const column = head?.closest("table")?.querySelectorAll("col")[head.cellIndex];
  return [head, column] as const;
}
