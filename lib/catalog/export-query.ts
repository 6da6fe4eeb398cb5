import { z } from "zod";
import type { ListPlace } from "./list-query";
import { type ProductSearch, productListHref } from "./product-search";
import { parseProductSearch } from "./search-params";

const ADDRESS = "/api/products/export";

/** The list's own query, and where it is: `category` is an id, or `none` for products without one. */
export const exportQuery = z.looseObject({ category: z.union([z.uuid(), z.literal("none")]).optional() });

/** What a list shows on all its pages. The order of its rows is not the file's. */
export function listToExport({ category, ...params }: z.output<typeof exportQuery>) {
  const { q, literal, status, brand, priceFrom, priceTo, stock, image, own, since, conditions } =
    parseProductSearch(params);
  const place: ListPlace = !category
    ? { kind: "all" }
    : category === "none"
      ? { kind: "uncategorised" }
      : { kind: "category", id: category };
  return { q, literal, status, brand, priceFrom, priceTo, stock, image, own, since, conditions, place };
}

export function exportHref(place: ListPlace, search: ProductSearch): string {
  const href = productListHref(ADDRESS, {
    ...search,
    sort: "name",
    dir: "asc",
    size: 50,
    columns: undefined,
    view: undefined,
  });
  const category = exportPlace(place);
  return category ? `${href}${href.includes("?") ? "&" : "?"}category=${category}` : href;
}

/** A place as exports name it: a category's id, `none` for products without one, null for the whole catalogue. */
export function exportPlace(place: ListPlace): string | null {
  return place.kind === "category" ? place.id : place.kind === "uncategorised" ? "none" : null;
}
