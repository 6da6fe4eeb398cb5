import type { SheetBook } from "@/lib/sheet/sheet-book";
import { GUTTER } from "./sheet-row";

/** The cell that something happened in. */
export function placeOf(target: EventTarget): { row: number; col: number } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return cell ? { row: Number(cell.dataset.row), col: Number(cell.dataset.col) } : null;
}

/** What stands in a cell by its place; null where there is none. */
export function cellText(book: SheetBook, row: number, col: number): string | null {
  const id = book.rowAt(row)?.id;
  const column = book.columns[col]?.id;
  return id && column ? book.text(id, column) : null;
}

/** Scrolls sideways as far as it takes: the first column stays where it is. */
export function showColumn(scroller: HTMLElement | null, book: SheetBook, col: number) {
  if (!scroller || col === 0) return;
  const widths = book.columns.map((column) => column.width);
  const left = GUTTER + widths.slice(0, col).reduce((sum, width) => sum + width, 0);
  const right = left + (widths[col] ?? 0);
  const pinned = GUTTER + (widths[0] ?? 0);
  if (left - pinned < scroller.scrollLeft) scroller.scrollLeft = left - pinned;
  else if (right > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = right - scroller.clientWidth;
}
