import type Database from "better-sqlite3";
import type { Cursor } from "@/lib/catalog/cursor";

/** What a catalogue is asked for, taken from the catalogue itself: the same for the same catalogue. */
export interface Sample {
  deepRow: number;
  /** A place somewhat further on with each run. */
  deep: (run: number) => Cursor & { key: string };
  subtree: { id: string; path: string; products: number };
  brand: string;
  words: (run: number) => string;
  code: (run: number) => string;
  letters: string;
  /** One that most products have, and a text that few of its values hold. */
  metafield: { namespace: string; key: string; text: string };
  productId: (run: number) => string;
}

/** Products that the runs take in turn. */
const TAKEN = 200;

interface Product {
  id: string;
  nameKey: string;
  name: string;
  upc: string;
}

/** @throws {Error} when the catalogue holds no products in categories */
export function takeSample(database: Database.Database): Sample {
  const first = <Row>(sql: string, ...parameters: (string | number)[]) => {
    const row = database.prepare<(string | number)[], Row>(sql).get(...parameters);
    if (!row) throw new Error("The catalogue holds nothing to ask for.");
    return row;
  };
  const { products } = first<{ products: number }>(`SELECT count(*) AS "products" FROM "Product"`);
  const deepRow = Math.floor(products / 2);
  const taken = database
    .prepare<[number, number], Product>(
      `SELECT "id", "nameKey", "name", "upc" FROM "Product" ORDER BY "nameKey", "id" LIMIT ? OFFSET ?`,
    )
    .all(Math.min(TAKEN, products - deepRow), deepRow);
  const at = (run: number) => {
    const product = taken[run % taken.length];
    if (!product) throw new Error("The catalogue holds no products.");
    return product;
  };
  return {
    deepRow,
    deep: (run) => ({ key: at(run).nameKey, id: at(run).id, rank: deepRow + (run % taken.length) }),
    subtree: first(
      `SELECT t."id", t."path", count(*) AS "products" FROM "Category" t
       JOIN "Category" c ON c."path" = t."path" OR (c."path" > t."path" || '/' AND c."path" < t."path" || '0')
       JOIN "Product" p ON p."categoryId" = c."id"
       WHERE t."parentId" IS NULL GROUP BY t."id" ORDER BY "products" DESC, t."id" LIMIT 1`,
    ),
    brand: first<{ brand: string }>(
      `SELECT "brand" FROM "Product" WHERE "brand" IS NOT NULL GROUP BY "brand" ORDER BY count(*) DESC, "brand" LIMIT 1`,
    ).brand,
    words: (run) => threeWords(at(run).name),
    code: (run) => at(run).upc,
    metafield: sampleMetafield(database),
    letters: at(0).name.slice(0, 2).toLowerCase(),
    productId: (run) => at(run).id,
  };
}

function sampleMetafield(database: Database.Database) {
  const found = database
    .prepare<[], { namespace: string; key: string; value: string }>(
      `SELECT "namespace", "key", "value" FROM "ProductMetafield"
       WHERE ("namespace", "key") = (SELECT "namespace", "key" FROM "ProductMetafield" GROUP BY 1, 2
         HAVING count(DISTINCT "value") BETWEEN 50 AND 1000 ORDER BY count(*) DESC, 2 LIMIT 1) LIMIT 1`,
    )
    .get();
  if (!found) throw new Error("No metafield has values to choose among.");
  const { namespace, key, value } = found;
  return { namespace, key, text: value.match(/[\p{L}\p{N} -]+/u)?.[0] ?? value };
}

/** Words of letters alone, which every tokeniser takes for the same. */
function threeWords(name: string) {
  return (name.match(/\b[a-z]{3,}\b/gi) ?? []).slice(0, 3).join(" ");
}
