import "server-only";
import type { ProductCounts } from "@/lib/categories/product-counts";
import { always } from "@/lib/db/filter/start";
import type { ProductFilter } from "@/lib/db/product-filter";
import { countProducts } from "@/lib/db/product-hits";
import { type ListFilter, SHOWN } from "./list-filter";
import type { ListQuery, ProductList } from "./list-query";

/** Beyond this a screen says `10,000+`: nobody pages there, and counting them all takes time on every view. */
export const COUNT_CAP = 10_000;

/** How much longer a walk takes than if matches were spread evenly. */
const CLUSTERING = 4;

/**
 * Walking the sort's index finds one match in every all/matches rows, so a page takes limit·all/matches of them, and
 * several times that where the matches lie together; gathering takes all matches. The smaller wins. A brand's products
 * do lie together, as names begin with it: they are gathered.
 */
export function choosePlan(filter: ProductFilter, total: ProductList["total"], limit: number, all: number) {
  if (isOfBrands(filter)) return "gather";
  if (total.isCapped) return "walk";
  return total.count * total.count > CLUSTERING * limit * all ? "walk" : "gather";
}

function isOfBrands({ brands, demands }: ProductFilter) {
  if (brands.length > 0) return true;
  const asked = demands ? always(demands) : [];
  return asked.some(({ isNot, ...demand }) => {
    return !isNot && demand.on === "column" && demand.column === "brand" && demand.test.kind !== "known";
  });
}

/** How many products a list holds, as far as screens count. */
export async function countMatches(filter: ProductFilter, counts: ProductCounts, query: ListQuery) {
  const known = query.exact ? undefined : countFromTree(filter, counts);
  if (known !== undefined) return { count: known, isCapped: false };
  if (query.exact) return { count: await countProducts(filter), isCapped: false };
  const count = await countProducts(filter, COUNT_CAP + 1);
  return { count: Math.min(count, COUNT_CAP), isCapped: count > COUNT_CAP };
}

/** A category without filters has been counted already. */
export function countFromTree(filter: ListFilter, counts: ProductCounts) {
  const { scope, placeHolds: _, statuses, terms, brands, categoryId, ...rest } = filter;
  const isPlain =
    !terms && brands.length === 0 && statuses === SHOWN && Object.values(rest).every((value) => value === undefined);
  if (!isPlain) return undefined;
  if (scope.kind === "all") return counts.all;
  if (scope.kind === "uncategorised") return counts.uncategorised;
  return (scope.kind === "category" ? counts.own : counts.subtree).get(categoryId ?? "") ?? 0;
}
