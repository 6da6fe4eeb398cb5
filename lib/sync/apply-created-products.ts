import "server-only";
import { normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import { stockStatusOf } from "@/lib/catalog/stock-status";
import { type BulkRow, insertRows, selectRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { PictureOf } from "@/lib/feeds/local-pictures";
import { typedColumns } from "@/lib/metafields/types";
import { sortKey } from "@/lib/search/fold";
import { searchDocument } from "@/lib/search/search-document";
import type { CreatedProduct } from "./change";
import { listExistingSkus } from "./match";
import type { Stopwatch } from "./stopwatch";

export interface ProductToCreate {
  id: string;
  product: CreatedProduct;
}

/**
 * Creates products with their codes, images, metafields and search words, six statements in all.
 * Answers with those whose SKU somebody took since they were staged: they are not created.
 */
export async function createProducts(
  tx: Tx,
  run: { id: string; pictureOf: PictureOf; watch: Stopwatch },
  wanted: ProductToCreate[],
): Promise<Set<string>> {
  const taken = await listExistingSkus(
    tx,
    wanted.map(({ product }) => product.sku),
  );
  const refused = new Set(wanted.filter(({ product }) => taken.has(product.sku)).map(({ id }) => id));
  const creating = wanted.filter(({ id }) => !refused.has(id));
  const now = new Date();
  const handles = await freeHandles(tx, creating);
  const skipTaken = { onConflict: "nothing" } as const;
  await insertRows(
    tx,
    "Product",
    each(creating, ({ id, product }) => [productRow(run.id, id, product, handles.get(id) ?? null, now)]),
  );
  await insertRows(
    tx,
    "ProductCode",
    each(creating, ({ id, product }) => codeRows(id, product.codes, now)),
    skipTaken,
  );
  await insertRows(
    tx,
    "ProductImage",
    each(creating, ({ id, product }) => imageRows(id, product.images, run.pictureOf, now)),
    skipTaken,
  );
  await insertRows(
    tx,
    "ProductMetafield",
    each(creating, (one) => metafieldRows(one, now)),
    skipTaken,
  );
  const documents = each(creating, (one) => [searchRow(one)]);
  await run.watch.during("search", () => insertRows(tx, "ProductSearch", documents));
  return refused;
}

/** The rows of one product after the other: six statements' rows at once would be held by the ten thousand. */
function* each(products: ProductToCreate[], rowsOf: (one: ProductToCreate) => BulkRow[]) {
  for (const product of products) yield* rowsOf(product);
}

function productRow(
  runId: string,
  id: string,
  { sku, fields, categoryId, fieldSources = {} }: CreatedProduct,
  handle: string | null,
  now: Date,
): BulkRow {
  const text = (field: string) => (typeof fields[field] === "string" ? (fields[field] as string) : null);
  const integer = (field: string) => (typeof fields[field] === "number" ? (fields[field] as number) : null);
  const name = text("name") ?? sku;
  const brand = text("brand");
  return {
    id,
    sku,
    name,
    nameKey: sortKey(name),
    description: text("description") ?? "",
    shortDescription: text("shortDescription") ?? "",
    priceCents: integer("priceCents"),
    compareAtPriceCents: integer("compareAtPriceCents"),
    costPriceCents: integer("costPriceCents"),
    brand,
    brandKey: brand === null ? null : sortKey(brand),
    manufacturer: text("manufacturer"),
    manufacturerPartNumber: text("manufacturerPartNumber"),
    upc: text("upc"),
    variation: text("variation"),
    weightGrams: integer("weightGrams"),
    lengthMm: integer("lengthMm"),
    widthMm: integer("widthMm"),
    heightMm: integer("heightMm"),
    inventoryQuantity: integer("inventoryQuantity"),
    stockStatus: stockStatusOf(integer("inventoryQuantity")),
    seoTitle: text("seoTitle"),
    seoDescription: text("seoDescription"),
    status: text("status") ?? "active",
    handle,
    categoryId,
    fieldSources,
    createdByRunId: runId,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** A handle is one product's: a second product that the feed gives the same one goes without. */
async function freeHandles(tx: Tx, creating: ProductToCreate[]) {
  const asked = creating.flatMap(({ id, product }) =>
    typeof product.fields.handle === "string" && product.fields.handle ? { id, handle: product.fields.handle } : [],
  );
  if (asked.length === 0) return new Map<string, string>();
  const rows = await selectRows<{ handle: string }>(
    tx,
    "Product",
    `"Product"."handle"`,
    "handle",
    asked.map((one) => one.handle),
  );
  const used = new Set(rows.map((row) => row.handle));
  const free = new Map<string, string>();
  for (const { id, handle } of asked) {
    if (used.has(handle)) continue;
    used.add(handle);
    free.set(id, handle);
  }
  return free;
}

export function codeRows(productId: string, codes: CreatedProduct["codes"], now: Date): BulkRow[] {
  return codes.map(({ type, code }) => ({
    productId,
    type,
    code,
    normalized: normalizeCode(code),
    gtin14: type === "upc" ? toGtin14(code) : null,
    createdAt: now,
  }));
}

export function imageRows(
  productId: string,
  images: CreatedProduct["images"],
  pictureOf: PictureOf,
  now: Date,
): BulkRow[] {
  return images.map(({ url, view, altText, sortOrder }) => ({
    productId,
    url,
    view,
    altText,
    filename: url.split("/").at(-1) ?? "",
    storagePath: pictureOf(url)?.storagePath ?? null,
    format: pictureOf(url)?.format ?? null,
    sortOrder,
    isFeatured: sortOrder === 0,
    createdAt: now,
    updatedAt: now,
  }));
}

function metafieldRows({ id, product }: ProductToCreate, now: Date): BulkRow[] {
  return product.metafields.map(({ namespace, key, value, type }, displayOrder) => ({
    productId: id,
    namespace,
    key,
    value,
    type,
    ...typedColumns(type, value),
    displayOrder,
    createdAt: now,
    updatedAt: now,
  }));
}

function searchRow({ id, product }: ProductToCreate): BulkRow {
  const { brand, name } = product.fields;
  const document = searchDocument({
    name: String(name ?? product.sku),
    sku: product.sku,
    brand: typeof brand === "string" ? brand : null,
    categoryNames: product.categoryName?.split(" > ") ?? [],
    codes: product.codes.map((code) => code.code),
    metafieldValues: product.metafields.map((metafield) => metafield.value),
  });
  return { productId: id, ...document };
}
