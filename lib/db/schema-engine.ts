import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type {
  DiffTarget,
  MigrationList,
  SchemaContainer,
  SchemaFilter,
} from "@prisma/schema-engine-wasm/schema_engine_bg";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import { migrationAdapter } from "./migration-adapters";

/** A Prisma schema: its files with their contents. */
export type Datamodel = SchemaContainer[];

/** Tables that the search index of SQLite keeps for itself: no model speaks of them. */
const UNMODELLED_TABLES = ["", "_data", "_idx", "_docsize", "_config"].map((part) => `product_search_fts${part}`);

function filters(databaseUrl: string): SchemaFilter {
  return { externalTables: isSqlite(databaseUrl) ? UNMODELLED_TABLES : [], externalEnums: [] };
}

function isSqlite(databaseUrl: string) {
  return databaseUrl.startsWith("file:");
}

/** The engine's own module is one per process, however often this one is loaded. */
const holder = globalThis as typeof globalThis & {
  stockroomSchemaEngine?: WebAssembly.Instance;
  PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void };
};

/** Prisma's own loader imports the `.wasm` as a module, which Node does only behind a flag. */
function loadEngine() {
  if (holder.stockroomSchemaEngine) return;
  holder.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      throw new Error(`The schema engine gave up: ${message}`);
    },
  };
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const binary = readFileSync(join(dirname(file), "schema_engine_bg.wasm"));
  const imports: WebAssembly.Imports = { "./schema_engine_bg.js": { ...engineModule } };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
  engineModule.__wbg_set_wasm(instance.exports);
  // The export that wasm-bindgen writes to start a module.
  (instance.exports.__wbindgen_start as () => void)();
  holder.stockroomSchemaEngine = instance;
}

/**
 * Runs `work` with Prisma's schema engine on a database. The engine locks an SQLite file as long as it is open,
 * so it is closed before this returns; nothing else of this process may have the file open meanwhile.
 */
async function withEngine<T>(databaseUrl: string, work: (engine: engineModule.SchemaEngine) => Promise<T>): Promise<T> {
  loadEngine();
  const factory = migrationAdapter(databaseUrl);
  const open: { dispose(): Promise<void> }[] = [];
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    open.push(adapter);
    return adapter;
  };
  const provider = isSqlite(databaseUrl) ? "sqlite" : "postgresql";
  const datamodel = `datasource db {\n  provider = "${provider}"\n}\n`;
  try {
    const engine = await engineModule.SchemaEngine.new(
      { datamodels: [["main.prisma", datamodel]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    for (const adapter of open) await adapter.dispose();
  }
}

/** Applies what the database lacks. Gives the names of the migrations applied. */
export function applyMigrations(databaseUrl: string, migrations: MigrationList) {
  return withEngine(databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrations,
      filters: filters(databaseUrl),
    });
    return appliedMigrationNames;
  });
}

/** Marks a migration that did not finish as undone, so that it is applied anew. */
export function markRolledBack(databaseUrl: string, migrationName: string) {
  return withEngine(databaseUrl, (engine) => engine.markMigrationRolledBack({ migrationName }));
}

/** The SQL that leads from one schema to another, "" for none; `on` is any database of the engine meant, left as it is. */
export function diffDatamodels(on: string, from: Datamodel | null, to: Datamodel) {
  return diff(on, from ? { tag: "schemaDatamodel", files: from } : { tag: "empty" }, to);
}

/** The SQL that would lead from the database as it is to a schema: "" when they agree. */
export function diffDatabase(databaseUrl: string, to: Datamodel) {
  return diff(databaseUrl, { tag: "schemaDatasource", files: to, configDir: "." }, to);
}

function diff(databaseUrl: string, from: DiffTarget, files: Datamodel) {
  return withEngine(databaseUrl, async (engine) => {
    const to: DiffTarget = { tag: "schemaDatamodel", files };
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: filters(databaseUrl) });
    return !stdout || stdout.startsWith("-- This is an empty migration") ? "" : stdout;
  });
}

/** The files of a schema folder, in the order of their names. */
export function readDatamodel(folder: string): Datamodel {
  const names = readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  return names.sort().map((path) => ({ path, content: readFileSync(join(folder, path), "utf8") }));
}
