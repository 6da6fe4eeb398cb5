import "server-only";
import type { Reader, Tx } from "./client";
import { engine } from "./client";
import { nativeOf } from "./native";
import { execute, queryRows } from "./raw";

/** A row for a set-based statement: one key per column, the same keys in every row of a set. JSON columns take objects and arrays. */
export type BulkRow = Record<string, string | number | boolean | null | Date | object>;

/** Rows per statement: one JSON parameter of a few megabytes at most. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * Inserts rows: on SQLite one prepared statement run for each, on PostgreSQL one statement per 5,000, an array as one
 * JSON parameter spread by the database.
 * JSON columns take objects as they are; dates are written as each engine keeps them. Rows of a generator are made one
 * by one: many short-lived ones cost less than as many held at once.
 */
export async function insertRows(
  tx: Tx,
  table: string,
  rows: Iterable<BulkRow>,
  options: { onConflict?: "nothing" } = {},
) {
  const found = begun(rows);
  if (!found) return;
  const columns = Object.keys(found.first);
  const conflict = options.onConflict === "nothing" ? " ON CONFLICT DO NOTHING" : "";
  const native = await nativeOf(tx);
  if (native) {
    native.runEach(
      `INSERT INTO "${table}" (${list(columns)}) VALUES (${marks(columns)})${conflict}`,
      columns,
      found.all,
    );
    return;
  }
  for (const part of chunks([...found.all])) {
    await execute(
      tx,
      // "WHERE true" keeps SQLite from reading ON CONFLICT as a join condition.
      `INSERT INTO "${table}" (${list(columns)}) SELECT ${list(columns, "r")} FROM ${rowSet(table, columns)} WHERE true${conflict}`,
      toJson(part),
    );
  }
}

/** Inserts rows, or updates `update` columns where `key` columns collide. No key may come twice in `rows`. */
export async function upsertRows(tx: Tx, table: string, key: string[], update: string[], rows: BulkRow[]) {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const sets = update.map((column) => `"${column}" = excluded."${column}"`).join(", ");
  const conflict = `ON CONFLICT (${list(key)}) DO UPDATE SET ${sets}`;
  const native = await nativeOf(tx);
  if (native) {
    native.runEach(`INSERT INTO "${table}" (${list(columns)}) VALUES (${marks(columns)}) ${conflict}`, columns, rows);
    return;
  }
  for (const part of chunks(rows)) {
    await execute(
      tx,
      `INSERT INTO "${table}" (${list(columns)}) SELECT ${list(columns, "r")} FROM ${rowSet(table, columns)} WHERE true
       ${conflict}`,
      toJson(part),
    );
  }
}

/** Updates the rows found by `key` columns with the other columns of each row; `raise` columns are incremented. */
export async function updateRows(tx: Tx, table: string, key: string[], rows: BulkRow[], raise: string[] = []) {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const native = await nativeOf(tx);
  const changed = columns.filter((column) => !key.includes(column));
  const sets = [
    ...changed.map((column) => `"${column}" = ${native ? "?" : `r."${column}"`}`),
    ...raise.map((column) => `"${column}" = "${table}"."${column}" + 1`),
  ].join(", ");
  if (native) {
    const where = key.map((column) => `"${column}" = ?`).join(" AND ");
    native.runEach(`UPDATE "${table}" SET ${sets} WHERE ${where}`, [...changed, ...key], rows);
    return;
  }
  const match = key.map((column) => `"${table}"."${column}" = r."${column}"`).join(" AND ");
  for (const part of chunks(rows)) {
    await execute(tx, `UPDATE "${table}" SET ${sets} FROM ${rowSet(table, columns)} WHERE ${match}`, toJson(part));
  }
}

/** Deletes the rows found by `key` columns. */
export async function deleteRows(tx: Tx, table: string, key: string[], rows: BulkRow[]) {
  const native = await nativeOf(tx);
  if (native) {
    const where = key.map((column) => `"${column}" = ?`).join(" AND ");
    native.runEach(`DELETE FROM "${table}" WHERE ${where}`, key, rows);
    return;
  }
  const match = key.map((column) => `"${table}"."${column}" = r."${column}"`).join(" AND ");
  for (const part of chunks(rows)) {
    await execute(tx, `DELETE FROM "${table}" USING ${rowSet(table, key)} WHERE ${match}`, toJson(part));
  }
}

/**
 * Selects from `table` the rows whose `key` column is among `keys`, one statement per 5,000.
 * `select` and `where` are SQL, column names in quotes; times and JSON come as `queryRows` gives them.
 */
export async function selectRows<Row>(
  on: Reader,
  table: string,
  select: string,
  key: string,
  keys: readonly (string | number)[],
  where = "true",
): Promise<Row[]> {
  const found: Row[] = [];
  // A name of its own, so that `select` need not say of which side it speaks.
  const sought = `(SELECT r."${key}" AS "soughtKey" FROM ${rowSet(table, [key])}) k`;
  // CROSS JOIN fixes SQLite's order: from the few keys to the table, by its index.
  const sql = `SELECT ${select} FROM ${sought} CROSS JOIN "${table}" WHERE "${table}"."${key}" = k."soughtKey" AND (${where})`;
  for (const part of chunks(keys)) {
    const set = toJson(part.map((value) => ({ [key]: value })));
    for (const row of await queryRows<Row>(on, sql, set)) found.push(row);
  }
  return found;
}

/** A JSON array of objects as a set of rows named `r`, typed as the table's columns. */
function rowSet(table: string, columns: string[]) {
  if (engine() === "postgresql") return `jsonb_populate_recordset(NULL::"${table}", ?::jsonb) r`;
  const fields = columns.map((column) => `value->>'$.${column}' AS "${column}"`).join(", ");
  return `(SELECT ${fields} FROM json_each(?)) r`;
}

/** Times as each engine keeps them; those within a JSON column's object stay text. */
function toJson(rows: BulkRow[]) {
  if (engine() === "postgresql") return JSON.stringify(rows);
  return JSON.stringify(
    rows.map((row) => {
      const copy: BulkRow = {};
      for (const column in row) {
        const value = row[column] ?? null;
        copy[column] = value instanceof Date ? value.getTime() : value;
      }
      return copy;
    }),
  );
}

/** The first of the rows and all of them, which are made as they are asked for; null when there is none. */
function begun(rows: Iterable<BulkRow>): { first: BulkRow; all: Iterable<BulkRow> } | null {
  if (Array.isArray(rows)) return rows[0] ? { first: rows[0], all: rows } : null;
  const iterator = rows[Symbol.iterator]();
  const { value: first, done } = iterator.next();
  if (done) return null;
  function* all() {
    yield first;
    for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value;
  }
  return { first, all: all() };
}

function marks(columns: string[]) {
  return columns.map(() => "?").join(", ");
}

function list(columns: string[], from?: string) {
  return columns.map((column) => (from ? `${from}."${column}"` : `"${column}"`)).join(", ");
}

function* chunks<T>(items: readonly T[]) {
  for (let at = 0; at < items.length; at += ROWS_PER_STATEMENT) yield items.slice(at, at + ROWS_PER_STATEMENT);
}
