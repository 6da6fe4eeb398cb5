"use client";

import "./sheet.css";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LeaveDialog } from "@/components/ui/leave-dialog";
import { SkeletonRows } from "@/components/ui/skeleton";
import { formatCount, formatPlural, formatTotal } from "@/lib/format";
import { blockOf, cellsIn, type GridRange, rangeAt } from "@/lib/sheet/grid-range";
import { type CellAt, SheetBook } from "@/lib/sheet/sheet-book";
import type { SheetColumn } from "@/lib/sheet/sheet-column";
import { DraftBar } from "./draft-bar";
import { SheetGrid } from "./sheet-grid";
import { SheetSaver } from "./sheet-saver";
import { StatusBar } from "./status-bar";
import { useFreshRows } from "./use-fresh-rows";
import { useSheetDrafts } from "./use-sheet-drafts";
import { MOST_ROWS, type SheetList, useSheetRows } from "./use-sheet-rows";

export type SheetProps = {
  /** Whose drafts are kept. */
  personId: string;
  columns: SheetColumn[];
  list: SheetList;
  label: string;
  rowHeight: number;
};

/** The product list as a spreadsheet: typed, filled and pasted into, saved as one goes. */
export function Sheet({ personId, columns, list: { query, category }, label, rowHeight }: SheetProps) {
  const list = useMemo(() => ({ query, category }), [query, category]);
  const [book] = useState(() => new SheetBook(columns));
  const [saver] = useState(() => new SheetSaver(book));
  const rows = useSheetRows(book, list);
  const rowCount = useSyncExternalStore(
    (listener) => book.subscribe(listener),
    () => book.rowCount,
    () => 0,
  );
  const openCount = useSyncExternalStore(
    (listener) => book.subscribe(listener),
    () => book.openCount,
    () => 0,
  );
  const [range, setRange] = useState<GridRange>(() => rangeAt(0, firstWritable(columns)));
  const [said, say] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const save = useCallback(() => saver.flush(), [saver]);
  const drafts = useSheetDrafts(book, personId, save);
  const { look } = useFreshRows(book);

  useEffect(
    function sendWhatIsLeft() {
      const again = () => saver.retryIfFailed();
      window.addEventListener("online", again);
      window.addEventListener("focus", again);
      return () => {
        window.removeEventListener("online", again);
        window.removeEventListener("focus", again);
      };
    },
    [saver],
  );

  const edited = useCallback(() => saver.schedule(), [saver]);
  const typed = useCallback(() => {
    // What was said of an earlier step is no word on this one.
    say("");
    edited();
  }, [edited]);
  const row = book.rowAt(range.at.row);
  const column = columns[range.at.col];
  const at: CellAt | null = row && column ? { id: row.id, column: column.id } : null;

  /** Goes to what was taken back, or done again. */
  function show(cells: readonly CellAt[] | null, done: string, none: string) {
    const first = cells?.find(({ id }) => book.indexOf(id) >= 0);
    say(cells ? `${formatPlural(cells.length, "cell")} ${done}.` : none);
    if (!first) return;
    const col = columns.findIndex(({ id }) => id === first.column);
    setRange(rangeAt(book.indexOf(first.id), Math.max(0, col)));
    edited();
  }

  /** Cells of the selection, or the one that one is in. */
  function chosen(): CellAt[] {
    const block = blockOf(range);
    const cells: CellAt[] = [];
    for (let index = block.top; index <= block.bottom; index++) {
      const id = book.rowAt(index)?.id;
      if (id) for (const of of columns.slice(block.left, block.right + 1)) cells.push({ id, column: of.id });
    }
    return cells;
  }

  function keepMine() {
    book.keepMine(chosen());
    edited();
    focusGrid();
  }

  function takeTheirs() {
    book.takeTheirs(chosen());
    focusGrid();
  }

  function focusGrid() {
    grid.current?.querySelector<HTMLElement>("[data-active]")?.focus();
  }

  function nextProblem() {
    const problems = book
      .openCells(["invalid", "conflict", "unsaved"])
      .map(({ id, column: name }) => ({ row: book.indexOf(id), col: columns.findIndex((of) => of.id === name) }))
      .filter((place) => place.row >= 0)
      .sort((a, b) => a.row - b.row || a.col - b.col);
    const { row: here, col } = range.at;
    const next = problems.find((place) => place.row > here || (place.row === here && place.col > col)) ?? problems[0];
    if (next) setRange(rangeAt(next.row, next.col));
    else say("Nothing needs you.");
    requestAnimationFrame(focusGrid);
  }

  function pressMarkKey(event: KeyboardEvent): boolean {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isCommand && key === "z" && !event.shiftKey) show(book.undo(), "taken back", "Nothing to undo.");
    else if (isCommand && (key === "y" || (key === "z" && event.shiftKey)))
      show(book.redo(), "changed again", "Nothing to redo.");
    else if (isCommand && key === "s") void saver.retry();
    else if (event.altKey && event.code === "KeyM") keepMine();
    else if (event.altKey && event.code === "KeyT") takeTheirs();
    else if (event.key === "F8") nextProblem();
    else if (event.key === "Escape") {
      if (at && book.mark(at.id, at.column)?.reason) takeTheirs();
      else setRange(rangeAt(range.at.row, range.at.col));
    } else return false;
    return true;
  }

  async function saveAll() {
    await saver.retry();
    return book.openCount === 0;
  }

  if (rowCount === 0) {
    if (rows.failure) return <ErrorState message={rows.failure} retry={() => void rows.loadUpTo(1)} />;
    if (rows.isLoading) return <SkeletonRows rows={20} label="The sheet is loading" />;
    return <EmptyState title="No product to edit">No product passes these filters.</EmptyState>;
  }
  return (
    <>
      <DraftBar drafts={drafts} columns={columns} onRestored={nextProblem} />
      <div ref={grid} className="flex min-h-0 flex-1 flex-col">
        <SheetGrid
          book={book}
          label={label}
          rowCount={rowCount}
          rowHeight={rowHeight}
          range={range}
          setRange={setRange}
          loadUpTo={rows.loadUpTo}
          onView={look}
          onEdit={typed}
          onOpen={drafts.typing}
          say={say}
          onMarkKey={pressMarkKey}
          isWhole={rows.isWhole}
        />
      </div>
      <StatusBar
        book={book}
        saver={saver}
        at={at}
        selected={cellsIn(blockOf(range))}
        said={said || loadedWords(rowCount, rows)}
        onUndo={() => show(book.undo(), "taken back", "Nothing to undo.")}
        onRedo={() => show(book.redo(), "changed again", "Nothing to redo.")}
        onKeepMine={keepMine}
        onTakeTheirs={takeTheirs}
        onNextProblem={nextProblem}
        onRetry={() => void saver.retry()}
      />
      <LeaveDialog isDirty={openCount > 0} save={saveAll} discard={() => book.takeTheirs(book.openCells())} />
    </>
  );
}

function firstWritable(columns: readonly SheetColumn[]) {
  return Math.max(
    0,
    columns.findIndex((column) => column.kind !== "read-only"),
  );
}

function loadedWords(rowCount: number, { total, isWhole, failure }: ReturnType<typeof useSheetRows>): string {
  if (failure) return `The rows below could not be loaded: ${failure}`;
  if (isWhole && rowCount >= MOST_ROWS) return `The first ${formatCount(rowCount)} rows: a filter shows the others.`;
  return total ? `${formatCount(rowCount)} of ${formatTotal(total)} rows loaded` : "";
}
