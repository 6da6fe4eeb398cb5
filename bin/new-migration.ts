// Writes the next migration for both engines: npx tsx bin/new-migration.ts <name>
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrationNames } from "../lib/db/migrations-folder";
import { type Datamodel, diffDatamodels, readDatamodel } from "../lib/db/schema-engine";
import { startPostgres } from "../lib/testing/postgres-server";
import { type Declared, declared, NOTHING_DECLARED, weavePostgres, weaveSqlite } from "../prisma/weave";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const SCHEMAS = { sqlite: "prisma/schema", postgresql: "prisma/generated/postgresql-schema" } as const;
/** The schema and the declared constraints as of a migration, beside it: what the next one is compared with. */
const SNAPSHOT = "schema.prisma";
const DECLARED = "constraints.json";

async function newMigration(engine: "sqlite" | "postgresql", databaseUrl: string, name: string) {
  const base = join(root, "prisma/migrations", engine);
  mkdirSync(base, { recursive: true });
  const lock = join(base, "migration_lock.toml");
  if (!existsSync(lock)) writeFileSync(lock, `provider = "${engine}"\n`);

  const last = migrationNames(base).at(-1);
  const previous: Datamodel | null = last
    ? [{ path: SNAPSHOT, content: readFileSync(join(base, last, SNAPSHOT), "utf8") }]
    : null;
  const before: Declared = last ? JSON.parse(readFileSync(join(base, last, DECLARED), "utf8")) : NOTHING_DECLARED;
  const schema = readDatamodel(join(root, SCHEMAS[engine]));
  const text = schema.map((file) => file.content.trim()).join("\n\n");
  const now = declared(engine, text);

  const script = await diffDatamodels(databaseUrl, previous, schema);
  const woven =
    engine === "sqlite"
      ? weaveSqlite(script, await diffDatamodels(databaseUrl, null, schema), before, now)
      : weavePostgres(script, before, now);

  const folder = join(base, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), woven.trim() ? woven : "-- Nothing changes on this engine.\n");
  writeFileSync(join(folder, SNAPSHOT), `${text}\n`);
  writeFileSync(join(folder, DECLARED), `${JSON.stringify(now, null, 2)}\n`);
}

const words = process.argv[2];
if (!words || !/^[a-z0-9_]+$/.test(words)) {
  console.error("Name the migration in lower case: npx tsx bin/new-migration.ts add_vendor_table");
  process.exit(1);
}
const name = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${words}`;
const server = await startPostgres();
try {
  await newMigration("sqlite", "file::memory:", name);
  await newMigration("postgresql", server.url("postgres"), name);
} finally {
  await server.stop();
}
console.log(`prisma/migrations/{sqlite,postgresql}/${name}`);
