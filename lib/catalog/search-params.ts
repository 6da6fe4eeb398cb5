import { z } from "zod";
import { decodeCursor } from "./cursor";
import { COLUMN_IDS, PAGE_SIZES, PRODUCT_SORTS, type ProductSearch } from "./product-search";

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

/** Every part falls back to its default alone: a link with one bad part still shows a list. */
const productSearch = z.object({
  q: z.string().max(200).catch("").default(""),
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
  sort: z.enum(PRODUCT_SORTS).optional().catch(undefined),
  dir: z.enum(["asc", "desc"]).optional().catch(undefined),
  after: cursor,
  before: cursor,
  size: z.coerce.number().pipe(z.literal(PAGE_SIZES)).catch(50).default(50),
  columns: z
    .string()
    .transform((text) => text.split("."))
    .pipe(z.array(z.enum(COLUMN_IDS)).min(1))
    .transform((ids) => [...new Set(ids)])
    .optional()
    .catch(undefined),
});

/** The state of the product list from the address's query. Never throws. */
export function parseProductSearch(params: Record<string, unknown>): ProductSearch {
  const { sort, dir, ...search } = productSearch.parse(params);
  const isSearch = search.q.trim() !== "";
  // What is searched for comes best first, unless somebody wants another order.
  const by = sort === "relevance" && !isSearch ? undefined : sort;
  return { ...search, sort: by ?? (isSearch ? "relevance" : "name"), dir: dir ?? "asc" };
}
