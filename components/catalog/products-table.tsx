"use client";

import { useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { type ColumnId, type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { PRODUCT_COLUMNS, type ProductLine } from "./columns";

type Props = {
  rows: ProductLine[];
  columns: ColumnId[];
  rowHeight: number;
  base: string;
  search: ProductSearch;
};

export function ProductsTable({ rows, columns: ids, rowHeight, base, search }: Props) {
  const columns = useMemo(() => ids.map((id) => PRODUCT_COLUMNS[id]), [ids]);
  const sorts: Record<string, ProductSearch["sort"]> = {
    name: "name",
    sku: "sku",
    brand: "brand",
    price: "price",
    stock: "stock",
    updated: "updated",
  };
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
        href: (by, dir) => productListHref(base, search, { sort: sorts[by], dir }),
      }}
    />
  );
}
