import "server-only";
import { engine, type Tx } from "./client";
import { execute, queryRows } from "./raw";

/**
 * Holds a product's row until the transaction ends, so that what is read after this can't change before it is
 * written (SQLite's single writer has that anyway). False: there is no such product.
 */
export async function lockProduct(tx: Tx, id: string): Promise<boolean> {
  const rows = await execute(tx, `UPDATE "Product" SET "version" = "version" WHERE "id" = ?`, id);
  return rows === 1;
}

/** As lockProduct, for many at once; always in the order of ids, so that two never wait for each other. */
export async function lockProducts(tx: Tx, ids: readonly string[]): Promise<void> {
  if (engine() === "sqlite" || ids.length === 0) return;
  await queryRows(
    tx,
    `SELECT "id" FROM "Product" WHERE "id" IN (${ids.map(() => "?").join(", ")}) ORDER BY "id" FOR UPDATE`,
    ...ids,
  );
}
