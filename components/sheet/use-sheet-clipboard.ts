import type { ClipboardEvent } from "react";
import { formatCount, formatPlural } from "@/lib/format";
import { clipboardHtml, readClipboard, writeClipboard } from "@/lib/sheet/clipboard";
import { type Block, cellsIn, type GridRange, pasteBlock } from "@/lib/sheet/grid-range";
import type { SheetBook } from "@/lib/sheet/sheet-book";

interface Options {
  book: SheetBook;
  block: Block;
  edit: (edits: { id: string; column: string; typed: string }[]) => number;
  loadUpTo: (rows: number) => Promise<void>;
  setRange: (range: GridRange) => void;
  say: (words: string) => void;
}

/** Copy, cut and paste as spreadsheets do: values go out as one would type them, and come in as they are. */
export function useSheetClipboard({ book, block, edit, loadUpTo, setRange, say }: Options) {
  function copy(event: ClipboardEvent) {
    const rows: string[][] = [];
    for (let row = block.top; row <= block.bottom; row++) {
      const id = book.rowAt(row)?.id ?? "";
      rows.push(book.columns.slice(block.left, block.right + 1).map((column) => book.text(id, column.id)));
    }
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeClipboard(rows));
    event.clipboardData.setData("text/html", clipboardHtml(rows));
    say(`${formatPlural(cellsIn(block), "cell")} copied.`);
  }

  function cut(event: ClipboardEvent) {
    copy(event);
    edit(cellsOf(book, block).map((cell) => ({ ...cell, typed: "" })));
  }

  function paste(event: ClipboardEvent) {
    event.preventDefault();
    const rows = readPasted(event.clipboardData);
    if (rows) void put(rows);
  }

  async function put(rows: string[][]) {
    const { block: over, textAt } = pasteBlock(rows, block);
    if (over.bottom >= book.rowCount) say("Loading the rows below for what is pasted …");
    await loadUpTo(over.bottom + 1);
    const fits = {
      ...over,
      bottom: Math.min(over.bottom, book.rowCount - 1),
      right: Math.min(over.right, book.columns.length - 1),
    };
    const edits: { id: string; column: string; typed: string }[] = [];
    const readOnly = new Set<string>();
    for (let row = fits.top; row <= fits.bottom; row++) {
      const id = book.rowAt(row)?.id;
      for (let col = fits.left; id && col <= fits.right; col++) {
        const column = book.columns[col];
        const typed = textAt(row, col);
        if (!column) continue;
        // Copied with the rest so that one sees which row is which: saying the same is no edit.
        if (column.kind === "read-only" && book.text(id, column.id) !== typed.trim()) readOnly.add(column.label);
        edits.push({ id, column: column.id, typed });
      }
    }
    const changed = edit(edits);
    setRange({ at: { row: fits.top, col: fits.left }, to: { row: fits.bottom, col: fits.right } });
    say([`${formatPlural(changed, "cell")} pasted.`, ...leftOut(over, fits, readOnly)].join(" "));
  }

  return { onCopy: copy, onCut: cut, onPaste: paste };
}

function leftOut(over: Block, fits: Block, readOnly: ReadonlySet<string>): string[] {
  const words: string[] = [];
  if (over.bottom > fits.bottom)
    words.push(`${formatCount(over.bottom - fits.bottom)} rows did not fit: the sheet ends here.`);
  if (over.right > fits.right)
    words.push(`${formatCount(over.right - fits.right)} columns did not fit: show more columns first.`);
  if (readOnly.size > 0) words.push(`${[...readOnly].join(", ")} can't be pasted into and stays as it is.`);
  return words;
}

function cellsOf(book: SheetBook, block: Block) {
  const cells: { id: string; column: string }[] = [];
  for (let row = block.top; row <= block.bottom; row++) {
    const id = book.rowAt(row)?.id;
    if (!id) continue;
    for (const column of book.columns.slice(block.left, block.right + 1)) cells.push({ id, column: column.id });
  }
  return cells;
}

/** Text where there is some: spreadsheets write it exactly. Programs that copy a table alone are read by that. */
function readPasted(data: DataTransfer): string[][] | null {
  const text = data.getData("text/plain");
  if (text !== "") return readClipboard(text);
  const table = new DOMParser().parseFromString(data.getData("text/html"), "text/html").querySelector("table");
  if (!table) return null;
  for (const end of table.querySelectorAll("br")) end.replaceWith("\n");
  return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
}
