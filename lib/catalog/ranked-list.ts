import "server-only";
import { type CategoryTree, trail } from "@/lib/categories/category-tree";
import type { ProductCounts } from "@/lib/categories/product-counts";
import type { ProductFilter } from "@/lib/db/product-filter";
import { countProducts, selectIdsAfter } from "@/lib/db/product-hits";
import { type ProductListRow, selectRowsOf } from "@/lib/db/product-rows";
import { selectCandidates } from "@/lib/db/search-candidates";
import { words } from "@/lib/search/fold";
import { rankProducts } from "@/lib/search/rank-products";
import { compactCode } from "@/lib/search/search-document";
import type { SearchTerms } from "@/lib/search/search-terms";

/** Matches that are ranked; of more, those with the words in their titles. */
const RANK_CAP = 1_000;
/** For scripts, which page through everything. */
const EXACT_RANK_CAP = 5_000;
/** Ids read at a time. */
const BATCH = 5_000;

interface Asked {
  q: string;
  offset: number;
  limit: number;
  /** Count all matches and give those beyond the ranked ones too, in the order of their ids. */
  isExact: boolean;
}

/** One page of matches, the best first, and how many there are. */
export async function rankedPage(
  filter: ProductFilter & { terms: SearchTerms },
  catalogue: { tree: CategoryTree; counts: ProductCounts },
  { q, offset, limit, isExact }: Asked,
): Promise<{ rows: ProductListRow[]; total: { count: number; isCapped: boolean } }> {
  const cap = isExact ? EXACT_RANK_CAP : RANK_CAP;
  const candidates = await selectCandidates(filter, cap + 1, wordsOfAll(filter, catalogue.tree));
  const isCapped = candidates.length > cap;
  const names = new Map<string, string[]>();
  const ranked = rankProducts(candidates.slice(0, cap), {
    terms: filter.terms,
    code: compactCode(q),
    categoryNames: (id) => {
      const found = names.get(id) ?? namesDownTo(catalogue.tree, id);
      names.set(id, found);
      return found;
    },
    categorySize: (id) => catalogue.counts.own.get(id) ?? 0,
  }).map(({ id }) => id);
  if (isExact && isCapped) {
    const page = await beyondRanked(filter, ranked, offset, limit);
    return { rows: await selectRowsOf(page), total: { count: await countProducts(filter), isCapped: false } };
  }
  const rows = await selectRowsOf(ranked.slice(offset, offset + limit));
  return { rows, total: { count: ranked.length, isCapped } };
}

/** Words that stand in the document of every product of the filter: its category's names and its brand. */
function wordsOfAll({ scope, brands }: ProductFilter, tree: CategoryTree): string[] {
  const node =
    scope.kind === "subtree"
      ? tree.byPath.get(scope.path)
      : scope.kind === "category"
        ? tree.byId.get(scope.id)
        : undefined;
  const names = node ? namesDownTo(tree, node.id) : [];
  return [...new Set([...names, ...(brands.length === 1 ? brands : [])].flatMap(words))];
}

function namesDownTo(tree: CategoryTree, id: string) {
  const node = tree.byId.get(id);
  return node ? trail(tree, node).map(({ name }) => name) : [];
}

/** A page of the ranked ids and all others after them. */
async function beyondRanked(filter: ProductFilter, ranked: string[], offset: number, limit: number) {
  const ids = ranked.slice(offset, offset + limit);
  const known = new Set(ranked);
  let skipped = ranked.length;
  for (let after = ""; ids.length < limit; ) {
    const batch = await selectIdsAfter(filter, after, BATCH);
    for (const id of batch) {
      if (known.has(id) || ids.length >= limit) continue;
      if (skipped++ >= offset) ids.push(id);
    }
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) break;
    after = last;
  }
  return ids;
}
