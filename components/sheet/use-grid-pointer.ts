import { type PointerEvent, useRef, useState } from "react";
import { type Block, blockOf, type GridRange, rangeAt } from "@/lib/sheet/grid-range";
import { placeOf } from "./grid-places";

interface Options {
  range: GridRange;
  setRange: (range: GridRange) => void;
  onFill: (from: Block, over: Block) => void;
}

/** Selecting with the mouse, and dragging the selection's corner to fill what lies beside it. */
export function useGridPointer({ range, setRange, onFill }: Options) {
  const [fill, setFill] = useState<GridRange | null>(null);
  const dragging = useRef<"select" | "fill" | null>(null);
  const { at } = range;
  const block = blockOf(range);

  function pressPointer(event: PointerEvent) {
    const place = placeOf(event.target);
    if (!place || event.button !== 0) return;
    if (event.target instanceof Element && event.target.closest("textarea, input")) return;
    const isFill = event.target instanceof Element && event.target.closest("[data-fill]") !== null;
    dragging.current = isFill ? "fill" : "select";
    if (isFill) event.preventDefault();
    else setRange(event.shiftKey ? { at, to: place } : rangeAt(place.row, place.col));
    // Letters of the page would be selected else.
    if (event.shiftKey) event.preventDefault();
  }

  function movePointer(event: PointerEvent) {
    if (!dragging.current || event.buttons === 0) return;
    const place = placeOf(event.target);
    if (!place) return;
    if (dragging.current === "select") {
      if (place.row !== range.to.row || place.col !== range.to.col) setRange({ at, to: place });
      return;
    }
    // One way at a time: the longer.
    const isDown = place.row > block.bottom || place.row < block.top;
    const over = isDown
      ? { ...block, top: Math.min(block.top, place.row), bottom: Math.max(block.bottom, place.row) }
      : { ...block, left: Math.min(block.left, place.col), right: Math.max(block.right, place.col) };
    setFill({ at: { row: over.top, col: over.left }, to: { row: over.bottom, col: over.right } });
  }

  function releasePointer() {
    if (dragging.current === "fill" && fill) {
      onFill(block, blockOf(fill));
      setRange(fill);
    }
    dragging.current = null;
    setFill(null);
  }

  return {
    isDragging: () => dragging.current !== null,
    /** Where a release would fill. */
    fillBlock: fill && blockOf(fill),
    handlers: { onPointerDown: pressPointer, onPointerOver: movePointer, onPointerUp: releasePointer },
  };
}
