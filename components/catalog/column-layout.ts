import type { DataColumn } from "@/components/data-table/features";
import type { ColumnId } from "@/lib/catalog/product-search";
import type { ProductLine } from "./columns";

/** What a column without a width of its own gets where the table is wider than its place. */
const NAME_WIDTH = 240;

export interface ColumnLayout {
  widths: Partial<Record<ColumnId, number>>;
  pinned: readonly ColumnId[];
}

/**
 * The columns with the person's widths, pinned ones first and each told how far from the left it stays.
 * `leading` are columns before all others, such as the tick; they stay where pinned ones do.
 */
export function layOut(
  leading: DataColumn<ProductLine>[],
  columns: DataColumn<ProductLine>[],
  { widths, pinned }: ColumnLayout,
): { columns: DataColumn<ProductLine>[]; minWidth: number } {
  const isPinned = ({ id }: DataColumn<ProductLine>) => pinned.some((each) => each === id);
  const stays = columns.filter(isPinned);
  const ordered = [...leading, ...stays, ...columns.filter((column) => !isPinned(column))];
  const fixed = stays.length > 0 ? leading.length + stays.length : 0;
  let left = 0;
  const laid = ordered.map((column, at) => {
    const own = widths[column.id as ColumnId];
    const usual = Number.parseInt(column.meta?.width ?? "", 10) || undefined;
    const width = own ?? usual ?? (at < fixed ? NAME_WIDTH : undefined);
    const place = at < fixed ? left : undefined;
    left += width ?? NAME_WIDTH;
    const label = column.meta?.label ?? "";
    const meta = { ...column.meta, label, width: width && `${width}px`, left: place };
    // The same column with another width: spreading a union loses which of its kinds it is.
    return { ...column, meta } as DataColumn<ProductLine>;
  });
  return { columns: laid, minWidth: left };
}
