import "server-only";
import type { Reader, Tx } from "./client";
import { engine } from "./client";
import { execute, queryRows } from "./raw";

/** A row for a set-based statement: one key per column, the same keys in every row of a set. */
export type BulkRow = Record<string, string | number | boolean | null | Date | object>;

/** Rows per statement: one JSON parameter of a few megabytes at most. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * Inserts rows in one statement per 5,000: an array as one JSON parameter, spread by the database.
 * JSON columns take objects as they are; dates are written as each engine keeps them.
 */
export async function insertRows(tx: Tx, table: string, rows: BulkRow[], options: { onConflict?: "nothing" } = {}) {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const conflict = options.onConflict === "nothing" ? " ON CONFLICT DO NOTHING" : "";
  for (const part of chunks(rows)) {
    await execute(
      tx,
      // "WHERE true" keeps SQLite from reading ON CONFLICT as a join condition.
      `INSERT INTO "${table}" (${list(columns)}) SELECT ${list(columns, "r")} FROM ${rowSet(table, columns)} WHERE true${conflict}`,
      toJson(part),
    );
  }
}

/** Inserts rows, or updates `update` columns where `key` columns collide. */
export async function upsertRows(tx: Tx, table: string, key: string[], update: string[], rows: BulkRow[]) {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const sets = update.map((column) => `"${column}" = excluded."${column}"`).join(", ");
  for (const part of chunks(rows)) {
    await execute(
      tx,
      `INSERT INTO "${table}" (${list(columns)}) SELECT ${list(columns, "r")} FROM ${rowSet(table, columns)} WHERE true
       ON CONFLICT (${list(key)}) DO UPDATE SET ${sets}`,
      toJson(part),
    );
  }
}

/** Updates the rows found by `key` columns with the other columns of each row; `raise` columns are incremented. */
export async function updateRows(tx: Tx, table: string, key: string[], rows: BulkRow[], raise: string[] = []) {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const sets = [
    ...columns.filter((column) => !key.includes(column)).map((column) => `"${column}" = r."${column}"`),
    ...raise.map((column) => `"${column}" = "${table}"."${column}" + 1`),
  ].join(", ");
  const match = key.map((column) => `"${table}"."${column}" = r."${column}"`).join(" AND ");
  for (const part of chunks(rows)) {
    await execute(tx, `UPDATE "${table}" SET ${sets} FROM ${rowSet(table, columns)} WHERE ${match}`, toJson(part));
  }
}

/** Deletes the rows found by `key` columns. */
export async function deleteRows(tx: Tx, table: string, key: string[], rows: BulkRow[]) {
  for (const part of chunks(rows)) {
    const match = key.map((column) => `"${table}"."${column}" = r."${column}"`).join(" AND ");
    await execute(
      tx,
      `DELETE FROM "${table}" WHERE EXISTS (SELECT 1 FROM ${rowSet(table, key)} WHERE ${match})`,
      toJson(part),
    );
  }
}

/**
 * Selects from `table` the rows whose key columns are among `keys`, one statement per 5,000.
 * `select` is SQL: column names in quotes.
 */
export async function selectRows<Row>(
  on: Reader,
  table: string,
  select: string,
  key: string,
  keys: string[],
  where = "true",
): Promise<Row[]> {
  const found: Row[] = [];
  for (const part of chunks(keys)) {
    const set =
      engine() === "sqlite"
        ? `(SELECT value AS "key" FROM json_each(?)) k`
        : `(SELECT jsonb_array_elements_text(?::jsonb) AS "key") k`;
    const sql = `SELECT ${select} FROM ${set} JOIN "${table}" ON "${table}"."${key}" = k."key" WHERE ${where}`;
    for (const row of await queryRows<Row>(on, sql, JSON.stringify(part))) found.push(row);
  }
  return found;
}

/** A JSON array of objects as a set of rows named `r`, typed as the table's columns. */
function rowSet(table: string, columns: string[]) {
  if (engine() === "postgresql") return `jsonb_populate_recordset(NULL::"${table}", ?::jsonb) r`;
  const fields = columns.map((column) => `value->>'$.${column}' AS "${column}"`).join(", ");
  return `(SELECT ${fields} FROM json_each(?)) r`;
}

function toJson(rows: BulkRow[]) {
  if (engine() === "postgresql") return JSON.stringify(rows);
  return JSON.stringify(rows, function (key, value) {
    // JSON.stringify hands dates over as text; the row still has the Date.
    const original = (this as Record<string, unknown>)[key];
    return original instanceof Date ? original.getTime() : value;
  });
}

function list(columns: string[], from?: string) {
  return columns.map((column) => (from ? `${from}."${column}"` : `"${column}"`)).join(", ");
}

function* chunks<T>(items: T[]) {
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) yield items.slice(at, at + ROWS_PER_STATEMENT);
}
