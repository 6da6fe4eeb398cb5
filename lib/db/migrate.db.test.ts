import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { createCategory, createFeedSource, createIcon, createProduct, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { declared, weavePostgres, weaveSqlite } from "@/prisma/weave";
import { db, disconnect, engine, transaction } from "./client";
import { assertMigrated, migrate, migrationStatus } from "./migrate";
import { migrationNames, migrationsFolder } from "./migrations-folder";
import { execute, queryRows } from "./raw";
import { type Datamodel, diffDatabase, diffDatamodels, readDatamodel } from "./schema-engine";

const isSqlite = process.env.STOCKROOM_TEST_ENGINE === "sqlite";
const schema = readDatamodel(isSqlite ? "prisma/schema" : "prisma/generated/postgresql-schema");
const temporary = mkdtempSync(join(tmpdir(), "stockroom-migrations-"));
const made: string[] = [];

afterEach(disconnect);
afterAll(async () => {
  rmSync(temporary, { recursive: true, force: true });
  if (isSqlite) return;
  const client = new pg.Client({ connectionString: env().databaseUrl });
  await client.connect();
  for (const name of made) await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await client.end();
});

/** The URL of a database that is not there yet. */
function newDatabaseUrl() {
  const name = `migrate_${process.pid}_${made.length}`;
  made.push(name);
  if (isSqlite) return `file:${join(temporary, name, "stockroom.db")}`;
  const url = new URL(env().databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A copy of the migrations with one more at the end. */
function folderWith(name: string, sql: string) {
  const folder = mkdtempSync(join(temporary, "folder-"));
  cpSync(migrationsFolder(engine()), folder, { recursive: true });
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "migration.sql"), sql);
  return folder;
}

async function run(databaseUrl: string, sql: string): Promise<unknown[][]> {
  const { migrationAdapter } = await import("./migration-adapters");
  const adapter = await migrationAdapter(databaseUrl).connect();
  try {
    return (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows;
  } finally {
    await adapter.dispose();
  }
}

test("a new database is made, migrated once, and agrees with the schema", async () => {
  const url = newDatabaseUrl();
  const names = migrationNames(migrationsFolder(engine()));
  await expect(migrate(url)).resolves.toEqual({ applied: names });
  await expect(migrate(url)).resolves.toEqual({ applied: [] });
  expect(await migrationStatus(url)).toEqual({ applied: names, pending: [], unknown: [], unfinished: [] });
  await assertMigrated(url);
  expect(await diffDatabase(url, schema)).toBe("");
});

test("old data survives a migration that redefines its tables, and so do their constraints", async () => {
  const url = newDatabaseUrl();
  await migrate(url);
  await run(
    url,
    `INSERT INTO "User" ("id", "email", "username", "passwordHash", "updatedAt") VALUES ('u', 'a@b.c', 'a', 'x', ${isSqlite ? "0" : "now()"})`,
  );
  await run(url, `INSERT INTO "Session" ("id", "userId", "expiresAt") VALUES ('s', 'u', ${isSqlite ? "0" : "now()"})`);
  await run(url, `INSERT INTO "AuditEntry" ("actorName", "action", "entity", "entityId") VALUES ('a', 'b', 'c', 'd')`);

  const next = schema.map((file) => ({
    path: file.path,
    content: file.content
      .replace(/^( {2}firstName +String +)@default\(""\)/m, '$1@default("unknown")')
      .replace(/^( {2}actorName +)String/m, '$1String   @default("somebody")')
      .replace(/^ {2}staff$/m, "  staff\n  auditor"),
  }));
  await migrate(url, folderWith("29990101000000_next", await writeMigration(url, schema, next)));

  expect(await diffDatabase(url, next)).toBe("");
  expect(await run(url, `SELECT u."email", s."id" FROM "User" u JOIN "Session" s ON s."userId" = u."id"`)).toEqual([
    ["a@b.c", "s"],
  ]);
  await expect(run(url, `UPDATE "User" SET "email" = 'A@B.C'`)).rejects.toThrow();
  await run(url, `UPDATE "User" SET "role" = 'auditor'`);
  await expect(run(url, `UPDATE "User" SET "role" = 'king'`)).rejects.toThrow();
  await expect(run(url, `DELETE FROM "AuditEntry"`)).rejects.toThrow();
  expect(await run(url, `SELECT "entityId" FROM "AuditEntry"`)).toEqual([["d"]]);
});

test("a database newer than the code is refused with a sentence that names what it has", async () => {
  const url = newDatabaseUrl();
  await migrate(url, folderWith("29990101000000_future", `CREATE TABLE "Future" ("id" INTEGER PRIMARY KEY);`));
  const refusal = {
    name: "AppError",
    code: "unavailable",
    message: expect.stringMatching(/newer.*29990101000000_future/),
  };
  await expect(assertMigrated(url)).rejects.toMatchObject(refusal);
  await expect(migrate(url)).rejects.toMatchObject(refusal);
});

test("a database older than the code is refused at the start", async () => {
  const url = newDatabaseUrl();
  await migrate(url);
  const folder = folderWith("29990101000000_next", `CREATE TABLE "Next" ("id" INTEGER PRIMARY KEY);`);
  await expect(assertMigrated(url, folder)).rejects.toMatchObject({
    message: expect.stringMatching(/lacks 2999.*stockroom migrate/),
  });
});

test("a migration that fails leaves nothing half-done, stops the start, and works once mended", async () => {
  const url = newDatabaseUrl();
  await migrate(url);
  const name = "29990101000000_broken";
  const broken = folderWith(name, `CREATE TABLE "Half" ("id" INTEGER PRIMARY KEY);\nINSERT INTO "Nowhere" VALUES (1);`);
  await expect(migrate(url, broken)).rejects.toMatchObject({
    name: "AppError",
    message: expect.stringMatching(/nothing of it was kept/),
  });
  await expect(assertMigrated(url, broken)).rejects.toMatchObject({ message: expect.stringMatching(/did not finish/) });
  const mended = folderWith(name, `CREATE TABLE "Half" ("id" INTEGER PRIMARY KEY);`);
  await expect(migrate(url, mended)).resolves.toEqual({ applied: [name] });
  await assertMigrated(url, mended);
});

async function writeMigration(url: string, from: Datamodel, to: Datamodel) {
  const text = (files: Datamodel) => files.map((file) => file.content).join("\n");
  const script = await diffDatamodels(url, from, to);
  const before = declared(engine(), text(from));
  const now = declared(engine(), text(to));
  return isSqlite
    ? weaveSqlite(script, await diffDatamodels(url, null, to), before, now)
    : weavePostgres(script, before, now);
}

describe("the database itself refuses", () => {
  beforeEach(resetDatabase);

  test("prices of 0, empty names, unknown states, progress beyond 100", async () => {
    await createProduct({ priceCents: null });
    await createProduct({ inventoryQuantity: -3 });
    await expect(createProduct({ priceCents: 0 })).rejects.toThrow();
    await expect(createProduct({ costPriceCents: -1 })).rejects.toThrow();
    await expect(createProduct({ sku: "" })).rejects.toThrow();
    await expect(createCategory({ level: -1 })).rejects.toThrow();
    const { id } = await createProduct();
    await expect(
      transaction((tx) => execute(tx, `UPDATE "Product" SET "status" = 'sold' WHERE "id" = ?`, id)),
    ).rejects.toThrow();
    const job = { jobType: "test", displayName: "Job" };
    await expect(transaction((tx) => tx.job.create({ data: { ...job, progress: 101 } }))).rejects.toThrow();
  });

  test("a second address that differs in case alone", async () => {
    const user = { username: "a", passwordHash: "x" };
    await transaction((tx) => tx.user.create({ data: { ...user, email: "a@example.com" } }));
    const second = transaction((tx) => tx.user.create({ data: { ...user, username: "b", email: "A@example.com" } }));
    await expect(second).rejects.toThrow();
  });

  test("a second active icon of a category", async () => {
    const { id: categoryId } = await createCategory();
    await createIcon({ categoryId, status: "active" });
    await createIcon({ categoryId, status: "inactive" });
    await createIcon({ status: "active" });
    await createIcon({ status: "active" });
    await expect(createIcon({ categoryId, status: "active" })).rejects.toMatchObject({ code: "P2002" });
  });

  test("two answers to one code for every source", async () => {
    const { id: productId } = await createProduct();
    const alias = { type: "upc", normalized: "1", productId };
    const { id: sourceId } = await createFeedSource();
    await transaction((tx) => tx.codeAlias.create({ data: alias }));
    await transaction((tx) => tx.codeAlias.create({ data: { ...alias, sourceId } }));
    await expect(transaction((tx) => tx.codeAlias.create({ data: alias }))).rejects.toMatchObject({ code: "P2002" });
  });

  test("a rejection without a line", async () => {
    const { id: runId } = await createRun();
    const rejection = { runId, file: "f", code: "c", reason: "r", raw: "" };
    await expect(transaction((tx) => tx.syncRejection.create({ data: { ...rejection, line: 0 } }))).rejects.toThrow();
  });

  test("changing or deleting the audit trail, in words", async () => {
    const entry = { actorName: "a", action: "b", entity: "c", entityId: "d" };
    const { id } = await transaction((tx) => tx.auditEntry.create({ data: entry }));
    const change = transaction((tx) => tx.auditEntry.update({ where: { id }, data: { action: "x" } }));
    await expect(change).rejects.toThrow(/append-only/);
    await expect(transaction((tx) => tx.auditEntry.delete({ where: { id } }))).rejects.toThrow(/append-only/);
    if (!isSqlite)
      await expect(transaction((tx) => execute(tx, `TRUNCATE "AuditEntry"`))).rejects.toThrow(/append-only/);
    expect(await db.auditEntry.count()).toBe(1);
  });
});

describe("the search index", () => {
  beforeEach(resetDatabase);

  test("follows its table, also when the product goes", async () => {
    const { id: productId } = await createProduct();
    await transaction((tx) =>
      tx.productSearch.create({ data: { productId, title: "red pen", codes: "ab12", body: "ink" } }),
    );
    expect(await matches("red")).toBe(1);
    await transaction((tx) => tx.productSearch.update({ where: { productId }, data: { title: "blue pen" } }));
    expect([await matches("red"), await matches("blue")]).toEqual([0, 1]);
    await transaction((tx) => tx.product.delete({ where: { id: productId } }));
    expect(await matches("blue")).toBe(0);
  });

  async function matches(word: string) {
    const { SEARCH_VECTOR } = await import("./search-expression");
    const sql = isSqlite
      ? `SELECT count(*) AS n FROM product_search_fts WHERE product_search_fts MATCH ?`
      : `SELECT count(*) AS n FROM "ProductSearch" WHERE (${SEARCH_VECTOR}) @@ to_tsquery('simple', ?)`;
    const [row] = await queryRows<{ n: number }>(db, sql, word);
    return row?.n;
  }
});
