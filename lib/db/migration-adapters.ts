import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import pg from "pg";
import { SQLITE_NOW, StockroomSqlite, sqliteConnection } from "./sqlite-adapter";

/** How long migrations wait for another process to let go of the SQLite file, in milliseconds. */
const MIGRATION_LOCK_WAIT_MS = 10_000;
/** PostgreSQL's number of its internal type "char". */
const INTERNAL_CHAR = 18;

/** The adapter that the schema engine works through: each migration script is one transaction on both engines. */
export function migrationAdapter(databaseUrl: string): SqlMigrationAwareDriverAdapterFactory {
  return databaseUrl.startsWith("file:") ? new MigratingSqlite(databaseUrl) : new MigratingPostgres(databaseUrl);
}

class MigratingSqlite extends StockroomSqlite {
  constructor(url: string) {
    super(url, { readOnly: false, busyTimeoutMs: MIGRATION_LOCK_WAIT_MS });
  }

  override async connect() {
    const adapter = await super.connect();
    const client = sqliteConnection(adapter);
    // The engine asks for an index by name in double quotes, which this build of SQLite takes for a column.
    rewriteQueries(adapter, (sql) => sql.replace(/ AND name = "(\w+)"/, " AND name = '$1'"));
    readDefaultTimes(adapter);
    adapter.executeScript = async (script) => {
      // Off before the transaction (inside it the pragma does nothing): dropping a redefined table would delete its children.
      client.pragma("foreign_keys = OFF");
      try {
        client.transaction(() => {
          client.exec(script);
          const broken = client.pragma("foreign_key_check") as unknown[];
          if (broken.length > 0) throw new Error(`the migration leaves ${broken.length} rows without their parent`);
        })();
      } finally {
        client.pragma("foreign_keys = ON");
      }
    };
    return adapter;
  }
}

class MigratingPostgres extends PrismaPg {
  constructor(url: string) {
    super({ connectionString: url, max: 2 });
  }

  override async connect() {
    const adapter = await super.connect();
    const pool = Reflect.get(adapter, "client") as pg.Pool;
    readInternalChars(adapter);
    // NOT NULL is a constraint of its own since PostgreSQL 18, unknown to the engine.
    rewriteQueries(adapter, (sql) =>
      sql.replace("contype NOT IN ('p', 'u', 'f')", "contype NOT IN ('p', 'u', 'f', 'n')"),
    );
    // Prisma's own cuts the script at every semicolon, also inside function bodies; sent whole it is one transaction.
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  }
}

/** Shows the engine the default that its schema speaks of where the migrations wrote ours. */
function readDefaultTimes(adapter: SqlDriverAdapter) {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const at = result.columnNames.indexOf("dflt_value");
    for (const row of result.rows) if (row[at] === SQLITE_NOW) row[at] = "CURRENT_TIMESTAMP";
    return result;
  };
}

function rewriteQueries(adapter: SqlDriverAdapter, rewrite: (sql: string) => string) {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = (query) => queryRaw({ ...query, sql: rewrite(query.sql) });
}

/** The engine asks for columns of PostgreSQL's internal type "char", which the adapter can't read. */
function readInternalChars(adapter: SqlDriverAdapter) {
  const performIO = Reflect.get(adapter, "performIO") as (query: SqlQuery) => Promise<pg.QueryResult>;
  const charsOf = new WeakMap<SqlQuery, number[]>();
  Reflect.set(adapter, "performIO", async (query: SqlQuery) => {
    const result = await performIO.call(adapter, query);
    const chars = [...result.fields.keys()].filter((at) => result.fields[at]?.dataTypeID === INTERNAL_CHAR);
    for (const at of chars) Object.assign(result.fields[at] ?? {}, { dataTypeID: pg.types.builtins.BPCHAR });
    charsOf.set(query, chars);
    return result;
  });
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const at of charsOf.get(query) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
}
