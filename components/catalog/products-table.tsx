"use client";

import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { keepPreference } from "@/components/frame/preference";
import type { MetafieldId } from "@/lib/catalog/filter/condition";
import { WIDTHS_COOKIE, writeWidths } from "@/lib/catalog/list-layout";
import { type ColumnId, type ProductSearch, productListHref, type SortId } from "@/lib/catalog/product-search";
import { type ColumnLayout, layOut } from "./column-layout";
import { type MetafieldColumn, type ProductLine, productColumn } from "./columns";
import { TICK_COLUMN } from "./selection-tick";

type Props = {
  rows: ProductLine[];
  columns: ColumnId[];
  metafields: Partial<Record<MetafieldId, MetafieldColumn>>;
  rowHeight: number;
  layout: ColumnLayout;
  base: string;
  search: ProductSearch;
  canSelect: boolean;
};

export function ProductsTable({ rows, columns: ids, metafields, rowHeight, layout, base, search, canSelect }: Props) {
  const [widths, setWidths] = useState(layout.widths);
  const { columns, minWidth } = useMemo(
    () =>
      layOut(
        canSelect ? [TICK_COLUMN] : [],
        ids.map((id) => productColumn(id, metafields)),
        { widths, pinned: layout.pinned },
      ),
    [ids, metafields, canSelect, widths, layout.pinned],
  );

  function resize(id: string, width: number | null) {
    const { [id as ColumnId]: _, ...others } = widths;
    const next = width === null ? others : { ...others, [id]: width };
    setWidths(next);
    keepPreference(WIDTHS_COOKIE, writeWidths(next));
  }

  return (
    <DataTable
      label="Products"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHeight={rowHeight}
      minWidth={minWidth}
      onResize={resize}
      sort={{
        by: search.sort,
        dir: search.dir,
        // What a column's head calls it is one of the list's orders.
        href: (by, dir) => productListHref(base, search, { sort: by as SortId, dir }),
      }}
    />
  );
}
