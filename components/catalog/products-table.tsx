"use client";

import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { MetafieldId } from "@/lib/catalog/filter/condition";
import { type ColumnId, type ProductSearch, productListHref, type SortId } from "@/lib/catalog/product-search";
import { type MetafieldColumn, type ProductLine, productColumn } from "./columns";
import { TICK_COLUMN } from "./selection-tick";

type Props = {
  rows: ProductLine[];
  columns: ColumnId[];
  metafields: Partial<Record<MetafieldId, MetafieldColumn>>;
  rowHeight: number;
  base: string;
  search: ProductSearch;
  canSelect: boolean;
};

export function ProductsTable({ rows, columns: ids, metafields, rowHeight, base, search, canSelect }: Props) {
  const columns = useMemo(
    () => [...(canSelect ? [TICK_COLUMN] : []), ...ids.map((id) => productColumn(id, metafields))],
    [ids, metafields, canSelect],
  );
  return (
    <DataTable
      label="Products"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHeight={rowHeight}
      sort={{
        by: search.sort,
        dir: search.dir,
        // What a column's head calls it is one of the list's orders.
        href: (by, dir) => productListHref(base, search, { sort: by as SortId, dir }),
      }}
    />
  );
}
