import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { queryReport } from "@/lib/db/query-aside";

/** Products looked at: beyond, the share of the first ones stands for all. */
const MOST = 20_000;

export interface Completeness {
  /** Products looked at, in the category and below it, archived ones left out. */
  products: number;
  /** Of these, whose completeness is known as they are now. */
  known: number;
  /** Of the known, with everything that is required. */
  complete: number;
  /** There are more products than were looked at. */
  isSample: boolean;
}

/** The share of a category's products that have everything required of them, as the worker has computed it. */
export async function categoryCompleteness(actor: Actor, path: string): Promise<Completeness> {
  assertCan(actor, "catalog:read");
  const [row] = await queryReport<{ products: number; known: number | null; complete: number | null }>(
    `SELECT count(*) AS "products", sum("isKnown") AS "known", sum("isComplete") AS "complete" FROM (
       SELECT CASE WHEN q."version" = p."version" THEN 1 ELSE 0 END AS "isKnown",
         CASE WHEN q."version" = p."version" AND q."missingRequired" = 0 THEN 1 ELSE 0 END AS "isComplete"
       FROM "Category" c JOIN "Product" p ON p."categoryId" = c."id"
       LEFT JOIN "ProductQuality" q ON q."productId" = p."id"
       WHERE (c."path" = ? OR (c."path" > ? AND c."path" < ?)) AND p."status" <> 'archived'
       LIMIT ?) looked`,
    path,
    `${path}/`,
    `${path}0`,
    MOST + 1,
  );
  const { products, known, complete } = row ?? { products: 0, known: 0, complete: 0 };
  const isSample = products > MOST;
  return { products: Math.min(products, MOST), known: Number(known ?? 0), complete: Number(complete ?? 0), isSample };
}
