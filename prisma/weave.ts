import { SQLITE_NOW } from "../lib/db/sqlite-adapter";
import { CHECKS, type Checks, EXTRAS, type Extra } from "./constraints";

/** What the database holds beyond Prisma's own words. Kept beside each migration, so that the next one sees what changed. */
export interface Declared {
  checks: Checks;
  extras: Extra[];
}

export const NOTHING_DECLARED: Declared = { checks: {}, extras: [] };

/** What the constraints file and the schema's enums declare now. */
export function declared(engine: "sqlite" | "postgresql", schema: string): Declared {
  // PostgreSQL has enum types of its own.
  const checks = engine === "sqlite" ? mergeChecks(CHECKS, enumChecks(schema)) : CHECKS;
  return { checks, extras: EXTRAS.filter((extra) => extra.create[engine]) };
}

/** CHECKs that hold SQLite's text columns to their enum's values. */
export function enumChecks(schema: string): Checks {
  const enums = new Map<string, string[]>();
  for (const [, name = "", body = ""] of schema.matchAll(/^enum (\w+) \{([^}]*)\}/gm)) {
    enums.set(
      name,
      body
        .replace(/\/\/.*$/gm, "")
        .split(/\s+/)
        .filter(Boolean),
    );
  }
  const checks: Checks = {};
  for (const [, model = "", body = ""] of schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)) {
    for (const [, field = "", type = ""] of body.matchAll(/^ {2}(\w+) +(\w+)\??/gm)) {
      const values = enums.get(type);
      if (!values) continue;
      checks[model] ??= {};
      checks[model][`${field}_enum`] = `"${field}" IN (${values.map((value) => `'${value}'`).join(", ")})`;
    }
  }
  return checks;
}

/**
 * Adds to Prisma's script what the schema can't say. SQLite can't add a CHECK to a table that stands:
 * such a table is redefined, for which `whole` is the script that makes the new schema from nothing.
 */
export function weaveSqlite(script: string, whole: string, before: Declared, now: Declared): string {
  const stale = Object.keys({ ...before.checks, ...now.checks }).filter(
    (table) =>
      JSON.stringify(before.checks[table] ?? {}) !== JSON.stringify(now.checks[table] ?? {}) &&
      whole.includes(`CREATE TABLE "${table}" (`) &&
      !script.includes(`CREATE TABLE "${table}" (`) &&
      !script.includes(`CREATE TABLE "new_${table}" (`),
  );
  const full = [script.trim(), ...stale.map((table) => redefinition(table, whole))].filter(Boolean).join("\n\n");
  const redefined = new Set([...full.matchAll(/^CREATE TABLE "new_(\w+)" \(/gm)].map(([, table]) => table));
  const woven = full
    // Prisma writes a JSON column's default without quotes, which SQLite can't read.
    .replace(/JSONB NOT NULL DEFAULT (\{\}|\[\])/g, "JSONB NOT NULL DEFAULT '$1'")
    .replaceAll("DEFAULT CURRENT_TIMESTAMP", `DEFAULT (${SQLITE_NOW})`)
    .replace(/^CREATE TABLE "(new_)?(\w+)" \(\n([\s\S]*?)\n\);/gm, (_, prefix = "", table: string, columns: string) => {
      const checks = Object.entries(now.checks[table] ?? {}).map(
        ([name, expression]) => `    CONSTRAINT "${checkName(table, name)}" CHECK (${expression})`,
      );
      return `CREATE TABLE "${prefix}${table}" (\n${[columns, ...checks].join(",\n")}\n);`;
    });
  return joinScript([
    ...extraDrops("sqlite", before, now, redefined),
    woven,
    ...extraCreates("sqlite", before, now, redefined),
  ]);
}

/** Adds to Prisma's script what the schema can't say; text is compared byte by byte, as SQLite does. */
export function weavePostgres(script: string, before: Declared, now: Declared): string {
  const woven = script
    .trim()
    .replace(/^(\s+"\w+" TEXT)(?= |,|$)/gm, '$1 COLLATE "C"')
    .replace(/(ADD COLUMN\s+"\w+" TEXT|SET DATA TYPE TEXT)(?= |,|;|$)/gm, '$1 COLLATE "C"');
  const drops: string[] = [];
  const adds: string[] = [];
  for (const table of new Set([...Object.keys(before.checks), ...Object.keys(now.checks)])) {
    const old = before.checks[table] ?? {};
    const next = now.checks[table] ?? {};
    for (const name of Object.keys(old)) {
      if (old[name] !== next[name]) drops.push(`ALTER TABLE "${table}" DROP CONSTRAINT "${checkName(table, name)}";`);
    }
    for (const [name, expression] of Object.entries(next)) {
      if (old[name] === expression) continue;
      adds.push(`ALTER TABLE "${table}" ADD CONSTRAINT "${checkName(table, name)}" CHECK (${expression});`);
    }
  }
  const none = new Set<string>();
  return joinScript([
    ...extraDrops("postgresql", before, now, none),
    drops.join("\n"),
    woven,
    adds.join("\n"),
    ...extraCreates("postgresql", before, now, none),
  ]);
}

function mergeChecks(first: Checks, second: Checks): Checks {
  const tables = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries([...tables].map((table) => [table, { ...first[table], ...second[table] }]));
}

function checkName(table: string, name: string) {
  return `${table}_${name}_check`;
}

/** Makes a table anew under the same name with the rows it has, as Prisma itself does where SQLite can't alter. */
function redefinition(table: string, whole: string) {
  const create = new RegExp(`^CREATE TABLE "${table}" \\(\\n([\\s\\S]*?)\\n\\);`, "m").exec(whole);
  if (!create?.[1]) throw new Error(`no CREATE TABLE "${table}" in the script of the whole schema`);
  const columns = [...create[1].matchAll(/^ {4}("\w+") /gm)].map(([, column]) => column).join(", ");
  const indexes = [...whole.matchAll(new RegExp(`^CREATE (?:UNIQUE )?INDEX "\\w+" ON "${table}"\\(.*;$`, "gm"))];
  return [
    `-- RedefineTable\nPRAGMA foreign_keys=OFF;\nCREATE TABLE "new_${table}" (\n${create[1]}\n);`,
    `INSERT INTO "new_${table}" (${columns}) SELECT ${columns} FROM "${table}";`,
    `DROP TABLE "${table}";`,
    `ALTER TABLE "new_${table}" RENAME TO "${table}";`,
    ...indexes.map(([index]) => index),
    "PRAGMA foreign_keys=ON;",
  ].join("\n");
}

function isSame(engine: "sqlite" | "postgresql", one: Extra | undefined, other: Extra | undefined) {
  return one?.create[engine] === other?.create[engine];
}

function extraDrops(
  engine: "sqlite" | "postgresql",
  before: Declared,
  now: Declared,
  redefined: ReadonlySet<string | undefined>,
) {
  return before.extras
    .filter(
      (old) =>
        !isSame(
          engine,
          old,
          now.extras.find((extra) => extra.name === old.name),
        ),
    )
    .filter((old) => !(old.isPartOfTable && redefined.has(old.table)))
    .map((old) => old.drop[engine] ?? "");
}

function extraCreates(
  engine: "sqlite" | "postgresql",
  before: Declared,
  now: Declared,
  redefined: ReadonlySet<string | undefined>,
) {
  return now.extras
    .filter(
      (extra) =>
        (extra.isPartOfTable && redefined.has(extra.table)) ||
        !isSame(
          engine,
          extra,
          before.extras.find((old) => old.name === extra.name),
        ),
    )
    .map((extra) => extra.create[engine] ?? "");
}

function joinScript(parts: string[]) {
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}
