// The raw floor of an import: the same file through the same parser into the same catalogue by plain better-sqlite3,
// with the same indexes and pragmas and nothing else: no staging, no comparison, no history, no sources, no checks.
// What it leaves behind is compared with what the import left (same-catalogue.ts).
import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import { slugify } from "@/lib/catalog/slug";
import { CSV_LIMITS } from "@/lib/feeds/csv";
import { batchesFromThread } from "@/lib/feeds/csv-thread-batches";
import { openSourceFiles } from "@/lib/feeds/source-files";
import { sortKey } from "@/lib/search/fold";
import { searchDocument } from "@/lib/search/search-document";

const BATCH = 1_000;
/** The import's own, so that both read as fast. */
const READING_THREAD = new URL("../dist/cli/csv-thread.js", import.meta.url);
const SOURCE = "bench";
const RUN = "bench-run";

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
    "cache_size = -32768",
    "wal_autocheckpoint = 65536",
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
    let header: string[] | null = null;
    const columns = new Map<string, number>();
    const at = (name: string) => columns.get(name) ?? -1;
    for await (const records of batchesFromThread(READING_THREAD, file, "doubled", CSV_LIMITS)) {
      const rows = header ? records : records.slice(1);
      if (!header) {
        header = records[0]?.fields ?? [];
        for (const [position, name] of header.entries()) columns.set(name, position);
      }
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
  const insertInto = (table: string, columns: string) =>
    database.prepare(`INSERT INTO "${table}" (${columns}) VALUES (${columns.split(",").fill("?").join(",")})`);
  const product = insertInto(
    "Product",
    `"id","sku","name","nameKey","description","priceCents","brand","brandKey","manufacturerPartNumber","upc","inventoryQuantity","stockStatus","status","handle","categoryId","createdByRunId","createdAt","updatedAt"`,
  );
  const code = insertInto("ProductCode", `"productId","type","code","normalized","gtin14","createdAt"`);
  const image = insertInto(
    "ProductImage",
    `"productId","url","view","filename","altText","sortOrder","isFeatured","createdAt","updatedAt"`,
  );
  const metafield = insertInto(
    "ProductMetafield",
    `"productId","namespace","key","value","type","displayOrder","createdAt","updatedAt"`,
  );
  const search = insertInto("ProductSearch", `"productId","title","codes","body"`);
  const item = insertInto(
    "SourceItem",
    `"sourceId","entity","externalKey","productId","contentHash","fieldHashes","createdAt","updatedAt"`,
  );
  insertInto("FeedSource", `"id","name","kind","connection","policies","createdAt","updatedAt"`).run(
    SOURCE,
    SOURCE,
    "shopify_csv",
    "{}",
    "{}",
    0,
    0,
  );
  insertInto("SyncHistory", `"id","number","source","updatedAt"`).run(RUN, 1, SOURCE, 0);
  const categoryOf = categories(database);
  let n = 0;
  return ({ key, fields, images, hash }: Group) => {
    const text = (name: string) => fields[headers.get(name) ?? -1] ?? "";
    const now = Date.now();
    const id = `01930000-0000-7000-8000-${String(++n).padStart(12, "0")}`;
    const [name, brand, upc, part] = [text("Title"), text("Vendor"), text("Barcode"), text("Google Shopping / MPN")];
    const category = text("Google Shopping / Google Product Category");
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
      part,
      upc,
      stock,
      stock > 0 ? "in_stock" : "out_of_stock",
      "active",
      text("Handle"),
      categoryOf(category),
      RUN,
      now,
      now,
    );
    code.run(id, "sprc", key, key, null, now);
    code.run(id, "upc", upc, upc, upc.padStart(14, "0"), now);
    code.run(id, "mpn", part, part.replace(/[^A-Z0-9]/g, ""), null, now);
    images.forEach((url, at) => {
      const view = at === 0 ? "Front" : "Left";
      const file = url.slice(url.lastIndexOf("/") + 1);
      image.run(id, url, view, file, `${name} — ${view}`, at, at === 0 ? 1 : 0, now, now);
    });
    const values: string[] = [];
    for (const [column, at] of headers) {
      const value = fields[at];
      if (!value || !column.startsWith("Metafield: custom.")) continue;
      const list = JSON.stringify([value]);
      const name = column.slice(18, column.indexOf("[")).toLowerCase().replaceAll(" ", "_");
      metafield.run(id, "custom", name, list, "list.single_line_text_field", values.length, now, now);
      values.push(list);
    }
    const categoryNames = category.split(" > ");
    const document = searchDocument({
      name,
      sku: key,
      brand,
      categoryNames,
      codes: [key, upc, part],
      metafieldValues: values,
    });
    search.run(id, document.title, document.codes, document.body);
    item.run(SOURCE, "product", key, id, hash, "{}", now, now);
  };
}

/** Inserts the categories of a path that are not there yet; answers with the last one's id. */
function categories(database: Database.Database) {
  const insert = database.prepare(
    `INSERT INTO "Category" ("id","name","nameKey","slug","path","parentId","level","updatedAt") VALUES (?,?,?,?,?,?,?,0)`,
  );
  const known = new Map<string, string>();
  return (path: string) => {
    let parent: string | null = null;
    const names: string[] = [];
    const slugs: string[] = [];
    for (const name of path.split(" > ")) {
      if (name === "") continue;
      names.push(name);
      const slug = slugify(name);
      slugs.push(slug);
      const full = names.join(" > ");
      let id = known.get(full);
      if (id === undefined) {
        id = `category-${known.size}`;
        insert.run(id, name, sortKey(name), slug, slugs.join("/"), parent, names.length - 1);
        known.set(full, id);
      }
      parent = id;
    }
    return parent;
  };
}
