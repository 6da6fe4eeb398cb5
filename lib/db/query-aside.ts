import "server-only";
import { AppError } from "@/lib/errors";
import { db, engine, readerThreads } from "./client";
import { toSqlite } from "./native";
import { queryRows } from "./raw";

/** Longer than this nobody waits for a list, in milliseconds. */
const LONGEST_MS = 60_000;

/**
 * Like `queryRows` on the shared client, but without holding up the process: SQLite works in the thread that calls it,
 * and some filters read the catalogue from end to end.
 * @throws {AppError} `unavailable` when it takes longer than a minute
 */
export async function queryAside<Row>(sql: string, ...parameters: (string | number | Date)[]): Promise<Row[]> {
  const rows = await ask<Row>(sql, parameters, false);
  if (rows) return rows;
  throw new AppError(
    "unavailable",
    "This list was given up after a minute: its filter has to read too much of the catalogue. Narrow it by a category or a brand, or try again when less is going on.",
  );
}

/**
 * Like `queryAside`, for figures over the whole catalogue: one at a time, so that lists need not wait for them.
 * @throws {AppError} `unavailable` when it takes longer than a minute
 */
export async function queryReport<Row>(sql: string, ...parameters: (string | number | Date)[]): Promise<Row[]> {
  const rows = await ask<Row>(sql, parameters, true);
  if (rows) return rows;
  throw new AppError("unavailable", "Counting took longer than a minute. Try again when less is going on.");
}

async function ask<Row>(sql: string, parameters: (string | number | Date)[], isReport: boolean) {
  if (engine() === "postgresql") return queryRows<Row>(db, sql, ...parameters);
  const rows = await readerThreads().all({ sql, parameters: parameters.map(toSqlite), isReport }, LONGEST_MS);
  return rows as Row[] | null; // the caller names the shape of its own SELECT
}
