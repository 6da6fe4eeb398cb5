import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countedTree } from "@/lib/categories/category-tree";
import { selectGatheredPage } from "@/lib/db/gathered-page";
import { selectSortedPage } from "@/lib/db/product-list";
import type { Reading } from "@/lib/search/read-query";
import { otherNames } from "@/lib/search/search-terms";
import { betterSpelling } from "@/lib/search/spelling";
import { type Catalogue, type ListFilter, toFilter } from "./list-filter";
import { cursors, type Matches, NOTHING_FOUND, pageOf, sortOf, toMatches } from "./list-page";
import type { ListQuery, ProductList } from "./list-query";
import { COUNT_CAP, choosePlan, countFromTree, countMatches } from "./list-total";
import { rankedPage } from "./ranked-list";

/** Matches up to this many are next to nothing: a slip of the pen may be why. */
const POOR = 4;

/**
 * One page of products. Archived ones are left out unless `status` asks for them.
 * @throws {AppError} `forbidden`; `not_found` when the category is not there.
 */
export async function listProducts(actor: Actor, query: ListQuery): Promise<ProductList> {
  assertCan(actor, "catalog:read");
  const catalogue = await countedTree();
  const { filter, problems, reading } = await toFilter(actor, catalogue, query);
  const matches = await listMatches(actor, filter, catalogue, query);
  return { ...matches, problems, reading: reading && (await shownReading(reading, matches, query)) };
}

async function shownReading({ terms, kind, shown }: Reading, { total }: Matches, { q, literal }: ListQuery) {
  const isPoor = kind === "asTyped" && !literal && total.count <= POOR;
  const didYouMean = isPoor ? await betterSpelling(q ?? "") : null;
  return { kind, shown, alsoNamed: otherNames(terms), ...(didYouMean && { didYouMean }) };
}

async function listMatches(actor: Actor, filter: ListFilter, catalogue: Catalogue, query: ListQuery) {
  const { counts } = catalogue;
  // Letters were typed, but none that a product could have.
  if (query.q?.trim() && !filter.terms) return NOTHING_FOUND;
  const { terms } = filter;
  if (terms && (query.sort ?? "relevance") === "relevance") return rankedList({ ...filter, terms }, catalogue, query);
  const sort = await sortOf(actor, query);
  const page = pageOf(query, sort);
  // Few matches are gathered once, for the count and the page; the tree has counted the rest already.
  const isCounted = query.exact || countFromTree(filter, counts) !== undefined;
  const gathered = isCounted ? null : await selectGatheredPage(filter, page, COUNT_CAP);
  if (gathered?.matches === 0) return NOTHING_FOUND;
  if (gathered) return toMatches(gathered.rows, page, { count: gathered.matches, isCapped: false });
  const total = isCounted ? await countMatches(filter, counts, query) : { count: COUNT_CAP, isCapped: true };
  if (total.count === 0) return NOTHING_FOUND;
  const plan = choosePlan(filter, total, page.limit - 1, counts.all + counts.archived);
  return toMatches(await selectSortedPage(filter, { ...page, plan }), page, total);
}

/** The best matches first; pages are counted, since relevance is no key one could go on from. */
async function rankedList(
  filter: ListFilter & { terms: NonNullable<ListFilter["terms"]> },
  catalogue: Catalogue,
  query: ListQuery,
): Promise<Matches> {
  const limit = query.size ?? 50;
  const { after, before } = cursors(query, "relevance");
  const byPage = ((query.page ?? 1) - 1) * limit;
  const offset = before ? Math.max(0, before.rank - limit) : after ? after.rank + 1 : byPage;
  const { rows: found, total } = await rankedPage(filter, catalogue, {
    q: query.q ?? "",
    offset,
    limit: limit + 1,
    isExact: query.exact ?? false,
  });
  const rows = found.slice(0, limit);
  return {
    rows,
    total,
    offset,
    previous: offset > 0 ? { key: null, id: "", rank: offset } : null,
    next: found.length > limit ? { key: null, id: "", rank: offset + limit - 1 } : null,
  };
}
