import { formatCount } from "@/lib/format";

/** So many separators in a row, and the rest of the row is easier to see without them. */
const EMPTY_CELLS = /([,;\t|])\1{7,}/g;

/** A refused row as a screen shows it: its beginning, with long runs of empty cells only counted. */
export function rawExcerpt(raw: string, length: number): string {
  const row = raw.replace(EMPTY_CELLS, (cells, separator: string, at: number) => {
    const isAtEnd = at + cells.length === raw.length;
    const empty = `${separator}⟨${formatCount(cells.length - (isAtEnd ? 0 : 1))} empty cells⟩`;
    return isAtEnd ? empty : `${empty}${separator}`;
  });
  return row.length > length ? `${row.slice(0, length)}…` : row;
}
