import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, engine, type Reader, transaction } from "@/lib/db/client";
import { execute, queryRows } from "@/lib/db/raw";
import { readCounts } from "./category-tree";
import type { ProductCounts } from "./product-counts";
import { type CategoryTree, readTree } from "./read-tree";

export interface CountDifference {
  path: string;
  what: "directly in it" | "in it and below it" | "path" | "level" | "reached from the top";
  shown: number | string;
  right: number | string;
}

export interface CheckedCounts {
  categories: number;
  products: number;
  differences: CountDifference[];
}

interface Recounted {
  id: string;
  path: string;
  level: number;
  rightPath: string | null;
  rightLevel: number | null;
  own: number;
  subtree: number;
}

/**
 * Counts every category's products anew, from the products up along the parents, and compares it with what the screens
 * derive; the addresses and levels too. All of it reads one state of the database, whatever is imported meanwhile.
 */
export async function checkCounts(actor: Actor): Promise<CheckedCounts> {
  assertCan(actor, "catalog:read");
  for (let look = 0; look < LOOKS; look++) {
    const before = await versions(db);
    const checked = await checkOn(db);
    if ((await versions(db)) === before) return checked;
  }
  // Something changes all the time: it waits for one look.
  return transaction(async (tx) => {
    if (engine() === "postgresql") await execute(tx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    return checkOn(tx);
  });
}

/** Tries to find a moment in which nothing changes, before others are made to wait. */
const LOOKS = 3;

async function checkOn(on: Reader): Promise<CheckedCounts> {
  const tree = await readTree(on);
  const counts = await readCounts(on, tree);
  const right = await recount(on);
  return { categories: right.length, products: counts.all, differences: compare(tree, counts, right) };
}

/** Raised by every change of a category or product, in its transaction. */
async function versions(on: Reader) {
  const rows = await on.catalogueVersion.findMany({ select: { name: true, version: true }, orderBy: { name: "asc" } });
  return rows.map(({ name, version }) => `${name} ${version}`).join();
}

function compare(tree: CategoryTree, counts: ProductCounts, right: Recounted[]) {
  const found: CountDifference[] = [];
  for (const row of right) {
    const add = (what: CountDifference["what"], shown: number | string, is: number | string) => {
      if (shown !== is) found.push({ path: row.path, what, shown, right: is });
    };
    const isReached = row.rightPath !== null && tree.byId.has(row.id);
    add("reached from the top", isReached ? "yes" : "no", "yes");
    add("directly in it", counts.own.get(row.id) ?? 0, row.own);
    add("in it and below it", counts.subtree.get(row.id) ?? 0, row.subtree);
    if (row.rightPath !== null) add("path", row.path, row.rightPath);
    if (row.rightLevel !== null) add("level", row.level, row.rightLevel);
  }
  return found;
}

/** Deeper than any tree; so that a cycle is told and not walked for ever. */
const DEEPEST = 1_000;

/** Along the parents, not the stored addresses: another way than the screens'. A category in a cycle is never reached. */
function recount(on: Reader): Promise<Recounted[]> {
  return queryRows<Recounted>(
    on,
    `WITH RECURSIVE walk AS (
       SELECT "id", "slug" AS "rightPath", 0 AS "rightLevel" FROM "Category" WHERE "parentId" IS NULL
       UNION ALL
       SELECT c."id", w."rightPath" || '/' || c."slug", w."rightLevel" + 1
       FROM walk w JOIN "Category" c ON c."parentId" = w."id"
     ),
     own AS (
       SELECT "categoryId" AS "id", count(*) AS "products" FROM "Product"
       WHERE "categoryId" IS NOT NULL AND "status" <> 'archived' GROUP BY "categoryId"
     ),
     upwards AS (
       SELECT "id" AS "at", "products", 0 AS "steps" FROM own
       UNION ALL
       SELECT c."parentId", u."products", u."steps" + 1 FROM upwards u JOIN "Category" c ON c."id" = u."at"
       WHERE c."parentId" IS NOT NULL AND u."steps" < ${DEEPEST}
     ),
     subtree AS (SELECT "at" AS "id", sum("products") AS "products" FROM upwards GROUP BY "at")
     SELECT c."id", c."path", c."level", w."rightPath", w."rightLevel",
       CAST(coalesce(own."products", 0) AS INTEGER) AS "own",
       CAST(coalesce(subtree."products", 0) AS INTEGER) AS "subtree"
     FROM "Category" c LEFT JOIN walk w ON w."id" = c."id"
     LEFT JOIN own ON own."id" = c."id" LEFT JOIN subtree ON subtree."id" = c."id"
     ORDER BY c."path"`,
  );
}
