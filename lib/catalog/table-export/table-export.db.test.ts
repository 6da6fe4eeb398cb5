import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { insertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { unpackZip } from "@/lib/feeds/zip";
import { sortKey } from "@/lib/search/fold";
import { actor, createDefinition, createMetafield, createUser } from "@/lib/testing/factories";
import { raiseCatalogueVersion } from "../catalogue-version";
import { exportJob } from "./export-job";
import { clearOldExports, exportPath, makeExportsFolder } from "./exports-folder";
import { exportedFile, finishedExport, requestExport, tableFile } from "./request-export";

const staff = actor("staff");
const FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")'];
const COLUMNS = "image,sku,name,price,stock,updated,m.custom.pages,m.custom.width";
const list = { query: "filter=stock:gt:5&sort=price&dir=desc", category: null, columns: COLUMNS } as const;

async function makeProducts(from: number, to: number) {
  const at = new Date("2026-05-01T10:00:00Z");
  const rows = Array.from({ length: to - from }, (_, index) => {
    const n = from + index;
    const name = FORMULAS[n % 20] ?? `Product "${n}", boxed`;
    return {
      id: `x-${String(n).padStart(6, "0")}`,
      sku: `S-${n}`,
      name,
      nameKey: sortKey(name),
      description: "",
      shortDescription: "",
      priceCents: n * 5 || null,
      inventoryQuantity: n,
      stockStatus: "unknown",
      status: "active",
      fieldSources: {},
      version: 1,
      createdAt: at,
      updatedAt: at,
    };
  });
  await transaction(async (tx) => {
    for (let first = 0; first < rows.length; first += 1_000) {
      await insertRows(tx, "Product", rows.slice(first, first + 1_000));
    }
    await raiseCatalogueVersion(tx, "products");
  });
}

beforeAll(async () => {
  await createDefinition({ namespace: "custom", key: "pages", name: "Pages", type: "number_integer" });
  await createDefinition({ namespace: "custom", key: "width", name: "=Width", type: "dimension" });
  await makeProducts(0, 60);
  await createMetafield("x-000010", { key: "pages", value: "120", type: "number_integer", numberValue: 120 });
  const width = JSON.stringify({ value: 2.5, unit: "cm" });
  await createMetafield("x-000010", { key: "width", value: width, type: "dimension", numberValue: 25 });
});

describe("the file is what the table shows", () => {
  test("R65 its filter, order and columns as CSV, and no cell that a spreadsheet would run", async () => {
    const csv = await text(await tableFile(staff, { ...list, format: "csv" }));
    const [header, ...rows] = parse(csv, { bom: true }) as string[][];
    expect(header).toEqual(["SKU", "Name", "Price", "Stock", "Updated", "Pages", "'=Width"]);
    expect(rows.map(([sku]) => sku)).toEqual(Array.from({ length: 54 }, (_, n) => `S-${59 - n}`));
    const ten = rows.find(([sku]) => sku === "S-10");
    expect(ten).toEqual(["S-10", 'Product "10", boxed', "0.50", "10", "2026-05-01T10:00:00.000Z", "120", "2.5 cm"]);
    const cells = [header ?? [], ...rows].flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(rows.find(([sku]) => sku === "S-20")?.[1]).toBe("'=1+1");
  });

  test("R65 in Excel numbers are numbers and texts texts, whatever they begin with", async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of await tableFile(staff, { ...list, format: "xlsx" })) chunks.push(Buffer.from(chunk));
    const folder = mkdtempSync(join(tmpdir(), "table-"));
    const path = join(folder, "products.xlsx");
    writeFileSync(path, Buffer.concat(chunks));
    const [entry] = await unpackZip({ path, name: "products.xlsx" }, folder, (name) => name.endsWith("sheet1.xml"));
    const sheet = readFileSync(entry?.path ?? "", "utf8");
    rmSync(folder, { recursive: true });
    // No formula stands anywhere: a cell of text is never one.
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet).toMatch(/<c r="C2"[^>]*><v>2\.95<\/v>/);
    expect(sheet).toMatch(/<c r="D2"[^>]*><v>59<\/v>/);
    expect(sheet.match(/<row /g)).toHaveLength(55);
  });

  test("a reader without the right gets none, and a category that is gone is told", async () => {
    const visitor = actor("visitor" as "staff");
    await expect(tableFile(visitor, { ...list, format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(requestExport(visitor, { ...list, format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
    const gone = { ...list, category: crypto.randomUUID(), format: "csv" } as const;
    await expect(requestExport(staff, gone)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a long list is written by the worker", () => {
  test("the same list asked for twice is one job; its file waits at the job, and goes after seven days", async () => {
    await makeProducts(60, 10_100);
    const person = await createUser("staff");
    const asker = actor("staff", { userId: person.id });
    // Filtered, it is counted itself: the catalogue's own count may be a second old.
    const query = "filter=sku:starts:S-&sort=sku";
    const asked = { query, category: null, columns: "sku,price", format: "csv" } as const;
    const [first, second] = await Promise.all([requestExport(asker, asked), requestExport(asker, asked)]);
    const jobId = first.jobId ?? "";
    expect(jobId).not.toBe("");
    expect(second.jobId).toBe(jobId);
    await expect(tableFile(asker, asked)).rejects.toMatchObject({ code: "conflict" });
    await expect(exportedFile(asker, jobId)).rejects.toMatchObject({ code: "not_found" });

    const told: number[] = [];
    const context = {
      jobId,
      signal: new AbortController().signal,
      report: async ({ done, total }: { done: number; total: number | null }) => {
        expect(total).toBe(10_100);
        told.push(done);
      },
      log: () => undefined,
      assertHeld: async () => undefined,
    };
    const result = await exportJob.handle(exportJob.payload.parse(asked), context);
    expect(told.at(-1)).toBe(10_100);
    const job = { id: jobId, jobType: exportJob.name, status: "completed", result };
    await transaction((tx) =>
      tx.job.update({ where: { id: jobId }, data: { status: "completed", result: result as never } }),
    );
    expect(finishedExport(job)).toMatchObject({ products: 10_100, isKept: true, format: "csv" });
    const { path } = await exportedFile(asker, jobId);
    const rows = parse(readFileSync(path), { bom: true }) as string[][];
    expect(rows).toHaveLength(10_101);
    const skus = rows.slice(1).map(([sku]) => sku ?? "");
    expect(skus).toEqual(skus.toSorted());
    expect(new Set(skus).size).toBe(10_100);

    const old = new Date(Date.now() - 7.1 * 86_400_000);
    utimesSync(path, old, old);
    const half = join(dirname(path), "half.csv.part");
    writeFileSync(half, "x");
    expect(await clearOldExports()).toBe(1);
    expect([existsSync(path), existsSync(half)]).toEqual([false, true]);
    await expect(exportedFile(asker, jobId)).rejects.toMatchObject({ message: expect.stringContaining("7 days") });
  });

  test("a list too long for Excel is refused in words, and leaves no half file", async () => {
    await makeExportsFolder();
    const columns =
      "sku,name,brand,price,stock,status,category,updated,compareAt,cost,manufacturer,mpn,upc,grade,created";
    const metafields = Array.from({ length: 25 }, (_, n) => `m.custom.f${n}`).join(",");
    const asked = {
      query: "",
      category: null,
      columns: `${columns.split(",").join(",")},${metafields}`,
      format: "xlsx",
    } as const;
    const jobId = crypto.randomUUID();
    const context = {
      jobId,
      signal: new AbortController().signal,
      report: async () => undefined,
      log: () => undefined,
      assertHeld: async () => undefined,
    };
    await expect(exportJob.handle(exportJob.payload.parse(asked), context)).rejects.toMatchObject({
      code: "too_large",
      message: expect.stringContaining("10,000 products. Choose CSV"),
    });
    expect(existsSync(exportPath(jobId, "xlsx"))).toBe(false);
    expect(await db.product.count()).toBe(10_100);
  });
});
