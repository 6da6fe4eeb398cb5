import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { fitsSort } from "@/lib/catalog/cursor";
import { listProducts } from "@/lib/catalog/list-products";
import type { ListQuery } from "@/lib/catalog/list-query";
import { getProductRecords } from "@/lib/catalog/product-records";
import { resolveCategoryOrThrow } from "@/lib/categories/resolve-category";
import { flag, oneOrMore, text } from "./fields";
import { isOnePlace, pageFields, pageNumber, readCursor, TWO_PLACES, writeCursor } from "./paging";
import { toProductJson } from "./product-json";

/** By the names of the answer's fields. */
const SORTS = {
  name: "name",
  sku: "sku",
  brand: "brand",
  price: "price",
  inventory_quantity: "stock",
  updated_at: "updated",
  relevance: "relevance",
} as const;
type SortName = keyof typeof SORTS;
const SORT_NAMES = Object.keys(SORTS) as SortName[]; // keyof SORTS by construction

const sort = z
  .enum(
    SORT_NAMES.flatMap((name) => (name === "relevance" ? [name] : [name, `-${name}` as const])),
    `Sort by ${SORT_NAMES.join(", ")}; a - in front turns the order round.`,
  )
  .optional()
  .describe("`-` in front turns the order round. What is searched for comes best first, else by name.");

const narrowing = {
  brand: oneOrMore(text(200), 50).describe("Any of these, as they are written."),
  status: oneOrMore(z.enum(["draft", "active", "archived"], "Choose draft, active or archived."), 3).describe(
    "Any of these; drafts and active products without it.",
  ),
  sort,
};
const category_id = text(2_000).min(1, "Send an id or a path.").optional().describe("An id or a path.");
const include_subcategories = flag("true").describe("Whether products further down the tree count.");
const q = text(200).optional().describe("Words, codes or beginnings of them.");
const soughtText = text(200).refine((typed) => typed.trim() !== "", "Send what to look for.");

export const productsOfCategory = z
  .object({ ...pageFields, include_subcategories, ...narrowing, q })
  .refine(isOnePlace, TWO_PLACES);
export const productQuery = z
  .object({ ...pageFields, category_id, include_subcategories, ...narrowing, q })
  .refine(isOnePlace, TWO_PLACES);
export const searchQuery = z
  .object({ q: soughtText, ...pageFields, category_id, include_subcategories, ...narrowing })
  .refine(isOnePlace, TWO_PLACES);
export const searchBody = z
  .strictObject({
    query: soughtText,
    ...pageFields,
    category_id,
    include_subcategories: z.boolean("Send true or false.").default(true),
    ...narrowing,
  })
  .refine(isOnePlace, TWO_PLACES)
  .meta({ id: "ProductSearch" });

/** The answer to any question for products. @throws {AppError} `not_found` for an unknown category, `invalid_input` */
export async function productPage(actor: Actor, query: z.output<typeof productQuery>) {
  const asked = query.sort ?? (query.q?.trim() ? "relevance" : "name");
  // Only what is searched for can be more or less like it.
  const order = asked === "relevance" && !query.q?.trim() ? "name" : asked;
  const isDescending = order.startsWith("-");
  const by = SORTS[(isDescending ? order.slice(1) : order) as SortName]; // every order is a name with or without its sign
  const list = await listProducts(actor, {
    q: query.q,
    status: query.status,
    brand: query.brand,
    place: await placeOf(actor, query.category_id),
    own: !query.include_subcategories,
    sort: by,
    dir: isDescending ? "desc" : "asc",
    page: query.page,
    size: query.per_page,
    after: readCursor(query.cursor, order, (cursor) => fitsSort(cursor, by)),
    exact: true,
    literal: true,
  });
  const records = await getProductRecords(
    actor,
    list.rows.map(({ id }) => id),
  );
  return {
    data: list.rows.flatMap(({ id, picture }) => {
      const record = records.get(id);
      return record ? [toProductJson(record, picture)] : [];
    }),
    total: list.total.count,
    page: query.page ?? pageNumber(list.offset, query.per_page),
    per_page: query.per_page,
    next_cursor: list.next && writeCursor(order, list.next),
  };
}

async function placeOf(actor: Actor, idOrPath: string | undefined): Promise<ListQuery["place"]> {
  if (idOrPath === undefined) return { kind: "all" };
  return { kind: "category", id: await resolveCategoryOrThrow(actor, idOrPath) };
}
