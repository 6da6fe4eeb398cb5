import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type CategoryTree, countedTree } from "@/lib/categories/category-tree";
import type { ProductCounts } from "@/lib/categories/product-counts";
import { selectGatheredPage } from "@/lib/db/gathered-page";
import type { ProductFilter, ProductScope } from "@/lib/db/product-filter";
import {
  countProducts,
  type ProductListRow,
  type ProductSort,
  type SortedPage,
  type SortPosition,
  selectIdsAfter,
  selectSortedPage,
} from "@/lib/db/product-list";
import { AppError } from "@/lib/errors";
import { sortColumn } from "@/lib/metafields/sort-column";
import { type Reading, readQuery } from "@/lib/search/read-query";
import { otherNames } from "@/lib/search/search-terms";
import { betterSpelling } from "@/lib/search/spelling";
import { type Cursor, fitsSort } from "./cursor";
import { isMetafieldId, metafieldOf, NO_CONDITIONS } from "./filter/condition";
import { metafieldTypes, resolveConditions } from "./filter/resolve-conditions";
import type { ProductSearch } from "./product-search";
import { rankedPage } from "./ranked-list";

export type { ProductListRow } from "@/lib/db/product-list";

/** Beyond this a screen says `10,000+`: nobody pages there, and counting them all takes time on every view. */
const COUNT_CAP = 10_000;

/** Matches up to this many are next to nothing: a slip of the pen may be why. */
const POOR = 4;
/** How much longer a walk takes than if matches were spread evenly. */
const CLUSTERING = 4;

/** Where the list is: the whole catalogue, the queue of products without a category, or a category's id. */
export type ListPlace = { kind: "all" } | { kind: "uncategorised" } | { kind: "category"; id: string };

/** What is asked for; the parts of a ProductSearch that a script may leave out have defaults. */
export type ListQuery = Partial<Omit<ProductSearch, "size" | "columns" | "refused" | "view">> & {
  place?: ListPlace;
  /** Rows a page, at most 200. */
  size?: number;
  /** Counts from 1; for scripts. Deep pages cost more than cursors. */
  page?: number;
  /** Count and rank all matches, however many. */
  exact?: boolean;
};

export interface ProductList {
  rows: ProductListRow[];
  total: { count: number; isCapped: boolean };
  /** How many rows stand before the first one. */
  offset: number;
  previous: Cursor | null;
  next: Cursor | null;
  /** Conditions that could not be asked, in words; the list is shown without them. */
  problems: string[];
  /** How the words searched for were taken; null without a search. */
  reading: ShownReading | null;
}

export interface ShownReading extends Pick<Reading, "kind" | "shown"> {
  /** A spelling that finds more, where what was typed finds next to nothing. */
  didYouMean?: string;
  /** Other names of the same things, which are looked for too. */
  alsoNamed: string[];
}

/**
 * One page of products. Archived ones are left out unless `status` asks for them.
 * @throws {AppError} `forbidden`; `not_found` when the category is not there.
 */
export async function listProducts(actor: Actor, query: ListQuery): Promise<ProductList> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const { filter, problems, reading } = await toFilter(actor, tree, query);
  const matches = await listMatches(actor, filter, { tree, counts }, query);
  return { ...matches, problems, reading: reading && (await shownReading(reading, matches, query)) };
}

async function shownReading({ terms, kind, shown }: Reading, { total }: Matches, { q, literal }: ListQuery) {
  const isPoor = kind === "asTyped" && !literal && total.count <= POOR;
  const didYouMean = isPoor ? await betterSpelling(q ?? "") : null;
  return { kind, shown, alsoNamed: otherNames(terms), ...(didYouMean && { didYouMean }) };
}

interface Catalogue {
  tree: CategoryTree;
  counts: ProductCounts;
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

/** All but what could not be asked. */
type Matches = Omit<ProductList, "problems" | "reading">;
type ListFilter = ProductFilter & { categoryId?: string };

const NOTHING_FOUND: Matches = {
  rows: [],
  total: { count: 0, isCapped: false },
  offset: 0,
  previous: null,
  next: null,
};

/**
 * Ids of all products that a list means, however many, in the order of their ids and `size` at a time, from behind `from`.
 * @throws {AppError} as `listProducts`
 */
export async function* listProductIds(
  actor: Actor,
  query: ListQuery,
  size: number,
  from = "",
): AsyncGenerator<string[]> {
  assertCan(actor, "catalog:read");
  const { tree } = await countedTree();
  const { filter } = await toFilter(actor, tree, query);
  if (query.q?.trim() && !filter.terms) return;
  for (let after = from; ; ) {
    const ids = await selectIdsAfter(filter, after, size);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (!last || ids.length < size) return;
    after = last;
  }
}

/** How many products a list holds, however many. @throws {AppError} as `listProducts` */
export async function countWhole(actor: Actor, query: ListQuery): Promise<number> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const { filter } = await toFilter(actor, tree, query);
  if (query.q?.trim() && !filter.terms) return 0;
  return (await countMatches(filter, counts, { ...query, exact: true })).count;
}

/**
 * All products of a list in its own order, `size` at a time: what its pages put together show.
 * @throws {AppError} as `listProducts`
 */
export async function* listEveryProduct(
  actor: Actor,
  query: ListQuery,
  size: number,
): AsyncGenerator<ProductListRow[]> {
  assertCan(actor, "catalog:read");
  const { tree, counts } = await countedTree();
  const { filter } = await toFilter(actor, tree, query);
  if (query.q?.trim() && !filter.terms) return;
  if (filter.terms && (query.sort ?? "relevance") === "relevance") {
    // The best come first, those beyond what is ranked after them.
    for (let page = 1; ; page++) {
      const { rows, next } = await listProducts(actor, { ...query, page, size, exact: true });
      if (rows.length > 0) yield rows;
      if (!next) return;
    }
  }
  const sort = await sortOf(actor, query);
  const total = await countMatches(filter, counts, { ...query, exact: false });
  const plan = choosePlan(filter, total, size, counts.all + counts.archived);
  for (let after: SortPosition | undefined; ; ) {
    const rows = await selectSortedPage(filter, { sort, dir: query.dir ?? "asc", after, limit: size, plan });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.position;
    if (!after || rows.length < size) return;
  }
}

/** What the list goes by: a metafield by the column that its type's values compare in. */
async function sortOf(actor: Actor, { sort }: ListQuery): Promise<ProductSort> {
  if (!sort || sort === "relevance") return "name";
  if (!isMetafieldId(sort)) return sort;
  const { namespace, key } = metafieldOf(sort);
  const type = (await metafieldTypes(actor, [sort])).get(`${namespace}.${key}`) ?? "";
  return { namespace, key, by: sortColumn(type) };
}

/** A page of the list; one row more than shown tells whether there is another page beyond it. */
function pageOf(query: ListQuery, sort: ProductSort): Omit<SortedPage, "plan"> & Pick<ListQuery, "after" | "before"> {
  const limit = query.size ?? 50;
  const offset = query.page ? (query.page - 1) * limit : 0;
  return {
    sort,
    dir: query.dir ?? "asc",
    ...cursors(query, typeof sort === "string" ? sort : sort.by),
    offset,
    limit: limit + 1,
  };
}

function toMatches(found: ProductListRow[], page: ReturnType<typeof pageOf>, total: ProductList["total"]): Matches {
  const { after, before, offset = 0 } = page;
  const limit = page.limit - 1;
  const hasMore = found.length > limit;
  const rows = before ? found.slice(hasMore ? 1 : 0) : found.slice(0, limit);
  const start = before ? Math.max(0, before.rank - rows.length) : after ? after.rank + 1 : offset;
  const first = rows[0];
  const last = rows.at(-1);
  const hasPrevious = before ? hasMore : after !== undefined || offset > 0;
  const hasNext = before ? true : hasMore;
  return {
    rows,
    total,
    // Counted from the end of a list that changed meanwhile, the first page could be told to begin elsewhere.
    offset: hasPrevious ? start : 0,
    previous: hasPrevious && first ? toCursor(first.position, start) : null,
    next: hasNext && last ? toCursor(last.position, start + rows.length - 1) : null,
  };
}

/** The best matches first; pages are counted, since relevance is no key one could go on from. */
async function rankedList(
  filter: ProductFilter & { terms: NonNullable<ProductFilter["terms"]> },
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

/**
 * Walking the sort's index finds one match in every all/matches rows, so a page takes limit·all/matches of them, and
 * several times that where the matches lie together; gathering takes all matches. The smaller wins. A brand's products
 * do lie together, as names begin with it: they are gathered.
 */
function choosePlan(filter: ProductFilter, total: ProductList["total"], limit: number, all: number) {
  if (filter.brands.length > 0) return "gather";
  if (total.isCapped) return "walk";
  return total.count * total.count > CLUSTERING * limit * all ? "walk" : "gather";
}

async function countMatches(filter: ProductFilter, counts: ProductCounts, query: ListQuery) {
  const known = query.exact ? undefined : countFromTree(filter, counts);
  if (known !== undefined) return { count: known, isCapped: false };
  if (query.exact) return { count: await countProducts(filter), isCapped: false };
  const count = await countProducts(filter, COUNT_CAP + 1);
  return { count: Math.min(count, COUNT_CAP), isCapped: count > COUNT_CAP };
}

/** A category without filters has been counted already. */
function countFromTree(filter: ProductFilter & { categoryId?: string }, counts: ProductCounts) {
  const { scope, statuses, terms, brands, categoryId, ...rest } = filter;
  const isPlain =
    !terms && brands.length === 0 && statuses === SHOWN && Object.values(rest).every((value) => value === undefined);
  if (!isPlain) return undefined;
  if (scope.kind === "all") return counts.all;
  if (scope.kind === "uncategorised") return counts.uncategorised;
  return (scope.kind === "category" ? counts.own : counts.subtree).get(categoryId ?? "") ?? 0;
}

/** A cursor of another order means the first page. */
function cursors({ after, before }: ListQuery, sort: string) {
  return {
    after: after && fitsSort(after, sort) ? after : undefined,
    before: before && fitsSort(before, sort) ? before : undefined,
  };
}

const SHOWN = ["draft", "active"] as const;
const EVERY_STATUS = [...SHOWN, "archived"] as const;

async function toFilter(actor: Actor, tree: CategoryTree, query: ListQuery) {
  const place = query.place ?? { kind: "all" };
  const conditions = query.conditions ?? NO_CONDITIONS;
  const { tree: demands, problems } = await resolveConditions(actor, conditions);
  const reading = await readQuery(query.q ?? "", { isLiteral: query.literal });
  // Whoever asks for archived products by a condition says so there.
  const isOwnStatus = conditions.groups.some((group) =>
    group.conditions.some(({ field }) => field === "status" || field === "archived"),
  );
  const filter: ListFilter = {
    scope: toScope(tree, place, query.own ?? false),
    categoryId: place.kind === "category" ? place.id : undefined,
    statuses: query.status?.length ? query.status : isOwnStatus ? EVERY_STATUS : SHOWN,
    brands: query.brand ?? [],
    priceFromCents: query.priceFrom,
    priceToCents: query.priceTo,
    stock: query.stock,
    hasImage: query.image,
    updatedSince: query.since ? new Date(query.since) : undefined,
    demands,
    terms: reading?.terms,
  };
  return { filter, problems, reading };
}

function toScope(tree: CategoryTree, place: ListPlace, isOwnOnly: boolean): ProductScope {
  if (place.kind !== "category") return place;
  const node = tree.byId.get(place.id);
  if (!node) throw new AppError("not_found", "This category is not there any more.");
  if (isOwnOnly || node.children.length === 0) return { kind: "category", id: node.id };
  return { kind: "subtree", path: node.path };
}

function toCursor({ key, id }: SortPosition, rank: number): Cursor {
  return { key, id, rank };
}
