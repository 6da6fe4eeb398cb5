import "server-only";
import { db } from "./client";
import { queryRows } from "./raw";

export interface PictureCounts {
  /** With a file of ours. */
  here: number;
  /** Nobody tried to fetch them yet. */
  waiting: number;
  /** Tried, and not to be had. */
  broken: number;
  /** Bytes of the files that have been looked at; the same file counts for each product that shows it. */
  bytes: number;
  /** Products that aren't archived and show no picture at all. */
  productsWithout: number;
}

/** Counts shown pictures by what there is of them, in two passes over their tables. */
export async function countPictureStates(): Promise<PictureCounts> {
  const [[states], [products]] = await Promise.all([
    queryRows<Omit<PictureCounts, "productsWithout">>(
      db,
      `SELECT count("storagePath") AS "here",
          coalesce(sum(CASE WHEN "storagePath" IS NULL AND "failure" IS NULL THEN 1 ELSE 0 END), 0) AS "waiting",
          coalesce(sum(CASE WHEN "storagePath" IS NULL AND "failure" IS NOT NULL THEN 1 ELSE 0 END), 0) AS "broken",
          CAST(coalesce(sum(CASE WHEN "storagePath" IS NULL THEN 0 ELSE "fileSize" END), 0) AS DOUBLE PRECISION) AS "bytes"
        FROM "ProductImage" WHERE "isActive"`,
    ),
    queryRows<{ without: number }>(
      db,
      `SELECT count(*) AS "without" FROM "Product" p WHERE p."status" <> 'archived' AND NOT EXISTS
        (SELECT 1 FROM "ProductImage" i WHERE i."productId" = p."id" AND i."isActive")`,
    ),
  ]);
  const { here = 0, waiting = 0, broken = 0, bytes = 0 } = states ?? {};
  return { here, waiting, broken, bytes, productsWithout: products?.without ?? 0 };
}
