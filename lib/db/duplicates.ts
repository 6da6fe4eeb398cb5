import "server-only";
import { selectRows } from "./bulk";
import { db } from "./client";
import { queryRows } from "./raw";

/** Values that occur more than once, looked up together. */
const VALUES = 1_000;

/** A value and one of the products that hold it. */
export interface Holder {
  value: string;
  /** A code's type; empty for what is no code. */
  type: string;
  productId: string;
}

/** Codes that more than one row holds, `VALUES` at a time, in the order of an index. */
export async function* sharedCodes(column: "gtin14" | "normalized"): AsyncGenerator<Holder[]> {
  for await (const values of sharedValues("ProductCode", column)) {
    const columns = `"ProductCode"."${column}" AS "value", "ProductCode"."type", "ProductCode"."productId"`;
    const where = column === "normalized" ? `"ProductCode"."gtin14" IS NULL` : "true";
    yield selectRows<Holder>(db, "ProductCode", columns, column, values, where);
  }
}

/** Folded names that more than one product has. */
export async function* sharedNames(): AsyncGenerator<Holder[]> {
  for await (const values of sharedValues("Product", "nameKey")) {
    const columns = `"Product"."nameKey" AS "value", '' AS "type", "Product"."id" AS "productId"`;
    yield selectRows<Holder>(db, "Product", columns, "nameKey", values);
  }
}

/**
 * Pictures that more than one product shows: by their file's hash, or by how they look. No index leads there: one look
 * over all pictures, then those of the hashes found.
 */
export async function sharedPictures(column: "fileHash" | "perceptualHash"): Promise<Holder[]> {
  return queryRows<Holder>(
    db,
    `SELECT i."${column}" AS "value", '' AS "type", i."productId" FROM "ProductImage" i
     JOIN (SELECT "${column}" AS "shared" FROM "ProductImage" WHERE "${column}" IS NOT NULL AND "isActive"
       GROUP BY "${column}" HAVING count(*) > 1) s ON s."shared" = i."${column}" WHERE i."isActive"`,
  );
}

async function* sharedValues(table: string, column: string): AsyncGenerator<string[]> {
  for (let after = ""; ; ) {
    const rows = await queryRows<{ value: string }>(
      db,
      `SELECT "${column}" AS "value" FROM "${table}" WHERE "${column}" > ?
       GROUP BY "${column}" HAVING count(*) > 1 ORDER BY "${column}" LIMIT ${VALUES}`,
      after,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => row.value);
    after = last.value;
  }
}

/** What of a product decides whether it can be a duplicate. */
export interface LikelyProduct {
  id: string;
  status: string;
  nameKey: string;
  brandKey: string | null;
}

export function readLikelyProducts(ids: string[]): Promise<LikelyProduct[]> {
  const columns = ["id", "status", "nameKey", "brandKey"].map((column) => `"Product"."${column}"`).join(", ");
  return selectRows(db, "Product", columns, "id", ids);
}
