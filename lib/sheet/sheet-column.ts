import { DETAIL_FIELDS } from "@/lib/catalog/detail-fields";
import { type MetafieldId, metafieldOf } from "@/lib/catalog/filter/condition";
import { editField, type FieldValue, type ProductField, parseField } from "@/lib/catalog/product-fields";
import type { FixedColumnId } from "@/lib/catalog/product-search";
import { codecOf, parseMetafield, type Rules } from "@/lib/metafields/types";

/** What of the table's columns is a field that people edit. */
const FIELD_OF: Partial<Record<FixedColumnId, ProductField>> = {
  name: "name",
  brand: "brand",
  price: "priceCents",
  stock: "inventoryQuantity",
  status: "status",
  category: "categoryId",
  compareAt: "compareAtPriceCents",
  cost: "costPriceCents",
  manufacturer: "manufacturer",
  mpn: "manufacturerPartNumber",
  ...DETAIL_FIELDS,
};

/** Why the others are only read, in words. */
const READ_ONLY: Partial<Record<FixedColumnId, string>> = {
  sku: "The SKU is the product's own key: nobody changes it.",
  upc: "Codes are changed on the product's page.",
  grade: "The grade follows from the product's values.",
  updated: "This follows from what is changed.",
  created: "This follows from when it was made.",
};

/** A column of the sheet: what is written into, and how what is typed there is read. */
export type SheetColumn = { id: string; label: string; width: number; isNumber: boolean } & (
  | { kind: "read-only"; why: string }
  | { kind: "field"; field: ProductField }
  | { kind: "metafield"; field: MetafieldId; type: string; rules: Rules }
);

/** The field behind a column of the product's own; null for one that is only read. */
export function fieldOfColumn(id: string): ProductField | null {
  return Object.hasOwn(FIELD_OF, id) ? (FIELD_OF[id as FixedColumnId] ?? null) : null; // checked in the line itself
}

export function whyReadOnly(id: FixedColumnId): string {
  return READ_ONLY[id] ?? "This is changed on the product's page.";
}

/** What a change of the column is called in histories and source maps. */
export function changeOf(column: SheetColumn): string {
  if (column.kind === "metafield") {
    const { namespace, key } = metafieldOf(column.field);
    return `metafield:${namespace}.${key}`;
  }
  return column.kind === "field" ? column.field : column.id;
}

export type ParsedCell = { ok: true; value: FieldValue } | { ok: false; error: string };

/**
 * Reads what a person typed or pasted into a cell; empty takes the value away. Categories are read by the server, which
 * knows them all (`resolve-category.ts`).
 */
export function parseCell(column: SheetColumn, typed: string): ParsedCell {
  switch (column.kind) {
    case "read-only":
      return { ok: false, error: column.why };
    case "metafield":
      if (typed.trim() === "") return { ok: true, value: null };
      return parseMetafield(column.type, typed, column.rules);
    case "field":
      return column.field === "status" ? parseStatus(typed) : parseField(column.field, plainMoney(column, typed));
    default:
      return column satisfies never;
  }
}

const STATUSES: readonly string[] = ["draft", "active", "archived"];

function parseStatus(typed: string): ParsedCell {
  const value = typed.trim().toLowerCase();
  return STATUSES.includes(value)
    ? { ok: true, value }
    : { ok: false, error: "Enter draft, active or archived: there is no other status." };
}

/** Spreadsheets copy prices with their sign. */
function plainMoney(column: SheetColumn, typed: string): string {
  const isMoney = column.kind === "field" && column.field.endsWith("Cents");
  return isMoney ? typed.replace(/^\s*[$€£¥]\s*|\s*[$€£¥]\s*$/g, "") : typed;
}

/** What an editor begins with and the clipboard gets: read back it gives the same value. */
export function editCell(column: SheetColumn, value: FieldValue): string {
  if (value === null) return "";
  if (column.kind === "metafield") return codecOf(column.type).edit(String(value));
  return column.kind === "field" ? editField(column.field, value) : String(value);
}

/** Descriptions and empty metafields hold "" where others say null. */
export function isSameValue(a: FieldValue, b: FieldValue): boolean {
  return a === b || ((a ?? "") === "" && (b ?? "") === "");
}
