import type { ProductListRow } from "@/lib/db/product-rows";
import { codecOf } from "@/lib/metafields/types";
import { DETAIL_FIELDS, type DetailColumnId, isDetailColumn } from "../detail-fields";
import { isMetafieldId, type MetafieldId } from "../filter/condition";
import type { MetafieldCell } from "../metafield-columns";
import { type FieldValue, fieldInfo } from "../product-fields";
import type { ColumnId, FixedColumnId } from "../product-search";

/** Numbers stay numbers and times times: a spreadsheet counts and sorts them. */
export type TableCell = string | number | Date | null;

export interface TableColumn {
  header: string;
  /** `money` has two decimals. */
  kind: "text" | "number" | "money" | "time";
  cell(
    row: ProductListRow,
    values: Partial<Record<MetafieldId, MetafieldCell>> | undefined,
    details?: Partial<Record<DetailColumnId, FieldValue>>,
  ): TableCell;
}

const FIXED: Record<Exclude<FixedColumnId, "image" | DetailColumnId>, TableColumn> = {
  sku: { header: "SKU", kind: "text", cell: (row) => row.sku },
  name: { header: "Name", kind: "text", cell: (row) => row.name },
  brand: { header: "Brand", kind: "text", cell: (row) => row.brand },
  price: { header: "Price", kind: "money", cell: (row) => money(row.priceCents) },
  stock: { header: "Stock", kind: "number", cell: (row) => row.inventoryQuantity },
  status: { header: "Status", kind: "text", cell: (row) => row.status },
  category: { header: "Category", kind: "text", cell: (row) => row.categoryPath },
  updated: { header: "Updated", kind: "time", cell: (row) => row.updatedAt },
  compareAt: { header: "Compare at", kind: "money", cell: (row) => money(row.compareAtPriceCents) },
  cost: { header: "Cost", kind: "money", cell: (row) => money(row.costPriceCents) },
  manufacturer: { header: "Manufacturer", kind: "text", cell: (row) => row.manufacturer },
  mpn: { header: "Maker's number", kind: "text", cell: (row) => row.manufacturerPartNumber },
  upc: { header: "UPC or EAN", kind: "text", cell: (row) => row.upc },
  grade: { header: "Quality", kind: "text", cell: (row) => row.grade },
  created: { header: "Added", kind: "time", cell: (row) => row.createdAt },
};

/** The list's columns as a file has them; a picture has nothing to write. */
export function tableColumns(
  ids: readonly ColumnId[],
  metafields: Partial<Record<MetafieldId, { label: string; type: string }>>,
): TableColumn[] {
  return ids.flatMap((id) => {
    if (id === "image") return [];
    if (isDetailColumn(id)) return detailColumn(id);
    if (!isMetafieldId(id)) return FIXED[id];
    const { label, type } = metafields[id] ?? { label: id, type: "single_line_text_field" };
    // A measure is written with its unit, which no number could hold.
    const isNumber = type === "number_integer" || type === "number_decimal";
    return {
      header: label,
      kind: isNumber ? "number" : "text",
      cell: (_, values) => {
        const stored = values?.[id];
        if (!stored) return null;
        return isNumber ? (codecOf(stored.type).toNumber(stored.value) ?? stored.shown) : stored.shown;
      },
    };
  });
}

/** Whole, as it is stored: a description with its tags. */
function detailColumn(id: DetailColumnId): TableColumn {
  const { label, control, unit } = fieldInfo(DETAIL_FIELDS[id]);
  return {
    header: unit ? `${label}, ${unit}` : label,
    kind: control === "integer" ? "number" : "text",
    cell: (_row, _values, details) => details?.[id] ?? null,
  };
}

function money(cents: number | null) {
  return cents === null ? null : cents / 100;
}
