// What staff ask of the catalogue all day, each beside the SQL that answers the same by plain better-sqlite3.
import type Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { type ListQuery, listProducts } from "@/lib/catalog/list-products";
import { listProductHistory } from "@/lib/catalog/product-history";
import { listChildren } from "@/lib/categories/list-children";
import type { Sample } from "./read-sample";

const PAGE = 50;
/** One row more than shown tells whether there is a next page, as in the lists themselves. */
const LIMIT = `LIMIT ${PAGE + 1}`;
/** The most that a screen counts. */
const COUNTED = 10_001;

export interface Question {
  name: string;
  /** Answers through `lib`, as the pages do; `run` counts from 0. */
  ours: (run: number) => Promise<unknown>;
  /** The same rows by the shortest SQL. */
  bare: (run: number) => unknown;
}

const ROW = `p."id", p."sku", p."name", p."brand", p."priceCents", p."inventoryQuantity", p."stockStatus", p."status",
  p."updatedAt", c."name" AS "categoryName", c."path" AS "categoryPath",
  (SELECT i."id" FROM "ProductImage" i WHERE i."productId" = p."id" AND i."isActive" AND i."storagePath" IS NOT NULL
   ORDER BY i."sortOrder" LIMIT 1) AS "picture"`;
const FROM = `"Product" p LEFT JOIN "Category" c ON c."id" = p."categoryId"`;
const SHOWN = `p."status" IN ('draft', 'active')`;
const BY_NAME = `ORDER BY p."nameKey", p."id" ${LIMIT}`;

export function questions(database: Database.Database, sample: Sample): Question[] {
  const list = (query: ListQuery) => listProducts(SYSTEM, { size: PAGE, ...query });
  return [
    {
      name: "first page",
      ours: () => list({}),
      bare: rows(database, `SELECT ${ROW} FROM ${FROM} WHERE ${SHOWN} ${BY_NAME}`, []),
    },
    {
      name: `deep page by cursor, row ${sample.deepRow.toLocaleString("en")}`,
      ours: (run) => list({ after: sample.deep(run) }),
      bare: deepPage(database, sample),
    },
    {
      name: `subtree of ${sample.subtree.products.toLocaleString("en")} products`,
      ours: () => list({ place: { kind: "category", id: sample.subtree.id } }),
      bare: rows(
        database,
        `SELECT ${ROW} FROM ${FROM} WHERE ${SHOWN} AND (c."path" = ? OR (c."path" > ? AND c."path" < ?)) ${BY_NAME}`,
        [sample.subtree.path, `${sample.subtree.path}/`, `${sample.subtree.path}0`],
      ),
    },
    brandAndPrice(database, sample, list),
    ...[
      search(database, "search: three words", sample.words, list),
      search(database, "search: one code", (run) => sample.code(run), list),
      search(database, "search: two letters", () => sample.letters, list),
    ],
    treeLevel(database, sample),
    productPage(database, sample),
  ];
}

type List = (query: ListQuery) => Promise<unknown>;
type Value = string | number;

function rows(database: Database.Database, sql: string, parameters: Value[]) {
  const statement = database.prepare(sql);
  return () => statement.all(parameters);
}

function deepPage(database: Database.Database, sample: Sample) {
  const statement = database.prepare(
    `SELECT ${ROW} FROM ${FROM} WHERE ${SHOWN} AND (p."nameKey", p."id") > (?, ?) ${BY_NAME}`,
  );
  return (run: number) => {
    const { key, id } = sample.deep(run);
    return statement.all(key, id);
  };
}

function brandAndPrice(database: Database.Database, { brand }: Sample, list: List): Question {
  const [from, to] = [500, 2_000];
  const where = `${SHOWN} AND p."brand" = ? AND p."priceCents" BETWEEN ? AND ?`;
  const page = rows(database, `SELECT ${ROW} FROM ${FROM} WHERE ${where} ${BY_NAME}`, [brand, from, to]);
  const count = rows(database, `SELECT count(*) FROM (SELECT 1 FROM "Product" p WHERE ${where} LIMIT ${COUNTED})`, [
    brand,
    from,
    to,
  ]);
  return {
    name: "one brand, 5 to 20 in price",
    ours: () => list({ brand: [brand], priceFrom: from, priceTo: to }),
    bare: () => [page(), count()],
  };
}

/** Beside the ranking of every match by FTS5 itself, and a count as far as screens count. */
function search(database: Database.Database, name: string, typed: (run: number) => string, list: List): Question {
  const from = `"product_search_fts" f JOIN "ProductSearch" s ON s."docId" = f.rowid`;
  const page = database.prepare(
    `SELECT ${ROW} FROM (SELECT s."productId", f.rank FROM ${from} WHERE "product_search_fts" MATCH ? ORDER BY f.rank ${LIMIT}) hit
     JOIN "Product" p ON p."id" = hit."productId" LEFT JOIN "Category" c ON c."id" = p."categoryId" ORDER BY hit.rank`,
  );
  const count = database.prepare(
    `SELECT count(*) FROM (SELECT 1 FROM "product_search_fts" WHERE "product_search_fts" MATCH ? LIMIT ${COUNTED})`,
  );
  return {
    name,
    ours: (run) => list({ q: typed(run) }),
    bare: (run) => {
      const match = `${typed(run).toLowerCase()}*`;
      return [page.all(match), count.all(match)];
    },
  };
}

function treeLevel(database: Database.Database, { subtree }: Sample): Question {
  const children = `SELECT "id", "name", "path" FROM "Category" WHERE "parentId" = ? ORDER BY "sortOrder", "nameKey", "id"`;
  return {
    name: "one level of the tree",
    ours: () => listChildren(SYSTEM, subtree.id),
    bare: rows(database, children, [subtree.id]),
  };
}

function productPage(database: Database.Database, sample: Sample): Question {
  const statements = [
    `SELECT p.*, c."name" AS "categoryName", c."path" AS "categoryPath" FROM ${FROM} WHERE p."id" = ?`,
    `SELECT "id", "type", "code" FROM "ProductCode" WHERE "productId" = ? ORDER BY "type", "id"`,
    `SELECT * FROM "ProductImage" WHERE "productId" = ? AND "isActive" ORDER BY "isFeatured" DESC, "sortOrder", "id"`,
    `SELECT m.*, d."name" AS "definitionName" FROM "ProductMetafield" m LEFT JOIN "MetafieldDefinition" d
     ON d."namespace" = m."namespace" AND d."key" = m."key" WHERE m."productId" = ? ORDER BY m."displayOrder"`,
    `SELECT i.*, f."name" AS "sourceName" FROM "SourceItem" i JOIN "FeedSource" f ON f."id" = i."sourceId" WHERE i."productId" = ?`,
    `SELECT s.*, h."number" FROM "SyncChange" s JOIN "SyncHistory" h ON h."id" = s."runId"
     WHERE s."entity" = 'product' AND s."entityId" = ? AND s."state" IN ('applied', 'reverted') ORDER BY s."id" DESC LIMIT 7`,
    `SELECT * FROM "AuditEntry" WHERE "entity" = 'product' AND "entityId" = ? ORDER BY "id" DESC LIMIT 7`,
  ].map((sql) => database.prepare(sql));
  return {
    name: "a product's page",
    async ours(run) {
      const id = sample.productId(run);
      return [await getProductOrThrow(SYSTEM, id), await listProductHistory(SYSTEM, id, null, 6)];
    },
    bare: (run) => statements.map((statement) => statement.all(sample.productId(run))),
  };
}
