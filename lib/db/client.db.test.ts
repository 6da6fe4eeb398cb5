import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createCategory, createProduct } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { db, disconnect, engine, transaction } from "./client";
import { execute, queryRows, toTime } from "./raw";

beforeEach(resetDatabase);

const isSqlite = () => engine() === "sqlite";

function setConfiguration(key: string, value: string) {
  return transaction((tx) => tx.configuration.upsert({ where: { key }, create: { key, value }, update: { value } }));
}

test("the database is the project's own engine, and empty but for the two counters", async () => {
  expect(engine()).toBe(process.env.STOCKROOM_TEST_ENGINE);
  expect(await db.catalogueVersion.count()).toBe(2);
  expect(await db.product.count()).toBe(0);
});

test("a transaction gives back what its work gives", async () => {
  expect(await transaction(async () => 42)).toBe(42);
});

test("a transaction that fails leaves nothing, and its error comes out as it was thrown", async () => {
  const failure = new AppError("conflict", "Somebody was quicker.");
  const attempt = transaction(async (tx) => {
    await tx.configuration.create({ data: { key: "a", value: "1" } });
    throw failure;
  });
  await expect(attempt).rejects.toBe(failure);
  expect(await db.configuration.count()).toBe(0);
  await setConfiguration("a", "2");
  expect(await db.configuration.count()).toBe(1);
});

test("a broken constraint rolls back and lets the next writer in", async () => {
  await createProduct({ sku: "ONE" });
  await expect(createProduct({ sku: "ONE" })).rejects.toMatchObject({ code: "P2002" });
  await createProduct({ sku: "TWO" });
  expect(await db.product.count()).toBe(2);
});

test("fifty writers at once each get their turn, and no increment is lost", async () => {
  await setConfiguration("counter", "0");
  await Promise.all(
    Array.from({ length: 50 }, () =>
      transaction(async (tx) => {
        if (!isSqlite()) await execute(tx, `LOCK TABLE "Configuration" IN EXCLUSIVE MODE`);
        const { value } = await tx.configuration.findUniqueOrThrow({ where: { key: "counter" } });
        await tx.configuration.update({ where: { key: "counter" }, data: { value: String(Number(value) + 1) } });
      }),
    ),
  );
  expect((await db.configuration.findUniqueOrThrow({ where: { key: "counter" } })).value).toBe("50");
});

test("readers see the last committed state while a transaction is open", async () => {
  await setConfiguration("a", "before");
  await transaction(async (tx) => {
    await tx.configuration.update({ where: { key: "a" }, data: { value: "after" } });
    expect((await db.configuration.findUniqueOrThrow({ where: { key: "a" } })).value).toBe("before");
  });
  expect((await db.configuration.findUniqueOrThrow({ where: { key: "a" } })).value).toBe("after");
});

test("the connection opens anew after it was closed", async () => {
  await disconnect();
  expect(await db.product.count()).toBe(0);
});

test("hand-written SQL takes parameters and gives plain numbers", async () => {
  const { id } = await createProduct({ sku: "RAW", priceCents: 995 });
  const at = new Date("2026-02-03T04:05:06.007Z");
  await transaction((tx) => execute(tx, `UPDATE "Product" SET "archivedAt" = ? WHERE "id" = ?`, at, id));
  const rows = await queryRows(
    db,
    `SELECT "sku", "priceCents", count(*) OVER () AS "n" FROM "Product" WHERE "id" = ?`,
    id,
  );
  expect(rows).toEqual([{ sku: "RAW", priceCents: 995, n: 1 }]);
  expect(await db.product.count({ where: { archivedAt: at } })).toBe(1);
  expect(isSqlite() ? toTime(at) : new Date(toTime(at)).getTime()).toBe(at.getTime());
});

test("both engines order text by its bytes", async () => {
  for (const name of ["a b", "ab", "a-b", "B", "ä", "Z", "z"])
    await createCategory({ name, nameKey: name, slug: name });
  const rows = await db.category.findMany({ orderBy: { nameKey: "asc" }, select: { nameKey: true } });
  expect(rows.map((row) => row.nameKey)).toEqual(["B", "Z", "a b", "a-b", "ab", "z", "ä"]);
});

describe.runIf(process.env.STOCKROOM_TEST_ENGINE === "sqlite")("on SQLite", () => {
  test("a write outside a transaction is refused", async () => {
    await expect(db.configuration.create({ data: { key: "a", value: "1" } })).rejects.toThrow(/readonly database/);
  });

  test("a writer waits for another process without blocking its own", async () => {
    const { exited } = await holdLock(300);
    const started = performance.now();
    let ticks = 0;
    let longest = 0;
    let lastTick = started;
    const timer = setInterval(() => {
      ticks += 1;
      longest = Math.max(longest, performance.now() - lastTick);
      lastTick = performance.now();
    }, 5);
    await setConfiguration("a", "1");
    clearInterval(timer);
    expect(performance.now() - started).toBeGreaterThan(100);
    expect(ticks).toBeGreaterThan(10);
    expect(longest).toBeLessThan(150);
    await exited;
  });

  test("a process that opens the file while another writes waits as well", async () => {
    await setConfiguration("a", "1");
    await disconnect();
    const { exited } = await holdLock(300);
    await setConfiguration("b", "2");
    await exited;
    expect(await db.configuration.count()).toBe(2);
  });

  test("the settings that two processes on one file need are on", async () => {
    const pragma = async (name: string) => Object.values((await queryRows<object>(db, `PRAGMA ${name}`))[0] ?? {})[0];
    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("foreign_keys")).toBe(1);
    expect(await pragma("query_only")).toBe(1);
  });

  test("SQLite is new enough to be safe with two processes on one file, and is there once", async () => {
    const [row] = await queryRows<{ version: string }>(db, "SELECT sqlite_version() AS version");
    const [major = 0, minor = 0, patch = 0] = (row?.version ?? "").split(".").map(Number);
    expect(major * 1_000_000 + minor * 1_000 + patch).toBeGreaterThanOrEqual(3_051_003);
    const lock: { packages: Record<string, unknown> } = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const copies = Object.keys(lock.packages).filter((path) => path.endsWith("node_modules/better-sqlite3"));
    expect(copies).toEqual(["node_modules/better-sqlite3"]);
    expect(existsSync("node_modules/@prisma/adapter-better-sqlite3/node_modules/better-sqlite3")).toBe(false);
  });
});

/** A second process that holds the write lock for a while; resolves once it has it. */
async function holdLock(milliseconds: number) {
  const library = createRequire(import.meta.url).resolve("better-sqlite3");
  const script = `
    const database = require(${JSON.stringify(library)})(process.argv[1]);
    database.exec("BEGIN IMMEDIATE");
    process.stdout.write("held");
    setTimeout(() => { database.exec("COMMIT"); database.close(); }, ${milliseconds});`;
  const file = env().databaseUrl.slice("file:".length);
  const child = spawn(process.execPath, ["-e", script, file], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const held = once(child.stdout, "data");
  const late = sleep(10_000, "late", { ref: false });
  if ((await Promise.race([held, late])) === "late") throw new Error("the second process did not start");
  return { exited };
}
