import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { fieldValue } from "@/lib/catalog/product-changes";
import type { FieldValue } from "@/lib/catalog/product-fields";
import type { ColumnId } from "@/lib/catalog/product-search";
import { getSheetColumns } from "./get-sheet-columns";
import { type SheetCategories, sheetCategories } from "./resolve-category";
import { parseCell, type SheetColumn } from "./sheet-column";
import { type CellEdit, type CellOutcome, MOST_ARCHIVED } from "./sheet-input";

/** A cell that can hold what was typed. */
export interface ReadCell extends CellEdit {
  /** Its place among the cells sent. */
  at: number;
  to: FieldValue;
  sheetColumn: SheetColumn;
}

export interface ReadCells {
  /** By product, in the order of ids. */
  products: [string, ReadCell[]][];
  /** Of the cells sent, by place: those that can't hold what was typed. */
  outcomes: (CellOutcome | undefined)[];
  categories: SheetCategories;
}

/** Reads what was typed into each cell by its column's rules; of a cell that comes twice the last counts. */
export async function readCells(actor: Actor, cells: CellEdit[]): Promise<ReadCells> {
  const ids = [...new Set(cells.map((cell) => cell.column))] as ColumnId[]; // columnId admits no other
  const [columns, categories] = await Promise.all([getSheetColumns(actor, ids), sheetCategories()]);
  const byId = new Map(columns.map((column) => [column.id, column]));
  const outcomes: (CellOutcome | undefined)[] = cells.map(() => undefined);
  const byProduct = new Map<string, Map<string, ReadCell>>();
  for (const [at, cell] of cells.entries()) {
    const sheetColumn = byId.get(cell.column);
    const parsed = sheetColumn ? readCell(sheetColumn, cell.typed, categories) : NO_COLUMN;
    if (!sheetColumn || !parsed.ok) {
      outcomes[at] = { outcome: "invalid", reason: parsed.ok ? "" : parsed.error };
      continue;
    }
    const of = byProduct.get(cell.id) ?? new Map<string, ReadCell>();
    byProduct.set(cell.id, of.set(cell.column, { ...cell, at, to: parsed.value, sheetColumn }));
  }
  refuseMassArchive(byProduct, outcomes);
  const products = [...byProduct].map(([id, of]): [string, ReadCell[]] => [id, [...of.values()]]);
  return { products: products.sort(([a], [b]) => (a < b ? -1 : 1)), outcomes, categories };
}

const NO_COLUMN = { ok: false, error: "A picture is changed on the product's page." } as const;

function readCell(column: SheetColumn, typed: string, categories: SheetCategories) {
  if (column.kind === "field" && column.field === "categoryId") return categories.parse(typed);
  const parsed = parseCell(column, typed);
  if (!parsed.ok || column.kind !== "field") return parsed;
  const checked = fieldValue(column.field).safeParse(parsed.value);
  if (checked.success) return { ok: true as const, value: checked.data };
  return { ok: false as const, error: checked.error.issues[0]?.message ?? "This value does not fit." };
}

/** Archiving many is planned, counted and confirmed by typing; a paste is none of these. */
function refuseMassArchive(byProduct: Map<string, Map<string, ReadCell>>, outcomes: (CellOutcome | undefined)[]) {
  const archiving = [...byProduct.values()].filter((of) => of.get("status")?.to === "archived");
  if (archiving.length <= MOST_ARCHIVED) return;
  const reason = `Archiving ${archiving.length} products at once is confirmed first: tick them in the list and archive them there.`;
  for (const of of archiving) {
    const cell = of.get("status");
    if (cell) outcomes[cell.at] = { outcome: "invalid", reason };
    of.delete("status");
  }
}
