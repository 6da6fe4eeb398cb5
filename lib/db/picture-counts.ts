import "server-only";
import { engine } from "./client";
import { queryAside, queryReport } from "./query-aside";

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

/** Counts shown pictures by what there is of them, each by an index of its own. */
export async function countPictureStates(): Promise<PictureCounts> {
  const [[states], [products]] = await Promise.all([
    queryReport<Omit<PictureCounts, "productsWithout">>(
      `SELECT (SELECT count(*) FROM ${of("here")} WHERE "isActive" AND "storagePath" IS NOT NULL) AS "here",
        (SELECT CAST(coalesce(sum("fileSize"), 0) AS DOUBLE PRECISION) FROM ${of("here")}
          WHERE "isActive" AND "storagePath" IS NOT NULL) AS "bytes",
        (SELECT count(*) FROM ${of("waiting")} WHERE "isActive" AND "storagePath" IS NULL AND "failure" IS NULL) AS "waiting",
        (SELECT count(*) FROM ${of("broken")} WHERE "isActive" AND "failure" IS NOT NULL AND "storagePath" IS NULL) AS "broken"`,
    ),
    queryReport<{ without: number }>(
      // Two indexes in the order of products, side by side.
      `SELECT count(*) AS "without" FROM (SELECT p."id" FROM ${everyProduct()} WHERE p."status" <> 'archived'
        EXCEPT SELECT "productId" FROM ${of("shown")} WHERE "isActive" ORDER BY 1) without`,
    ),
  ]);
  const { here = 0, waiting = 0, broken = 0, bytes = 0 } = states ?? {};
  return { here, waiting, broken, bytes, productsWithout: products?.without ?? 0 };
}

/** Ids of shown pictures that can't be had, from behind `after`; of a million pictures few are. */
export async function selectBrokenPictures(after: number, limit: number): Promise<number[]> {
  const rows = await queryAside<{ id: number }>(
    `SELECT "id" FROM ${of("broken")} WHERE "isActive" AND "failure" IS NOT NULL AND "storagePath" IS NULL AND "id" > ?
     ORDER BY "id" LIMIT ?`,
    after,
    limit,
  );
  return rows.map(({ id }) => id);
}

// SQLite, which has no statistics, is told what to read; PostgreSQL finds it.
function of(state: "here" | "waiting" | "broken" | "shown") {
  return engine() === "sqlite" ? `"ProductImage" INDEXED BY "ProductImage_${state}"` : `"ProductImage"`;
}

function everyProduct() {
  return engine() === "sqlite" ? `"Product" p INDEXED BY "Product_facts"` : `"Product" p`;
}
