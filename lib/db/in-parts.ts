import "server-only";

/** Keys in one `in` of a Prisma query: beyond 998 parameters it opens a transaction, which a reading connection refuses. */
const PART = 500;

/** Reads the rows of many keys, so many at a time. */
export async function inParts<Key, Row>(keys: Iterable<Key>, read: (part: Key[]) => Promise<Row[]>): Promise<Row[]> {
  const all = [...new Set(keys)];
  const rows: Row[] = [];
  for (let at = 0; at < all.length; at += PART) rows.push(...(await read(all.slice(at, at + PART))));
  return rows;
}
