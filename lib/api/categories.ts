import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { type CountedCategories, getCategoryOrThrow, getCategoryRoots } from "@/lib/categories/resolve-category";
import { endpoint } from "./endpoint";
import { flag, iso, text, time } from "./fields";
import { isOnePlace, listOf, pageFields, pageNumber, readCursor, TWO_PLACES, writeCursor } from "./paging";
import { productListJson } from "./product-endpoints";
import { productsOfCategory } from "./product-query";

type Node = CountedCategories["nodes"][number];
type Counts = CountedCategories["counts"];

const categoryFields = {
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  path: z.string().describe("Slugs from the top: `office-supplies/paper/notebooks`."),
  level: z.int().min(0).describe("0 at the top."),
  sort_order: z.int(),
  product_count: z.int().describe("Products in it and below it, archived ones not counted; up to a second old."),
  children_count: z.int().describe("Categories directly below, given or not."),
};

const categoryJson = z
  .object({
    ...categoryFields,
    parent_id: z.uuid().nullable(),
    is_active: z.boolean(),
    own_product_count: z.int().describe("Directly in it."),
  })
  .meta({ id: "Category" });

interface CategoryTreeJson extends z.output<z.ZodObject<typeof categoryFields>> {
  children: CategoryTreeJson[];
}
const categoryTreeJson: z.ZodType<CategoryTreeJson> = z
  .object({
    ...categoryFields,
    get children() {
      return z.array(categoryTreeJson);
    },
  })
  .meta({ id: "CategoryTree" });

export const categoryDetailJson = z
  .object({
    ...categoryJson.shape,
    description: z.string(),
    version: z.int().describe("Raised by every change of it; send it with yours."),
    shopify_collection_id: z.string().nullable(),
    shopify_handle: z.string().nullable(),
    breadcrumbs: z.array(z.object({ id: z.uuid(), name: z.string(), path: z.string() })).describe("From the top."),
    children: z.array(categoryJson),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: "CategoryDetail" });

const whole = z.coerce.number("Send a whole number.").int("Send a whole number.");

export const listCategoriesEndpoint = endpoint({
  method: "get",
  path: "/api/categories",
  tag: "Categories",
  summary: "Lists categories, or gives their tree",
  description: "Both in the order of the tree. A tree comes whole, as one page.",
  query: z
    .object({
      ...pageFields,
      tree: flag("false").describe("Nested instead of a list."),
      root: text(2_000)
        .min(1, "Send an id or a path.")
        .optional()
        .describe("Only this category, by id or path, and all below it."),
      depth: whole
        .min(1, "Ask for at least one level.")
        .max(1_000)
        .optional()
        .describe("How many levels, the first included."),
    })
    .refine(isOnePlace, TWO_PLACES),
  answer: {
    json: z.union([
      listOf(categoryJson).meta({ id: "CategoryList" }),
      listOf(categoryTreeJson).meta({ id: "CategoryTreeList" }),
    ]),
  },
  refusals: ["not_found"],
});

const params = z.object({ id: text(2_000).min(1).describe("An id, or a path with its slashes as `%2F`.") });

export const getCategoryEndpoint = endpoint({
  method: "get",
  path: "/api/categories/{id}",
  tag: "Categories",
  summary: "Gives one category with those above and below it",
  params,
  answer: { json: categoryDetailJson },
});

export const listCategoryProductsEndpoint = endpoint({
  method: "get",
  path: "/api/categories/{id}/products",
  tag: "Categories",
  summary: "Lists the products of a category and of those below it",
  params,
  query: productsOfCategory,
  answer: { json: productListJson },
});

type Query = z.output<typeof listCategoriesEndpoint.query>;

/** @throws {AppError} `not_found` for an unknown root */
export async function categoryPage(actor: Actor, query: Query) {
  const { nodes, counts } = await getCategoryRoots(actor, query.root);
  const depth = query.depth ?? Number.POSITIVE_INFINITY;
  if (query.tree) {
    const data = nodes.map((node) => toTree(node, counts, depth));
    return { data, total: data.length, page: 1, per_page: data.length, next_cursor: null };
  }
  const all = nodes.flatMap((node) => [...downwards(node, depth)]);
  const cursor = readCursor(query.cursor, "tree", ({ key }) => key === null);
  const offset = cursor ? cursor.rank + 1 : ((query.page ?? 1) - 1) * query.per_page;
  const end = offset + query.per_page;
  return {
    data: all.slice(offset, end).map((node) => toCategoryJson(node, counts)),
    total: all.length,
    page: query.page ?? pageNumber(offset, query.per_page),
    per_page: query.per_page,
    next_cursor: end < all.length ? writeCursor("tree", { key: null, id: "", rank: end - 1 }) : null,
  };
}

/** @throws {AppError} `not_found` */
export async function categoryDetail(actor: Actor, idOrPath: string): Promise<z.output<typeof categoryDetailJson>> {
  const { node, counts, record, above } = await getCategoryOrThrow(actor, idOrPath);
  return {
    ...toCategoryJson(node, counts),
    description: record.description,
    version: record.version,
    shopify_collection_id: record.shopifyCollectionId,
    shopify_handle: record.shopifyHandle,
    breadcrumbs: above.map(({ id, name, path }) => ({ id, name, path })),
    children: node.children.map((child) => toCategoryJson(child, counts)),
    created_at: iso(record.createdAt),
    updated_at: iso(record.updatedAt),
  };
}

function* downwards(node: Node, depth: number): Generator<Node> {
  yield node;
  if (depth > 1) for (const child of node.children) yield* downwards(child, depth - 1);
}

function fieldsOf({ id, name, slug, path, level, sortOrder, children }: Node, { subtree }: Counts) {
  const product_count = subtree.get(id) ?? 0;
  return { id, name, slug, path, level, sort_order: sortOrder, product_count, children_count: children.length };
}

function toTree(node: Node, counts: Counts, depth: number): CategoryTreeJson {
  const children = depth > 1 ? node.children.map((child) => toTree(child, counts, depth - 1)) : [];
  return { ...fieldsOf(node, counts), children };
}

function toCategoryJson(node: Node, counts: Counts): z.output<typeof categoryJson> {
  const { id, parentId, isActive } = node;
  return {
    ...fieldsOf(node, counts),
    parent_id: parentId,
    is_active: isActive,
    own_product_count: counts.own.get(id) ?? 0,
  };
}
