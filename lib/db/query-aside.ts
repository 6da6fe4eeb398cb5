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
  if (engine() === "postgresql") return queryRows<Row>(db, sql, ...parameters);
  const rows = await readerThreads().all(sql, parameters.map(toSqlite), LONGEST_MS);
  if (rows) return rows as Row[]; // the caller names the shape of its own SELECT
  throw new AppError(
    "unavailable",
    "This list was given up after a minute: its filter has to read too much of the catalogue. Narrow it by a category or a brand, or try again when less is going on.",
  );
}
