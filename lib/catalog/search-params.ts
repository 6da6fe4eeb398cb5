import { z } from "zod";
import { decodeCursor } from "./cursor";
import { isMetafieldId } from "./filter/condition";
import { readConditions } from "./filter/condition-text";
import { PAGE_SIZES, PRODUCT_SORTS, type ProductSearch, readColumns } from "./product-search";

const list = z.preprocess((value) => (value === undefined || value === "" ? [] : [value].flat()), z.array(z.string()));
const price = z
  .string()
  .regex(/^\d{1,7}([.,]\d{1,2})?$/)
  .transform((text) => Math.round(Number(text.replace(",", ".")) * 100))
  .optional()
  .catch(undefined);
const flag = z
  .enum(["yes", "no"])
  .transform((word) => word === "yes")
  .optional()
  .catch(undefined);
const cursor = z
  .string()
  .transform((text) => decodeCursor(text) ?? undefined)
  .optional()
  .catch(undefined);
/** PostgreSQL takes every character but this one. */
const text = z.string().refine((value) => !value.includes("\0"));

const metafield = text.max(300).refine(isMetafieldId);

/** Every part falls back to its default alone: a link with one bad part still shows a list. */
const productSearch = z.object({
  q: z.string().max(200).catch("").default(""),
  literal: z
    .literal("yes")
    .transform(() => true)
    .optional()
    .catch(undefined),
  status: list.pipe(z.array(z.enum(["draft", "active", "archived"])).max(3)).catch([]),
  brand: list.pipe(z.array(text.max(200)).max(50)).catch([]),
  priceFrom: price,
  priceTo: price,
  stock: z.enum(["in", "out", "unknown"]).optional().catch(undefined),
  image: flag,
  own: z
    .literal("yes")
    .transform(() => true)
    .catch(false)
    .default(false),
  since: z.iso.date().optional().catch(undefined),
  filter: list.pipe(z.array(z.string().max(5_000)).max(50)).catch([]),
  match: z.enum(["all", "any"]).catch("all").default("all"),
  view: z
    .union([z.uuid(), z.literal("none")])
    .optional()
    .catch(undefined),
  sort: z
    .union([z.enum(PRODUCT_SORTS), metafield])
    .optional()
    .catch(undefined),
  dir: z.enum(["asc", "desc"]).optional().catch(undefined),
  after: cursor,
  before: cursor,
  size: z.coerce.number().pipe(z.literal(PAGE_SIZES)).catch(50).default(50),
  columns: z
    .string()
    .max(5_000)
    .transform((text) => readColumns(text))
    .refine(({ columns, unknown }) => columns.length > 0 && unknown === 0)
    .transform(({ columns }) => columns)
    .optional()
    .catch(undefined),
  mode: z.literal("grid").optional().catch(undefined),
});

/** The state of the product list from the address's query. Never throws. */
export function parseProductSearch(params: Record<string, unknown>): ProductSearch {
  const { sort, dir, filter, match, ...search } = productSearch.parse(params);
  const isSearch = search.q.trim() !== "";
  // What is searched for comes best first, unless somebody wants another order.
  const by = sort === "relevance" && !isSearch ? undefined : sort;
  const usual = isSearch ? "relevance" : "name";
  return { ...search, ...readConditions(filter, match), sort: by ?? usual, dir: dir ?? "asc" };
}
