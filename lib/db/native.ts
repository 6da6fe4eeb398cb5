import "server-only";
import { performance } from "node:perf_hooks";
import type Database from "better-sqlite3";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { type Reader, sqliteOf } from "./client";

/** Statements kept prepared per connection. */
const STATEMENTS_KEPT = 300;

/**
 * SQLite's own connection behind a client or transaction, for hand-written and bulk SQL: the statements run inside the
 * same transaction, without Prisma's cost per parameter and row. Null on PostgreSQL.
 */
export async function nativeOf(on: Reader): Promise<NativeSqlite | null> {
  const connection = await sqliteOf(on);
  if (!connection) return null;
  let native = natives.get(connection);
  if (!native) {
    native = new NativeSqlite(connection);
    natives.set(connection, native);
  }
  return native;
}

const natives = new WeakMap<Database.Database, NativeSqlite>();

type Bindable = string | number | bigint | boolean | null | Date | object | undefined;

/** Prepared statements on one connection; integers come back as numbers. */
export class NativeSqlite {
  readonly #statements = new Map<string, Database.Statement>();
  readonly #logs = env().STOCKROOM_SQL_LOG === "on";

  constructor(private readonly connection: Database.Database) {}

  all(sql: string, parameters: readonly Bindable[]): unknown[] {
    return this.#timed(sql, 1, () => this.#prepare(sql).all(parameters.map(toSqlite)));
  }

  run(sql: string, parameters: readonly Bindable[]): number {
    return this.#timed(sql, 1, () => this.#prepare(sql).run(parameters.map(toSqlite)).changes);
  }

  /** Runs one statement for each row, its parameters taken from the columns named. */
  runEach(sql: string, columns: readonly string[], rows: Iterable<Readonly<Record<string, Bindable>>>) {
    this.#timed(sql, 1, () => {
      const statement = this.#prepare(sql);
      const parameters: ReturnType<typeof toSqlite>[] = columns.map(() => null);
      for (const row of rows) {
        for (let at = 0; at < columns.length; at++) parameters[at] = toSqlite(row[columns[at] ?? ""]);
        statement.run(parameters);
      }
    });
  }

  /** Runs one query of at most one row for each set of parameters; undefined where there is none. */
  getEach<Row>(sql: string, parameters: readonly (readonly Bindable[])[]): (Row | undefined)[] {
    return this.#timed(sql, parameters.length, () => {
      const statement = this.#prepare(sql);
      // The caller names the shape of its own SELECT.
      return parameters.map((set) => statement.get(...set) as Row | undefined);
    });
  }

  #prepare(sql: string) {
    let statement = this.#statements.get(sql);
    if (statement) return statement;
    statement = this.connection.prepare(sql).safeIntegers(false);
    if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  #timed<T>(sql: string, times: number, work: () => T): T {
    if (!this.#logs) return work();
    const started = performance.now();
    const result = work();
    log.debug("sql.executed", { sql, times, milliseconds: Math.round((performance.now() - started) * 100) / 100 });
    return result;
  }
}

/** Values as Prisma's adapter stores them: times as milliseconds since 1970, booleans as 0 and 1, JSON as text. */
export function toSqlite(value: Bindable): string | number | bigint | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "object") return value;
  return value instanceof Date ? value.getTime() : JSON.stringify(value);
}
