// What staff ask of the catalogue all day, each beside the SQL that answers the same by plain better-sqlite3.
import type Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { listProductHistory } from "@/lib/catalog/product-history";
import { listChildren, openTree } from "@/lib/categories/list-children";
import { BY_NAME, FROM, list, type Question, ROW, rows, SHOWN } from "./question";
import { filterQuestions } from "./read-filters";
import type { Sample } from "./read-sample";
import { searchQuestions } from "./read-searches";

export function questions(database: Database.Database, sample: Sample): Question[] {
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
    ...filterQuestions(database, sample),
    ...searchQuestions(database, sample),
    treePaint(database, sample),
    treeLevel(database, sample),
    productPage(database, sample),
  ];
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

/** The tree as a category's page paints it: the top and every level down to it. */
function treePaint(database: Database.Database, { subtree }: Sample): Question {
  const level = `SELECT "id", "name", "slug" FROM "Category" WHERE "parentId" IS ? ORDER BY "sortOrder", "nameKey", "id"`;
  const statement = database.prepare(level);
  return {
    name: "the tree, opened at a category",
    ours: () => openTree(SYSTEM, subtree.id),
    bare: () => [statement.all(null), statement.all(subtree.id)],
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
