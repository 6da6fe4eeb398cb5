"use client";

import { type RowData, useTable } from "@tanstack/react-table";
import type { CSSProperties } from "react";
import { cn } from "@/lib/class-names";
import { type DataColumn, features } from "./features";
import { type Sort, SortHead } from "./sort-head";
import { useRowKeys } from "./use-row-keys";

type Props<Row extends RowData> = {
  /** What the table shows, for screen readers. */
  label: string;
  /** In the order shown. A stable array, or one made with `useMemo`. */
  columns: DataColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  sort?: Sort;
  /** In pixels; 32 without. */
  rowHeight?: number;
  /** In pixels: narrower places scroll sideways. */
  minWidth?: number;
  /** A column's new width, null its usual one; without it widths are fixed. */
  onResize?: (id: string, width: number | null) => void;
};

/**
 * The one table of every list. Cells that open the row hold a link of the class `row-link`; J and K walk them.
 * Below 640 px a row is two lines, laid out by each column's `phone`.
 */
export function DataTable<Row extends RowData>({ label, columns, rows, rowId, sort, ...layout }: Props<Row>) {
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const body = useRowKeys();
  return (
    <table className="ledger" aria-label={label} style={sizes(layout)}>
      <colgroup>
        {table.getAllLeafColumns().map((column) => (
          <col key={column.id} style={{ width: column.columnDef.meta?.width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {table.getAllLeafColumns().map((column) => (
            <SortHead
              key={column.id}
              meta={column.columnDef.meta}
              sort={sort}
              onResize={layout.onResize && ((width) => layout.onResize?.(column.id, width))}
            />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => {
              const meta = cell.column.columnDef.meta;
              return (
                <td
                  key={cell.id}
                  className={cn(meta?.isNumber && "num", meta?.left !== undefined && "pinned") || undefined}
                  style={meta?.left === undefined ? undefined : { left: meta.left }}
                  data-phone={meta?.phone}
                >
                  <table.FlexRender cell={cell} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sizes({ rowHeight, minWidth }: { rowHeight?: number; minWidth?: number }) {
  // Custom properties are no part of React's own type.
  return { "--row": rowHeight && `${rowHeight}px`, "--ledger-min": minWidth && `${minWidth}px` } as CSSProperties;
}
