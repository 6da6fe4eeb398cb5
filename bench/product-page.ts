// npm run bench -- product-page [--metafields 1000] [--runs 50] [--pages 50]: a product with many metafields: what its
// page asks the database, in this process beside the bare SQL, and the whole page from the application
// (--pages 0 leaves that out).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { listProductHistory } from "@/lib/catalog/product-history";
import { insertRows } from "@/lib/db/bulk";
import { disconnect, transaction } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { newId } from "@/lib/sync/new-id";
import { chooseDataFolder, startApplication } from "./application";
import { quantiles } from "./quantiles";
import { numberOption, printResult, textOption } from "./report";

/** What a person waits for, in milliseconds of the server's time. */
const GOAL_MS = 200;

const metafields = numberOption("metafields", 1_000);
const runs = numberOption("runs", 50);
const pages = textOption("pages") === "0" ? 0 : numberOption("pages", 50);
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  chooseDataFolder(folder);
  await migrate(env().databaseUrl);
  const id = await makeProduct();
  const asked = { name: "what the page asks", ...(await measureQueries(id)) };
  const opened = pages > 0 ? [{ name: "the page", ...(await measurePage(id)), bare: null }] : [];
  await disconnect();
  const found = [asked, ...opened];
  printResult(
    found.map(({ name, ours, bare }) => ({
      measured: name,
      "p50 ms": ours.p50,
      "p95 ms": ours.p95,
      "bare SQL p50 ms": bare?.p50 ?? "",
    })),
    { bench: "product-page", metafields, runs, pages, found, goalMs: GOAL_MS },
  );
  process.exitCode = found.every(({ ours }) => ours.p95 <= GOAL_MS) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureQueries(id: string) {
  const database = new Database(join(folder, "stockroom.db"), { readonly: true });
  const product = database.prepare(`SELECT * FROM "Product" WHERE "id" = ?`);
  const values = database.prepare(
    `SELECT m.*, d."name", d."validations" FROM "ProductMetafield" m
     JOIN "MetafieldDefinition" d ON d."namespace" = m."namespace" AND d."key" = m."key" WHERE m."productId" = ?`,
  );
  const spent = { ours: [] as number[], bare: [] as number[] };
  for (let run = -3; run < runs; run++) {
    const started = performance.now();
    await Promise.all([getProductOrThrow(SYSTEM, id), listProductHistory(SYSTEM, id)]);
    const between = performance.now();
    product.get(id);
    values.all(id);
    if (run < 0) continue;
    spent.ours.push(between - started);
    spent.bare.push(performance.now() - between);
  }
  database.close();
  return { ours: quantiles(spent.ours), bare: quantiles(spent.bare) };
}

/** The whole answer of the server, one request after the other. */
async function measurePage(id: string) {
  const { url, cookie, stop } = await startApplication(folder);
  try {
    const spent: number[] = [];
    for (let run = -10; run < pages; run++) {
      const started = performance.now();
      const answer = await fetch(`${url}/products/${id}`, { headers: { cookie } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`The page answered ${answer.status}.`);
      if (run >= 0) spent.push(performance.now() - started);
    }
    return { ours: quantiles(spent) };
  } finally {
    await stop();
  }
}

async function makeProduct() {
  const id = newId();
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  const numbers = Array.from({ length: metafields }, (_, at) => at);
  const key = (at: number) => ({ namespace: at % 2 === 0 ? "etilize" : "custom", key: `attribute_${at}` });
  const type = "single_line_text_field";
  await transaction(async (tx) => {
    const names = { sku: "BENCH-1", name: "A product with much to say", nameKey: "a product with much to say" };
    await insertRows(tx, "Product", [{ id, ...names, version: 1, ...times }]);
    await insertRows(
      tx,
      "MetafieldDefinition",
      numbers.map((at) => ({ id: newId(), ...key(at), type, name: `Attribute ${at}`, ...times })),
    );
    await insertRows(
      tx,
      "ProductMetafield",
      numbers.map((at) => ({ productId: id, ...key(at), type, value: `Value ${at}`, displayOrder: at, ...times })),
    );
  });
  return id;
}
