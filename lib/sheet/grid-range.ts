interface GridPlace {
  row: number;
  col: number;
}

/** Where one is, and how far the selection reaches from there. */
export interface GridRange {
  at: GridPlace;
  to: GridPlace;
}

export interface Block {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

interface GridSize {
  rows: number;
  cols: number;
  /** Rows in sight. */
  page: number;
}

export function rangeAt(row: number, col: number): GridRange {
  return { at: { row, col }, to: { row, col } };
}

export function blockOf({ at, to }: GridRange): Block {
  return {
    top: Math.min(at.row, to.row),
    left: Math.min(at.col, to.col),
    bottom: Math.max(at.row, to.row),
    right: Math.max(at.col, to.col),
  };
}

export function cellsIn({ top, left, bottom, right }: Block): number {
  return (bottom - top + 1) * (right - left + 1);
}

/** Where a key leads; null for a key that moves nothing. Shift extends the selection instead. */
export function movedRange(
  range: GridRange,
  { key, shiftKey, isJump }: { key: string; shiftKey: boolean; isJump: boolean },
  size: GridSize,
): GridRange | null {
  if (isJump && key.toLowerCase() === "a") {
    return whole(size);
  }
  const from = shiftKey && key !== "Tab" ? range.to : range.at;
  const next = step(from, key, shiftKey, isJump, size);
  if (!next) return null;
  const to = { row: clamp(next.row, size.rows), col: clamp(next.col, size.cols) };
  return shiftKey && key !== "Tab" && key !== "Enter" ? { at: range.at, to } : { at: to, to };
}

function whole({ rows, cols }: GridSize): GridRange {
  return { at: { row: 0, col: 0 }, to: { row: Math.max(0, rows - 1), col: Math.max(0, cols - 1) } };
}

function step(
  { row, col }: GridPlace,
  key: string,
  isBack: boolean,
  isJump: boolean,
  { rows, cols, page }: GridSize,
): GridPlace | null {
  switch (key) {
    case "ArrowUp":
      return { row: isJump ? 0 : row - 1, col };
    case "ArrowDown":
      return { row: isJump ? rows - 1 : row + 1, col };
    case "ArrowLeft":
      return { row, col: isJump ? 0 : col - 1 };
    case "ArrowRight":
      return { row, col: isJump ? cols - 1 : col + 1 };
    case "PageUp":
      return { row: row - page, col };
    case "PageDown":
      return { row: row + page, col };
    case "Home":
      return { row: isJump ? 0 : row, col: 0 };
    case "End":
      return { row: isJump ? rows - 1 : row, col: cols - 1 };
    case "Enter":
      return { row: row + (isBack ? -1 : 1), col };
    case "Tab":
      return { row, col: col + (isBack ? -1 : 1) };
    default:
      return null;
  }
}

function clamp(value: number, count: number) {
  return Math.max(0, Math.min(count - 1, value));
}

/**
 * Which text comes where when a block is put into a selection: one cell fills all of it, a block is repeated where the
 * selection is a multiple of its size, else it is put down once from the selection's first cell.
 */
export function pasteBlock(rows: readonly (readonly string[])[], into: Block): { block: Block; textAt: TextAt } {
  const height = rows.length;
  const width = Math.max(...rows.map((row) => row.length));
  const tall = into.bottom - into.top + 1;
  const wide = into.right - into.left + 1;
  const isTiled = tall % height === 0 && wide % width === 0;
  const block = isTiled
    ? into
    : { top: into.top, left: into.left, bottom: into.top + height - 1, right: into.left + width - 1 };
  return { block, textAt: (row, col) => rows[(row - into.top) % height]?.[(col - into.left) % width] ?? "" };
}
type TextAt = (row: number, col: number) => string;

/** As dragging a selection's corner does: `from` is repeated over the rest of `over`. */
export function filledFrom(from: Block, over: Block): { row: number; col: number; source: GridPlace }[] {
  const cells: { row: number; col: number; source: GridPlace }[] = [];
  const [tall, wide] = [from.bottom - from.top + 1, from.right - from.left + 1];
  const within = (value: number, start: number, size: number) => start + ((((value - start) % size) + size) % size);
  for (let row = over.top; row <= over.bottom; row++) {
    for (let col = over.left; col <= over.right; col++) {
      const isSource = row >= from.top && row <= from.bottom && col >= from.left && col <= from.right;
      if (isSource) continue;
      cells.push({ row, col, source: { row: within(row, from.top, tall), col: within(col, from.left, wide) } });
    }
  }
  return cells;
}
