"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { blockOf, filledFrom, type GridRange, movedRange, rangeAt } from "@/lib/sheet/grid-range";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import type { Editing } from "./cell-editor";
import { gridAria, headAria, rowAria } from "./grid-aria";
import { cellText, placeOf, showColumn } from "./grid-places";
import { GUTTER, SheetRow } from "./sheet-row";
import { useGridPointer } from "./use-grid-pointer";
import { useSheetClipboard } from "./use-sheet-clipboard";

type Props = {
  book: SheetBook;
  label: string;
  rowCount: number;
  rowHeight: number;
  range: GridRange;
  setRange: (range: GridRange) => void;
  /** Loads so many rows, if there are as many. */
  loadUpTo: (rows: number) => Promise<void>;
  /** Rows in sight, whenever they change. */
  onView: (first: number, last: number) => void;
  /** Something was typed, filled, pasted or taken back. */
  onEdit: () => void;
  onOpen: (id: string, column: string, typed: string | null) => void;
  say: (words: string) => void;
  /** Keys that concern the cell's state rather than the grid. */
  onMarkKey: (event: KeyboardEvent) => boolean;
  isWhole: boolean;
};

/** Rows that are loaded before one sees their place. */
const AHEAD = 150;

/** The grid: one cell has the focus, the selection reaches from there; what is typed goes into the book. */
export function SheetGrid(props: Props) {
  const { book, rowCount, rowHeight, range, setRange, loadUpTo, onView, onEdit, say } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const { at } = range;
  const block = blockOf(range);

  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    overscan: 8,
    // The row one is in stays in the page, or the focus would be lost with it.
    rangeExtractor: (seen) => [...new Set([...defaultRangeExtractor(seen), Math.min(at.row, rowCount - 1)])],
  });
  const items = rows.getVirtualItems();
  const first = rows.range?.startIndex ?? 0;
  const last = rows.range?.endIndex ?? 0;

  useEffect(
    function loadAhead() {
      onView(first, last);
      if (last + AHEAD >= rowCount) void loadUpTo(last + AHEAD);
    },
    [first, last, rowCount, loadUpTo, onView],
  );

  useLayoutEffect(
    function focusActiveCell() {
      if (!hasFocus.current || editing) return;
      const cell = scroller.current?.querySelector<HTMLElement>(`[data-row="${at.row}"][data-col="${at.col}"]`);
      cell?.focus({ preventScroll: true });
    },
    [at.row, at.col, editing],
  );

  const go = useCallback(
    (next: GridRange) => {
      setRange(next);
      rows.scrollToIndex(next.to.row, { align: "auto" });
      showColumn(scroller.current, book, next.to.col);
    },
    [setRange, rows, book],
  );

  const edit = useCallback(
    (edits: { id: string; column: string; typed: string }[]) => {
      const changed = book.type(edits);
      if (changed > 0) onEdit();
      return changed;
    },
    [book, onEdit],
  );

  function beginEditing(initial: string | undefined) {
    const row = book.rowAt(at.row);
    const column = book.columns[at.col];
    if (!row || !column) return;
    if (column.kind === "read-only") {
      say(`${column.label} is only read here. ${column.why}`);
      return;
    }
    const place = { id: row.id, column: column.id };
    book.open(place.id, place.column);
    // At once, so that the very letter, or the first of a composition, goes into the editor.
    flushSync(() =>
      setEditing({
        initial,
        isTyping: initial !== undefined,
        onType: (typed) => props.onOpen(place.id, place.column, typed),
        onCommit(typed, key) {
          edit([{ ...place, typed }]);
          endEditing(place);
          const next = key && movedRange(rangeAt(at.row, at.col), { ...key, isJump: false }, size());
          if (next) go(next);
        },
        onCancel: () => endEditing(place),
      }),
    );
  }

  function endEditing({ id, column }: { id: string; column: string }) {
    book.close();
    props.onOpen(id, column, null);
    setEditing(null);
  }

  function size() {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    return { rows: rowCount, cols: book.columns.length, page };
  }

  function fillCells(from: ReturnType<typeof blockOf>, over: ReturnType<typeof blockOf>) {
    const edits = filledFrom(from, over).flatMap(({ row, col, source }) => {
      const target = book.rowAt(row);
      const column = book.columns[col]?.id;
      const text = cellText(book, source.row, source.col);
      return target && column && text !== null ? [{ id: target.id, column, typed: text }] : [];
    });
    edit(edits);
  }

  function fillFrom(direction: "down" | "right") {
    const isDown = direction === "down";
    const isOne = isDown ? block.top === block.bottom : block.left === block.right;
    const start = isDown ? (isOne ? block.top - 1 : block.top) : isOne ? block.left - 1 : block.left;
    if (start < 0) return;
    const over = isDown ? { ...block, top: start } : { ...block, left: start };
    fillCells(isDown ? { ...over, bottom: start } : { ...over, right: start }, over);
  }

  function press(event: KeyboardEvent) {
    const { key, shiftKey, altKey } = event;
    const isJump = event.ctrlKey || event.metaKey;
    if (props.onMarkKey(event)) return took(event);
    if (isJump && key.toLowerCase() === "d") return took(event, () => fillFrom("down"));
    if (isJump && key.toLowerCase() === "r") return took(event, () => fillFrom("right"));
    if (key === "Delete" || key === "Backspace") return took(event, clearCells);
    if (key === "F2") return took(event, () => beginEditing(undefined));
    if (key === "Enter" && !shiftKey && !isJump) return took(event, () => beginEditing(undefined));
    if (altKey) return;
    // At the grid's edges Tab leaves it, as it leaves every control.
    const isLeaving = key === "Tab" && (shiftKey ? at.col === 0 : at.col === book.columns.length - 1);
    const next = isLeaving ? null : movedRange(range, { key, shiftKey, isJump }, size());
    if (next) {
      if (key === "End" && isJump) void loadUpTo(rowCount + AHEAD);
      return took(event, () => go(next));
    }
    if (key.length === 1 && !isJump) return took(event, () => beginEditing(key === " " && shiftKey ? undefined : key));
    if (key === "Process") beginEditing("");
  }

  function took(event: KeyboardEvent, act?: () => void) {
    event.preventDefault();
    // The page's own letters (J, K, G, X …) are the cell's while it has the focus.
    event.stopPropagation();
    act?.();
  }

  function clearCells() {
    const edits: { id: string; column: string; typed: string }[] = [];
    for (let row = block.top; row <= block.bottom; row++) {
      const id = book.rowAt(row)?.id;
      if (!id) continue;
      for (const column of book.columns.slice(block.left, block.right + 1))
        edits.push({ id, column: column.id, typed: "" });
    }
    edit(edits);
  }

  const pointer = useGridPointer({ range, setRange, onFill: fillCells });
  const clipboard = useSheetClipboard({ book, block, edit, loadUpTo, setRange, say });
  const handlers = {
    ...clipboard,
    onKeyDown: editing ? undefined : press,
    ...pointer.handlers,
    onDoubleClick(event: MouseEvent) {
      if (placeOf(event.target) && !editing) beginEditing(undefined);
    },
    onFocus(event: FocusEvent) {
      hasFocus.current = true;
      const place = placeOf(event.target);
      const isThere = place && place.row === at.row && place.col === at.col;
      if (place && !isThere && !pointer.isDragging() && !editing) setRange(rangeAt(place.row, place.col));
    },
    onBlur({ relatedTarget, currentTarget }: FocusEvent) {
      if (!editing && relatedTarget && !currentTarget.contains(relatedTarget)) hasFocus.current = false;
    },
  };
  const width = GUTTER + book.columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      ref={scroller}
      {...gridAria(props.label, props.isWhole ? rowCount : null, book.columns.length)}
      className="sheet scroller"
      {...handlers}
    >
      <div style={{ height: rowHeight * (rowCount + 1), width }} className="relative min-w-full">
        <div {...rowAria(-1)} className="sheet-head" style={{ height: rowHeight, width }}>
          <div {...headAria(-1)} className="sheet-gutter">
            <span className="sr-only">Row</span>
          </div>
          {book.columns.map((column, col) => (
            <div
              key={column.id}
              {...headAria(col)}
              className={`sheet-cell ${column.isNumber ? "num" : ""} ${col === 0 ? "sheet-pinned" : ""}`}
              style={{ width: column.width, left: col === 0 ? GUTTER : undefined }}
              title={column.kind === "read-only" ? column.why : undefined}
            >
              <span className="truncate">{column.label}</span>
            </div>
          ))}
        </div>
        {items.map(({ index, start }) => {
          const row = book.rowAt(index);
          if (!row) return null;
          const shown = pointer.fillBlock ?? block;
          const isIn = index >= shown.top && index <= shown.bottom;
          return (
            <SheetRow
              key={row.id}
              book={book}
              id={row.id}
              index={index}
              top={start}
              height={rowHeight}
              activeCol={index === at.row ? at.col : -1}
              from={isIn ? shown.left : -1}
              to={isIn ? shown.right : -1}
              cornerCol={index === block.bottom && !editing ? block.right : -1}
              isFillTarget={isIn && pointer.fillBlock !== null}
              editing={index === at.row ? editing : null}
            />
          );
        })}
      </div>
    </div>
  );
}
