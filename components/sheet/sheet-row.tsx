"use client";

import { memo, useSyncExternalStore } from "react";
import { cn } from "@/lib/class-names";
import type { Mark } from "@/lib/sheet/cell-mark";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import type { SheetColumn } from "@/lib/sheet/sheet-column";
import { CellEditor, type Editing } from "./cell-editor";
import { cellAria, rowAria, rowHeadAria } from "./grid-aria";
import { showCell } from "./show-cell";

type Props = {
  book: SheetBook;
  id: string;
  index: number;
  top: number;
  height: number;
  /** The column one is in; -1 in other rows. */
  activeCol: number;
  /** Columns selected in this row, from -1 to -1 where none is. */
  from: number;
  to: number;
  /** The selection's last corner, which is dragged to fill; -1 in other rows. */
  cornerCol: number;
  /** Where a drag would fill. */
  isFillTarget: boolean;
  editing: Editing | null;
};

/** Cells' left edges stay in sight while the sheet is scrolled sideways: the number and the SKU. */
export const GUTTER = 48;

const MARKS: Record<Mark["state"], { className: string; words: string } | null> = {
  pending: { className: "mark-pending", words: "not saved yet" },
  saving: { className: "mark-pending", words: "being saved" },
  saved: { className: "mark-saved", words: "saved" },
  invalid: { className: "mark-invalid", words: "can't be saved" },
  conflict: { className: "mark-conflict", words: "changed by somebody else" },
  unsaved: { className: "mark-unsaved", words: "not saved" },
};

export const SheetRow = memo(function SheetRow({ book, id, index, top, height, editing, ...at }: Props) {
  useSyncExternalStore(
    (listener) => book.subscribeRow(id, listener),
    () => book.rowVersion(id),
  );
  return (
    <div {...rowAria(index)} className="sheet-row" style={{ transform: `translateY(${top}px)`, height }}>
      <div {...rowHeadAria(index)} className="sheet-gutter">
        {index + 1}
      </div>
      {book.columns.map((column, col) => (
        <Cell
          key={column.id}
          book={book}
          id={id}
          column={column}
          index={index}
          col={col}
          isActive={at.activeCol === col}
          isSelected={col >= at.from && col <= at.to}
          isCorner={at.cornerCol === col}
          isFillTarget={at.isFillTarget && col >= at.from && col <= at.to}
          editing={at.activeCol === col ? editing : null}
        />
      ))}
    </div>
  );
});

type CellProps = {
  book: SheetBook;
  id: string;
  column: SheetColumn;
  index: number;
  col: number;
  isActive: boolean;
  isSelected: boolean;
  isCorner: boolean;
  isFillTarget: boolean;
  editing: Editing | null;
};

function Cell({ book, id, column, index, col, isActive, isSelected, isCorner, isFillTarget, editing }: CellProps) {
  const mark = book.mark(id, column.id);
  const look = mark ? MARKS[mark.state] : null;
  const reason = mark?.reason ?? (mark?.state === "conflict" ? theirsWords(book, column, mark) : undefined);
  return (
    <div
      {...cellAria(col, {
        isActive,
        isSelected,
        isReadOnly: column.kind === "read-only",
        isWrong: mark?.state === "invalid" || mark?.state === "conflict",
      })}
      data-row={index}
      data-col={col}
      data-active={isActive || undefined}
      title={editing ? undefined : reason}
      className={cn(
        "sheet-cell",
        column.isNumber && "num",
        column.kind === "read-only" && "text-muted",
        col === 0 && "sheet-pinned",
        isSelected && "is-selected",
        isFillTarget && "is-fill",
        isActive && "is-active",
        look?.className,
      )}
      style={{ width: column.width, left: col === 0 ? GUTTER : undefined }}
    >
      {editing ? (
        <CellEditor book={book} id={id} column={column} editing={editing} />
      ) : (
        <>
          <span className={cn("truncate", column.id === "sku" && "mono")}>{showCell(book, id, column)}</span>
          {look && <span className="sr-only">, {reason ? `${look.words}: ${reason}` : look.words}</span>}
          {isCorner && <span aria-hidden data-fill className="sheet-fill" />}
        </>
      )}
    </div>
  );
}

function theirsWords(book: SheetBook, column: SheetColumn, { theirs = null }: Mark) {
  return `Somebody else made this ${book.textOfValue(column.id, theirs) || "empty"}.`;
}
