import { firstWords } from "@/lib/catalog/detail-fields";
import { fieldInfo } from "@/lib/catalog/product-fields";
import { formatCents, formatCount, formatShortDateTime, NOTHING } from "@/lib/format";
import { codecOf } from "@/lib/metafields/types";
import { isOpen } from "@/lib/sheet/cell-mark";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import type { SheetColumn } from "@/lib/sheet/sheet-column";

/** What a cell shows while nobody writes in it. */
export function showCell(book: SheetBook, id: string, column: SheetColumn): string {
  const mark = book.mark(id, column.id);
  return isOpen(mark) ? mark.typed : showValue(book, column, book.value(id, column.id));
}

function showValue(book: SheetBook, column: SheetColumn, value: string | number | null): string {
  if (value === null || value === "") return NOTHING;
  if (column.kind === "metafield") return codecOf(column.type).display(String(value));
  if (column.kind === "read-only") {
    const isTime = column.id === "updated" || column.id === "created";
    return isTime ? formatShortDateTime(new Date(value), new Date()) : String(value);
  }
  if (column.field.endsWith("Cents")) return formatCents(Number(value));
  if (fieldInfo(column.field).control === "integer") return formatCount(Number(value));
  if (column.field === "description" || column.field === "shortDescription") return firstWords(String(value));
  return book.textOfValue(column.id, value);
}
