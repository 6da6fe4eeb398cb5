import "server-only";
import type { Candidate } from "@/lib/search/rank-products";
import { inTitles, type SearchTerms } from "@/lib/search/search-terms";
import { db, engine } from "./client";
import { filterSql, type ProductFilter } from "./product-filter";
import { queryRows } from "./raw";

type Searched = ProductFilter & { terms: SearchTerms };

const COLUMNS = `p."id", p."brand", p."categoryId", s."title", s."codes", s."body"`;

/**
 * Matches to be ranked, at most `cap`: on SQLite first those with every word in the title, since a full index of a
 * common word would give whatever came first into the catalogue.
 */
export async function selectCandidates(filter: Searched, cap: number): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  if (engine() === "sqlite") {
    for (const row of await select({ ...filter, terms: inTitles(filter.terms) }, cap)) found.set(row.id, row);
  }
  if (found.size < cap) {
    for (const row of await select(filter, cap)) if (found.size < cap) found.set(row.id, row);
  }
  return [...found.values()];
}

/** Whether anything at all matches, whatever its status. */
export async function hasMatch(terms: SearchTerms): Promise<boolean> {
  const filter: Searched = { scope: { kind: "all" }, statuses: ["draft", "active", "archived"], brands: [], terms };
  const { from, where, parameters } = filterSql(filter);
  const rows = await queryRows(db, `SELECT 1 AS "found" FROM ${from} WHERE ${where} LIMIT 1`, ...parameters);
  return rows.length > 0;
}

async function select(filter: Searched, limit: number) {
  const { from, where, parameters } = filterSql(filter);
  return queryRows<Candidate>(db, `SELECT ${COLUMNS} FROM ${from} WHERE ${where} LIMIT ?`, ...parameters, limit);
}
