import "server-only";
import type { Tx } from "./client";
import { execute } from "./raw";

/**
 * Holds a product's row until the transaction ends, so that what is read after this can't change before it is
 * written (SQLite's single writer has that anyway). False: there is no such product.
 */
export async function lockProduct(tx: Tx, id: string): Promise<boolean> {
  const rows = await execute(tx, `UPDATE "Product" SET "version" = "version" WHERE "id" = ?`, id);
  return rows === 1;
}
