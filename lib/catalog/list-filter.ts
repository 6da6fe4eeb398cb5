import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { CategoryTree } from "@/lib/categories/category-tree";
import type { ProductCounts } from "@/lib/categories/product-counts";
import type { ProductFilter, ProductScope } from "@/lib/db/product-filter";
import { AppError } from "@/lib/errors";
import { readQuery } from "@/lib/search/read-query";
import { NO_CONDITIONS } from "./filter/condition";
import { resolveConditions } from "./filter/resolve-conditions";
import type { ListPlace, ListQuery } from "./list-query";

/** The tree, and how many products are where in it. */
export interface Catalogue {
  tree: CategoryTree;
  counts: ProductCounts;
}

export type ListFilter = ProductFilter & { categoryId?: string };

/** Archived products are left out unless somebody asks for them. */
export const SHOWN = ["draft", "active"] as const;
const EVERY_STATUS = [...SHOWN, "archived"] as const;

/** What a list asks of the database, and what of it could not be asked. */
export async function toFilter(actor: Actor, { tree, counts }: Catalogue, query: ListQuery) {
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
    placeHolds: placeHolds(counts, place),
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

/** Archived ones aside; undefined where that is the whole catalogue. */
function placeHolds(counts: ProductCounts, place: ListPlace) {
  if (place.kind === "all") return undefined;
  return place.kind === "uncategorised" ? counts.uncategorised : (counts.subtree.get(place.id) ?? 0);
}
