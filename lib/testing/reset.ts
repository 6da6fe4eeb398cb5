import Database from "better-sqlite3";
import pg from "pg";
import { env } from "@/lib/env";

/** Rows that the migrations bring, as they bring them. */
const SEED = `INSERT INTO "CatalogueVersion" ("name", "version") VALUES ('categories', 0), ('products', 0)`;

/** Empties all tables, numbering from 1 again. The one place that gets round the audit trail's triggers. */
export async function resetDatabase() {
  const { databaseUrl } = env();
  if (databaseUrl.startsWith("file:")) resetSqlite(databaseUrl.slice("file:".length));
  else await resetPostgres(databaseUrl);
}

function resetSqlite(file: string) {
  const database = new Database(file, { timeout: 5_000 });
  try {
    database.pragma("foreign_keys = OFF");
    database
      .transaction(() => {
        const triggers = database
          .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
          .all();
        for (const { name } of triggers) database.exec(`DROP TRIGGER "${name}"`);
        const tables = database
          .prepare<[], { name: string }>(
            `SELECT name FROM sqlite_master WHERE type = 'table'
             AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'product_search_fts%' AND name <> '_prisma_migrations'`,
          )
          .all();
        for (const { name } of tables) database.exec(`DELETE FROM "${name}"`);
        database.exec("DELETE FROM sqlite_sequence");
        database.exec(`INSERT INTO product_search_fts (product_search_fts) VALUES ('rebuild')`);
        database.exec(SEED);
        for (const { sql } of triggers) database.exec(sql);
      })
      .immediate();
  } finally {
    database.close();
  }
}

async function resetPostgres(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`,
    );
    const tables = rows.map(({ name }) => name);
    const filled = await tablesWithMoreThan(client, 0, tables);
    const isSmall = (await tablesWithMoreThan(client, FEW_ROWS, filled)).length === 0;
    // Truncating makes new files for every table and index: for a few rows that takes longer than the test.
    const emptied = isSmall
      ? `${filled.map((name) => `DELETE FROM ${name};`).join("")}
         SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences
         WHERE schemaname = current_schema() AND last_value IS NOT NULL;`
      : `TRUNCATE ${tables.join(", ")} RESTART IDENTITY;`;
    await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${emptied} ${SEED}; COMMIT`);
  } finally {
    await client.end();
  }
}

/** More are quicker thrown away than deleted one by one. */
const FEW_ROWS = 2_000;

async function tablesWithMoreThan(client: pg.Client, rows: number, tables: string[]): Promise<string[]> {
  if (tables.length === 0) return [];
  const asked = tables.map(
    (name) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM ${name} LIMIT 1 OFFSET ${rows})`,
  );
  const found = await client.query<{ name: string }>(asked.join(" UNION ALL "));
  return found.rows.map(({ name }) => name);
}
