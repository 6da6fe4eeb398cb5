// npm run bench -- search [--keep folder]: how well searches answer, by people's ratings of products for queries, beside
// plain bm25 over the same text. STOCKROOM_SHARED_DATA names the folder of feeds and ratings.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { SYSTEM } from "@/lib/auth/actor";
import { listProducts } from "@/lib/catalog/list-products";
import { db, disconnect } from "@/lib/db/client";
import { words } from "@/lib/search/fold";
import { wordsJob } from "@/lib/search/words-job";
import { quietContext } from "@/lib/testing/kill";
import { chooseDataFolder } from "./application";
import { ensureImported } from "./catalogue";
import { numberOption, printResult, textOption } from "./report";

/** Places of a result that count. */
const PLACES = 10;
/** Rows read of a result: enough to hold all that is rated, which is what the second figure goes by. */
const READ = 200;

/** Ratings of products, 0 to 3, by query. */
type Rated = Map<string, Map<string, number>>;
type Engine = (query: string) => Promise<string[]> | string[];

const kept = textOption("keep");
const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), "stockroom-bench-"));
const shared = process.env.STOCKROOM_SHARED_DATA;
if (!shared) throw new Error("STOCKROOM_SHARED_DATA must name the folder of feeds and rated queries.");
try {
  const day = join(shared, "feeds", "day1");
  const data = await ensureImported(folder, [
    { format: "etilize", path: join(day, "etilize") },
    { format: "shopify-csv", path: join(day, "CowanOfficeSupplies.zip") },
    { format: "erp", path: join(day, "xorosoft-items.zip") },
  ]);
  chooseDataFolder(data);
  if ((await db.searchWord.count()) === 0) await wordsJob.handle({}, quietContext());
  const database = new Database(join(data, "stockroom.db"), { readonly: true });
  const rated = readRatings(join(shared, "search", "rated-queries.csv"), database);
  const engines: Record<string, Engine> = {
    stockroom: async (query) => (await listProducts(SYSTEM, { q: query, size: READ })).rows.map(({ id }) => id),
    "stockroom, to the letter": async (query) =>
      (await listProducts(SYSTEM, { q: query, literal: true, size: READ })).rows.map(({ id }) => id),
    "bm25, all words": plain(database, " AND "),
    "bm25, any word": plain(database, " OR "),
  };
  const halves = split([...rated.keys()], numberOption("seed", 7));
  const results = [];
  for (const [name, engine] of Object.entries(engines)) results.push(await measure(name, engine, rated, halves));
  printResult(results, { bench: "search", queries: rated.size, places: PLACES, results });
  database.close();
  await disconnect();
} finally {
  if (!kept) rmSync(folder, { recursive: true, force: true });
}

/** By our ids: ratings name the supplier's. */
function readRatings(path: string, database: Database.Database): Rated {
  const rows = z
    .array(z.object({ query: z.string(), product_id: z.string(), rating: z.coerce.number() }))
    .parse(parse(readFileSync(path), { columns: true }));
  const idOf = database
    .prepare<[string], string>(
      `SELECT i."productId" FROM "SourceItem" i JOIN "FeedSource" f ON f."id" = i."sourceId"
       WHERE f."kind" = 'etilize' AND i."entity" = 'product' AND i."externalKey" = ?`,
    )
    .pluck();
  const rated: Rated = new Map();
  for (const { query, product_id, rating } of rows) {
    const id = idOf.get(product_id);
    if (id === undefined) throw new Error(`The feeds hold no product ${product_id}, which is rated.`);
    const ratings = rated.get(query) ?? new Map<string, number>();
    rated.set(query, ratings.set(id, rating));
  }
  return rated;
}

/** FTS5's own bm25 over the three columns, no weights. */
function plain(database: Database.Database, join: string): Engine {
  const statement = database
    .prepare<[string, number], string>(
      `SELECT s."productId" FROM (SELECT rowid, rank FROM "product_search_fts" WHERE "product_search_fts" MATCH ?
       ORDER BY rank LIMIT ?) f JOIN "ProductSearch" s ON s."docId" = f.rowid ORDER BY f.rank`,
    )
    .pluck();
  const asked = (query: string) => words(query).map((word) => `"${word}"`);
  return (query) => statement.all(asked(query).join(join), READ);
}

async function measure(name: string, engine: Engine, rated: Rated, halves: Record<"tuned" | "held", Set<string>>) {
  const all: { query: string; full: number; known: number }[] = [];
  for (const [query, ratings] of rated) {
    const found = await engine(query);
    const known = found.filter((id) => ratings.has(id));
    all.push({ query, full: ndcg(found, ratings), known: ndcg(known, ratings) });
  }
  const mean = (of: "full" | "known", queries?: Set<string>) => {
    const rows = all.filter(({ query }) => !queries || queries.has(query));
    return rounded(rows.reduce((sum, row) => sum + row[of], 0) / rows.length);
  };
  return {
    engine: name,
    "NDCG@10": mean("full"),
    "tuned half": mean("full", halves.tuned),
    "held-out half": mean("full", halves.held),
    "rated products only": mean("known"),
    "rated, held-out": mean("known", halves.held),
  };
}

/** Normalised discounted cumulative gain, gain 2^rating − 1 (Burges et al. 2005); what nobody rated is worth nothing. */
function ndcg(found: string[], ratings: Map<string, number>) {
  const gain = (values: number[]) =>
    values.slice(0, PLACES).reduce((sum, rating, at) => sum + (2 ** rating - 1) / Math.log2(at + 2), 0);
  const best = gain([...ratings.values()].toSorted((a, b) => b - a));
  return best === 0 ? 0 : gain(found.map((id) => ratings.get(id) ?? 0)) / best;
}

/** Two halves by a seeded order: weights were found on the first, the second was only looked at. */
function split(queries: string[], seed: number) {
  let state = seed;
  const order = queries
    .map((query) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return { query, at: state };
    })
    .toSorted((a, b) => a.at - b.at);
  const half = (rest: number) => new Set(order.filter((_, at) => at % 2 === rest).map(({ query }) => query));
  return { tuned: half(0), held: half(1) };
}

function rounded(share: number) {
  return Math.round(share * 10_000) / 10_000;
}
