import "server-only";
import type { Reader } from "./client";
import { engine } from "./client";
import { nativeOf } from "./native";

type Parameter = string | number | bigint | boolean | null | Date;

/**
 * Runs a hand-written query; `?` marks parameters on both engines.
 * Integers come back as numbers, so nothing beyond 2^53 may be selected.
 * A plain column comes as through Prisma (Date, boolean, parsed JSON); an expression over one as the engine keeps it.
 */
export async function queryRows<Row>(on: Reader, sql: string, ...parameters: Parameter[]): Promise<Row[]> {
  const native = await nativeOf(on);
  // The caller names the shape of its own SELECT.
  if (native) return native.all(sql, parameters) as Row[];
  const rows = await on.$queryRawUnsafe<Record<string, unknown>[]>(forEngine(sql), ...parameters);
  for (const row of rows) {
    for (const key in row) if (typeof row[key] === "bigint") row[key] = Number(row[key]);
  }
  return rows as Row[];
}

/** Runs a hand-written statement; `?` marks parameters on both engines. Gives the number of rows it touched. */
export async function execute(on: Reader, sql: string, ...parameters: Parameter[]): Promise<number> {
  const native = await nativeOf(on);
  if (native) return native.run(sql, parameters);
  return on.$executeRawUnsafe(forEngine(sql), ...parameters);
}

/** SQLite keeps times as milliseconds since 1970, PostgreSQL as timestamps. */
export function toTime(date: Date): number | string {
  return engine() === "sqlite" ? date.getTime() : date.toISOString();
}

/** `?` to `$1`, `$2` … for PostgreSQL. Statements here hold no `?` in text. */
function forEngine(sql: string) {
  let n = 0;
  return sql.replaceAll("?", () => `$${++n}`);
}
