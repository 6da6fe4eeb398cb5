// The raw floor of an import: the same file through the same parser into the same final tables by plain better-sqlite3,
// with the same indexes and pragmas and nothing else: no staging, no comparison, no history, no sources, no checks.
import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import { headedBatches } from "@/lib/feeds/headed-csv";
import { openSourceFiles } from "@/lib/feeds/source-files";
import { sortKey } from "@/lib/search/fold";
import { searchDocument } from "@/lib/search/search-document";

const BATCH = 1_000;
const SOURCE = "bench";

interface Group {
  key: string;
  fields: string[];
  images: string[];
  hash: string;
}

/** Inserts every product of the feed; answers with seconds. The database is migrated and empty. */
export async function floorFirst(databaseFile: string, feed: string, scratchFolder: string): Promise<number> {
  const started = performance.now();
  const database = open(databaseFile);
  const insert = inserter(database);
  const writeAll = database.transaction((groups: Group[]) => {
    for (const group of groups) insert(group);
  });
  await eachBatch(feed, scratchFolder, (groups) => writeAll.immediate(groups));
  database.close();
  return (performance.now() - started) / 1000;
}

/** Reads the feed and looks each product's hash up; answers with seconds and how many differ. */
export async function floorUnchanged(databaseFile: string, feed: string, scratchFolder: string) {
  const started = performance.now();
  const database = open(databaseFile);
  const lookUp = database
    .prepare(
      `SELECT "contentHash" FROM "SourceItem" WHERE "sourceId" = ? AND "entity" = 'product' AND "externalKey" = ?`,
    )
    .pluck();
  const update = database.prepare(`UPDATE "Product" SET "priceCents" = ?, "updatedAt" = ? WHERE "sku" = ?`);
  const remember = database.prepare(
    `UPDATE "SourceItem" SET "contentHash" = ? WHERE "sourceId" = ? AND "entity" = 'product' AND "externalKey" = ?`,
  );
  let changed = 0;
  const compare = database.transaction((groups: Group[], columns: Map<string, number>) => {
    for (const group of groups) {
      if (lookUp.get(SOURCE, group.key) === group.hash) continue;
      changed++;
      update.run(Math.round(Number(group.fields[columns.get("Price") ?? -1]) * 100), Date.now(), group.key);
      remember.run(group.hash, SOURCE, group.key);
    }
  });
  await eachBatch(feed, scratchFolder, (groups, columns) => compare.immediate(groups, columns));
  database.close();
  return { seconds: (performance.now() - started) / 1000, changed };
}

function open(file: string) {
  const database = new Database(file);
  for (const pragma of [
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",
    "wal_autocheckpoint = 16384",
    "temp_store = MEMORY",
  ]) {
    database.pragma(pragma);
  }
  return database;
}

async function eachBatch(
  feed: string,
  scratchFolder: string,
  write: (groups: Group[], columns: Map<string, number>) => void,
) {
  const files = await openSourceFiles(
    { files: [{ path: feed, name: "feed" }], scratchFolder, knownDefinitions: new Map() },
    () => true,
  );
  let batch: Group[] = [];
  for (const file of files) {
    let columns = new Map<string, number>();
    for await (const { header, rows } of headedBatches(file)) {
      columns = new Map(header.map((name, at) => [name, at]));
      const at = (name: string) => columns.get(name) ?? -1;
      const [title, image, sprc] = [
        at("Title"),
        at("Product image URL"),
        header.findIndex((name) => name.includes("SPRC")),
      ];
      for (const { fields } of rows) {
        const url = fields[image] ?? "";
        const open = batch.at(-1);
        if (fields[title] === "" && open) {
          open.images.push(url);
          continue;
        }
        if (batch.length >= BATCH) {
          write(batch, columns);
          batch = [];
        }
        const hash = createHash("sha256").update(fields.join("\0")).digest("base64url");
        batch.push({ key: fields[sprc] ?? "", fields, images: [url], hash });
      }
      headers = columns;
    }
    write(batch, columns);
    batch = [];
  }
}

/** The header's columns, for the inserter. */
let headers = new Map<string, number>();

function inserter(database: Database.Database) {
  const product = database.prepare(
    `INSERT INTO "Product" ("id","sku","name","nameKey","description","shortDescription","priceCents","brand","brandKey","manufacturer","upc",
     "inventoryQuantity","stockStatus","status","handle","categoryId","fieldSources","version","createdAt","updatedAt")
     VALUES (?,?,?,?,?,'',?,?,?,?,?,?,?,'active',?,NULL,'{}',1,?,?)`,
  );
  const code = database.prepare(
    `INSERT INTO "ProductCode" ("productId","type","code","normalized","gtin14","createdAt") VALUES (?,?,?,?,?,?)`,
  );
  const image = database.prepare(
    `INSERT INTO "ProductImage" ("productId","url","view","filename","altText","sortOrder","isFeatured","createdAt","updatedAt") VALUES (?,?,?,?,?,?,?,?,?)`,
  );
  const metafield = database.prepare(
    `INSERT INTO "ProductMetafield" ("productId","namespace","key","value","type","displayOrder","createdAt","updatedAt") VALUES (?,'custom',?,?,'list.single_line_text_field',?,?,?)`,
  );
  const search = database.prepare(`INSERT INTO "ProductSearch" ("productId","title","codes","body") VALUES (?,?,?,?)`);
  const item = database.prepare(
    `INSERT INTO "SourceItem" ("sourceId","entity","externalKey","productId","contentHash","fieldHashes","missingRuns","createdAt","updatedAt") VALUES (?,'product',?,?,?,'{}',0,?,?)`,
  );
  database
    .prepare(
      `INSERT INTO "FeedSource" ("id","name","kind","connection","policies","isSample","isActive","createdAt","updatedAt") VALUES (?,?,'shopify_csv','{}','{}',0,1,0,0)`,
    )
    .run(SOURCE, SOURCE);
  let n = 0;
  return ({ key, fields, images, hash }: Group) => {
    const text = (name: string) => fields[headers.get(name) ?? -1] ?? "";
    const now = Date.now();
    const id = `01930000-0000-7000-8000-${String(++n).padStart(12, "0")}`;
    const [name, brand, upc] = [text("Title"), text("Vendor"), text("Barcode")];
    const stock = Number(text("Inventory"));
    product.run(
      id,
      key,
      name,
      sortKey(name),
      text("Description"),
      Math.round(Number(text("Price")) * 100),
      brand,
      sortKey(brand),
      brand,
      upc,
      stock,
      stock > 0 ? "in_stock" : "out_of_stock",
      text("Handle"),
      now,
      now,
    );
    code.run(id, "upc", upc, upc, upc.padStart(14, "0"), now);
    code.run(id, "sprc", key, key, null, now);
    images.forEach((url, at) => {
      image.run(
        id,
        url,
        at === 0 ? "Front" : "Left",
        url.slice(url.lastIndexOf("/") + 1),
        name,
        at,
        at === 0 ? 1 : 0,
        now,
        now,
      );
    });
    const values: string[] = [];
    for (const [column, at] of headers) {
      const value = fields[at];
      if (!value || !column.startsWith("Metafield: custom.")) continue;
      values.push(value);
      metafield.run(
        id,
        column.slice(18, column.indexOf("[")).toLowerCase().replaceAll(" ", "_"),
        JSON.stringify([value]),
        values.length,
        now,
        now,
      );
    }
    const document = searchDocument({ name, sku: key, brand, codes: [upc, key], metafieldValues: values });
    search.run(id, document.title, document.codes, document.body);
    item.run(SOURCE, key, id, hash, now, now);
  };
}
