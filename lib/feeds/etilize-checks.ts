import { readRaw } from "./csv";
import type { EtilizeTables } from "./etilize-load";
import { CHILD_TABLES, type RowPlace } from "./etilize-store";
import type { FeedRejection, Place } from "./feed-record";
import { addRows, repeatedRow } from "./rows";

/** So many rows of one rejection are shown as they stand; the others are only counted. */
const MOST_RAW_ROWS = 1000;

/**
 * What only the whole feed shows: product ids that come twice, rows of products that are not there, codes that two
 * products claim. What is refused leaves the store.
 */
export function* checkEtilize(tables: EtilizeTables): Generator<FeedRejection> {
  yield* checkProductIds(tables);
  yield* checkOrphans(tables);
  yield* checkSharedCodes(tables);
}

function* checkProductIds(tables: EtilizeTables): Generator<FeedRejection> {
  const { store, files, refusedIds } = tables;
  for (const productId of store.repeatedProductIds()) {
    const rows = store.productRows(productId);
    const raws = rawsOf(tables, rows);
    const [first] = rows;
    if (!first) continue;
    if (raws.every((raw) => raw === raws[0])) {
      for (const [index, row] of rows.entries()) {
        const file = files[row.file];
        if (index === 0 || !file) continue;
        yield repeatedRow(file, { line: row.line, raw: raws[0] ?? "" }, placeOf(tables, first), String(productId));
      }
      store.dropProductRows(productId, { keepFirst: true });
    } else {
      const reason = `Product id ${productId} appears ${rows.length} times with different content (rows ${linesOf(rows)}). None of them was taken: leave one.`;
      yield refusal(tables, rows, raws, { code: "duplicate_key", column: "productid", reason }, String(productId));
      store.dropProductRows(productId, { keepFirst: false });
      refusedIds.add(productId);
    }
  }
}

function* checkOrphans(tables: EtilizeTables): Generator<FeedRejection> {
  const { store, refusedIds } = tables;
  for (const table of CHILD_TABLES)
    for (const productId of store.orphanIds(table)) {
      const rows = store.children(table, productId);
      const why = refusedIds.has(productId) ? "whose product row was refused" : "which the product file does not have";
      const reason = `${rows.length === 1 ? "A row" : `${rows.length} rows`} of product ${productId}, ${why}.`;
      const raws = rawsOf(tables, rows.slice(0, MOST_RAW_ROWS));
      yield refusal(tables, rows, raws, { code: "no_product", column: "productid", reason }, String(productId));
      store.dropChildren(table, productId);
    }
}

function* checkSharedCodes(tables: EtilizeTables): Generator<FeedRejection> {
  for (const { norm, rows } of tables.store.sharedCodes()) {
    const products = [...new Set(rows.map(({ productId }) => productId))].join(", ");
    const reason = `Code ${rows[0]?.b} is given to several products: ${products} (rows ${linesOf(rows)}). None of them got it.`;
    const raws = rawsOf(tables, rows.slice(0, MOST_RAW_ROWS));
    yield refusal(tables, rows, raws, { code: "duplicate_code", column: "sku", reason }, rows[0]?.b ?? undefined);
    tables.store.dropCode(norm);
  }
}

function refusal(
  tables: EtilizeTables,
  rows: RowPlace[],
  raws: string[],
  problem: { code: string; column: string; reason: string },
  key?: string,
): FeedRejection {
  const counted = {};
  for (const row of rows) addRows(counted, tables.files[row.file]?.name ?? "");
  // The last of them is where a reader of the file stands when it becomes wrong.
  const at = placeOf(tables, rows.at(-1) ?? { file: 0, line: 1, offset: 0, bytes: 0 });
  const raw = raws.join("\n");
  return {
    record: "rejection",
    severity: "error",
    at,
    ...problem,
    key,
    raw,
    counted: { as: "rejected", rows: counted },
  };
}

function rawsOf({ files }: EtilizeTables, rows: RowPlace[]): string[] {
  const raws: string[] = [];
  for (const { file: index, offset, bytes } of rows) {
    const file = files[index];
    if (file) raws.push(readRaw(file, offset, bytes));
  }
  return raws;
}

function linesOf(rows: RowPlace[]) {
  return rows.map(({ line }) => line).join(", ");
}

export function placeOf({ files }: EtilizeTables, row: RowPlace): Place {
  return { file: files[row.file]?.name ?? "", line: row.line };
}
