import type { FieldValue } from "@/lib/catalog/product-fields";
import { editCell, isSameValue, parseCell, type SheetColumn } from "./sheet-column";

/** What a cell holds that is not simply the catalogue's value. */
export interface Mark {
  /** `pending`: goes out by itself; `unsaved`: a save failed, it waits for another try. */
  state: "pending" | "saving" | "saved" | "invalid" | "conflict" | "unsaved";
  /** As the person left it. */
  typed: string;
  /** The stored value that the person saw when they began. */
  from: FieldValue;
  /** Of `invalid` and `unsaved`, in words. */
  reason?: string;
  /** Of a conflict. */
  theirs?: FieldValue;
  /** What is on its way; something else may have been typed since. */
  sent?: string;
}

/** Something typed that the catalogue does not hold yet. */
export function isOpen(mark: Mark | undefined): mark is Mark {
  return mark !== undefined && mark.state !== "saved";
}

/** As a spreadsheet shows a category: only the server knows them all, so what is typed is read there. */
function isReadByServer(column: SheetColumn) {
  return column.kind === "field" && column.field === "categoryId";
}

/** Whether the typed text says what the catalogue holds. */
export function saysSame(column: SheetColumn, typed: string, value: FieldValue, shown: string): boolean {
  if (isReadByServer(column)) return typed.trim() === shown;
  const parsed = parseCell(column, typed);
  return parsed.ok && isSameValue(parsed.value, value);
}

/**
 * The mark of a cell after something was typed into it, or the catalogue's value changed below it; null where nothing
 * is left to say.
 * @param base what the catalogue holds now, `shown` as its text
 */
export function markOf(
  column: SheetColumn,
  { typed, from, reason, state }: Pick<Mark, "typed" | "from"> & Partial<Mark>,
  base: FieldValue,
  shown: string,
): Mark | null {
  if (saysSame(column, typed, base, shown)) return null;
  const parsed = isReadByServer(column) ? { ok: true as const } : parseCell(column, typed);
  if (!parsed.ok) return { state: "invalid", typed, from, reason: parsed.error };
  if (!isSameValue(from, base)) return { state: "conflict", typed, from, theirs: base };
  if (state === "unsaved" || (state === "invalid" && isReadByServer(column))) return { state, typed, from, reason };
  return { state: "pending", typed, from };
}

/** The text of a stored value: what an editor begins with. */
export function textOf(column: SheetColumn, value: FieldValue, categories: ReadonlyMap<string, string>): string {
  if (isReadByServer(column)) return value === null ? "" : (categories.get(String(value)) ?? String(value));
  return editCell(column, value);
}
