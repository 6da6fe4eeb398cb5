// What is typed into the one box, beside FTS5's own ranking of every match.
import type Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { searchCategories } from "@/lib/categories/search-categories";
import { findAnything } from "@/lib/search/find-anything";
import { words } from "@/lib/search/fold";
import { suggest } from "@/lib/search/suggest";
import { LIMIT, list, type Question, ROW, rows } from "./question";
import type { Sample } from "./read-sample";

export function searchQuestions(database: Database.Database, sample: Sample): Question[] {
  const rank = byRank(database);
  const first = (run: number) => words(sample.words(run))[0] ?? "";
  const search = (name: string, typed: (run: number) => string, asked = typed): Question => ({
    name,
    ours: (run) => list({ q: typed(run) }),
    bare: (run) => rank(asked(run)),
  });
  const place = { kind: "category", id: sample.subtree.id } as const;
  return [
    search("search: three words", sample.words),
    search("search: one word", first),
    search("search: a word half typed", (run) => first(run).slice(0, -1)),
    search("search: one code", (run) => sample.code(run)),
    search("search: one letter", () => sample.letters.slice(0, 1)),
    search("search: two letters", () => sample.letters),
    search("search: a word misspelt", (run) => swapped(first(run)), first),
    {
      name: "search: one word in a category",
      ours: (run) => list({ q: first(run), place }),
      bare: (run) => rank(first(run)),
    },
    {
      name: "suggestions for two letters",
      ours: () => suggest(SYSTEM, sample.letters),
      bare: rows(
        database,
        `SELECT "word" FROM "SearchWord" WHERE "word" >= ? AND "word" < ? ORDER BY "products" DESC LIMIT 6`,
        [sample.letters, `${sample.letters}\u{10ffff}`],
      ),
    },
    {
      name: "the palette's answer",
      ours: (run) => findAnything(SYSTEM, first(run)),
      bare: (run) => rank(first(run)),
    },
    {
      name: "categories by name",
      ours: () => searchCategories(SYSTEM, sample.subtree.path.slice(0, 4)),
      bare: rows(database, `SELECT "id", "name", "path" FROM "Category" WHERE "nameKey" LIKE ? LIMIT 20`, [
        `%${sample.subtree.path.slice(0, 4)}%`,
      ]),
    },
  ];
}

/** A page by bm25, and a count as far as a search counts. */
function byRank(database: Database.Database) {
  const from = `"product_search_fts" f JOIN "ProductSearch" s ON s."docId" = f.rowid`;
  const page = database.prepare(
    `SELECT ${ROW} FROM (SELECT s."productId", f.rank FROM ${from} WHERE "product_search_fts" MATCH ? ORDER BY f.rank ${LIMIT}) hit
     JOIN "Product" p ON p."id" = hit."productId" LEFT JOIN "Category" c ON c."id" = p."categoryId" ORDER BY hit.rank`,
  );
  const count = database.prepare(
    `SELECT count(*) FROM (SELECT 1 FROM "product_search_fts" WHERE "product_search_fts" MATCH ? LIMIT 1001)`,
  );
  return (typed: string) => {
    const match = `${typed.toLowerCase()}*`;
    return [page.all(match), count.all(match)];
  };
}

/** Two letters in the middle changed places. */
function swapped(word: string) {
  const at = Math.floor(word.length / 2);
  return word.slice(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + word.slice(at + 1);
}
