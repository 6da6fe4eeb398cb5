import "server-only";
import type { Candidate } from "@/lib/search/rank-products";
import { besideWords, inTitles, longBeginnings, type SearchTerms, wholeWords } from "@/lib/search/search-terms";
import { db, engine } from "./client";
import { filterSql, type ProductFilter } from "./product-filter";
import { queryRows } from "./raw";
import { matchText } from "./search";

type Searched = ProductFilter & { terms: SearchTerms };
type Found = Candidate & { docId: number };

const COLUMNS = `p."id", p."brand", p."categoryId", s."docId", s."title", s."codes", s."body"`;
/** Words that a long beginning is taken for, the most frequent. */
const COMPLETIONS = 24;
/** Matches looked for in titles once there are too many. */
const TITLES = 600;
/** How much further into the index than the first matches titles are looked for: it bounds the time. */
const REACH = 20;

/**
 * Matches to be ranked, at most `cap`. `beside` are words that every product of the filter has (its category's, its
 * brand's): the index then leaves the others out before their rows are read.
 */
export async function selectCandidates(filter: Searched, cap: number, beside: readonly string[]): Promise<Candidate[]> {
  const narrow: Searched = { ...filter, terms: besideWords(filter.terms, beside) };
  if (engine() === "postgresql") return select(narrow, cap);
  const whole: Searched = { ...narrow, terms: wholeWords(narrow.terms, await completions(narrow.terms)) };
  const found = await select(whole, cap);
  if (found.length >= cap) return titlesFirst(whole, found, cap);
  if (longBeginnings(narrow.terms).length === 0) return found;
  const known = new Map(found.map((row) => [row.id, row]));
  for (const row of await select(narrow, cap)) if (known.size < cap) known.set(row.id, row);
  return [...known.values()];
}

/** Whether anything at all matches, whatever its status. */
export async function hasMatch(terms: SearchTerms): Promise<boolean> {
  const isLong = engine() === "sqlite" && longBeginnings(terms).length > 0;
  if (isLong && (await hasRow(wholeWords(terms, await completions(terms))))) return true;
  return hasRow(terms);
}

async function hasRow(terms: SearchTerms) {
  const filter: Searched = { scope: { kind: "all" }, statuses: ["draft", "active", "archived"], brands: [], terms };
  const { from, where, parameters } = filterSql(filter);
  const rows = await queryRows(db, `SELECT 1 AS "found" FROM ${from} WHERE ${where} LIMIT 1`, ...parameters);
  return rows.length > 0;
}

/** A common word's matches come in the order of the index: those with it in their title are put before them. */
async function titlesFirst(filter: Searched, found: Found[], cap: number): Promise<Found[]> {
  const reach = Math.max(...found.map(({ docId }) => docId)) * REACH;
  const titles = await queryRows<{ docId: number }>(
    db,
    `SELECT rowid AS "docId" FROM "product_search_fts" WHERE "product_search_fts" MATCH ? AND rowid <= ? LIMIT ?`,
    matchText(inTitles(filter.terms)),
    reach,
    TITLES,
  );
  const byDoc = new Map(found.map((row) => [row.docId, row]));
  const missing = titles.map(({ docId }) => docId).filter((docId) => !byDoc.has(docId));
  for (const row of await selectDocuments(filter, missing)) byDoc.set(row.docId, row);
  const first = new Map(titles.flatMap(({ docId }) => byDoc.get(docId) ?? []).map((row) => [row.docId, row]));
  for (const row of found) if (first.size < cap) first.set(row.docId, row);
  return [...first.values()];
}

async function selectDocuments(filter: Searched, docIds: readonly number[]): Promise<Found[]> {
  if (docIds.length === 0) return [];
  const { where, parameters } = filterSql({ ...filter, terms: undefined });
  return queryRows<Found>(
    db,
    `SELECT ${COLUMNS} FROM json_each(?) d CROSS JOIN "ProductSearch" s ON s."docId" = d.value
     CROSS JOIN "Product" p ON p."id" = s."productId" WHERE ${where}`,
    JSON.stringify(docIds),
    ...parameters,
  );
}

async function select(filter: Searched, limit: number) {
  const { from, where, parameters } = filterSql(filter);
  return queryRows<Found>(db, `SELECT ${COLUMNS} FROM ${from} WHERE ${where} LIMIT ?`, ...parameters, limit);
}

/** The catalogue's most frequent words that begin as the search asks. */
async function completions(terms: SearchTerms) {
  const found = await Promise.all(
    longBeginnings(terms).map((beginning) =>
      db.searchWord.findMany({
        where: { word: { gte: beginning, lt: `${beginning}\u{10ffff}` } },
        orderBy: { products: "desc" },
        take: COMPLETIONS,
        select: { word: true },
      }),
    ),
  );
  return found.flat().map(({ word }) => word);
}
