import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { StockroomSqlite, sqliteConnection } from "./sqlite-adapter";

/** How long migrations wait for another process to let go of the SQLite file, in milliseconds. */
const MIGRATION_LOCK_WAIT_MS = 10_000;

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
    // Prisma's own cuts the script at every semicolon, also inside function bodies; sent whole it is one transaction.
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  }
}
