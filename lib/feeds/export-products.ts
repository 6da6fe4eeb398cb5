import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { listProductIds } from "@/lib/catalog/list-every-product";
import type { ListQuery } from "@/lib/catalog/list-query";
import { type ProductSelection, selectedIds } from "@/lib/catalog/selection";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { FEED_COLUMNS } from "./feed-fields";
import { OWN_PRODUCT, OWN_VIEW, ownCell } from "./own-cell";

/** Products written at a time. */
const BATCH = 500;

const exported = {
  id: true,
  sku: true,
  ...FEED_COLUMNS,
  category: { select: { path: true } },
  images: { select: { url: true, view: true, altText: true }, orderBy: [{ sortOrder: "asc" }, { id: "asc" }] },
  metafields: { select: { namespace: true, key: true, type: true, value: true } },
} satisfies Prisma.ProductSelect;
type ExportedProduct = Prisma.ProductGetPayload<{ select: typeof exported }>;

const COLUMNS: [header: string, cell: (product: ExportedProduct) => string][] = [
  [OWN_PRODUCT, (product) => product.id],
  ["Handle", (product) => product.handle ?? ""],
  ["Title", (product) => product.name],
  ["Body (HTML)", (product) => product.description],
  ["Short description", (product) => product.shortDescription],
  ["Vendor", (product) => product.brand ?? ""],
  ["Manufacturer", (product) => product.manufacturer ?? ""],
  ["Product Category", (product) => product.category?.path ?? ""],
  ["Status", (product) => product.status],
  ["Option1 Value", (product) => product.variation ?? ""],
  ["Variant SKU", (product) => product.sku],
  ["Variant Barcode", (product) => product.upc ?? ""],
  ["Variant Price", (product) => money(product.priceCents)],
  ["Variant Compare At Price", (product) => money(product.compareAtPriceCents)],
  ["Cost per item", (product) => money(product.costPriceCents)],
  ["Variant Inventory Qty", (product) => figure(product.inventoryQuantity)],
  ["Variant Grams", (product) => figure(product.weightGrams)],
  ["Length (mm)", (product) => figure(product.lengthMm)],
  ["Width (mm)", (product) => figure(product.widthMm)],
  ["Height (mm)", (product) => figure(product.heightMm)],
  ["Google Shopping / MPN", (product) => product.manufacturerPartNumber ?? ""],
  ["SEO Title", (product) => product.seoTitle ?? ""],
  ["SEO Description", (product) => product.seoDescription ?? ""],
];
const IMAGE_COLUMNS = ["Image Src", "Image Position", "Image Alt Text", OWN_VIEW];

/**
 * The products a list means, those a person selected, or the whole catalogue, as a Shopify-shaped CSV in pieces of text: a row a product, its
 * further pictures below it. Reading it back changes nothing; spreadsheets find no formula in it. Begins with a byte
 * order mark, for Excel.
 */
export async function* exportProducts(
  actor: Actor,
  list?: ListQuery | { selection: ProductSelection },
): AsyncGenerator<string> {
  assertCan(actor, "catalog:read");
  const metafields = await db.productMetafield.findMany({
    distinct: ["namespace", "key", "type"],
    select: { namespace: true, key: true, type: true },
    orderBy: [{ namespace: "asc" }, { key: "asc" }, { type: "asc" }],
  });
  const names = metafields.map(({ namespace, key, type }) => `Metafield: ${namespace}.${key} [${type}]`);
  yield `\uFEFF${line([...COLUMNS.map(([header]) => header), ...IMAGE_COLUMNS, ...names])}`;
  for await (const products of list ? listed(actor, list) : everything()) {
    yield products.map((product) => rowsOf(product, names)).join("");
  }
}

async function* everything(): AsyncGenerator<ExportedProduct[]> {
  for (let after = ""; ; ) {
    const products = await db.product.findMany({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
      take: BATCH,
      select: exported,
    });
    yield products;
    const last = products.at(-1);
    if (!last || products.length < BATCH) return;
    after = last.id;
  }
}

async function* listed(
  actor: Actor,
  list: ListQuery | { selection: ProductSelection },
): AsyncGenerator<ExportedProduct[]> {
  const chosen = "selection" in list ? selectedIds(actor, list.selection, BATCH) : listProductIds(actor, list, BATCH);
  for await (const ids of chosen) {
    yield db.product.findMany({ where: { id: { in: ids } }, orderBy: { id: "asc" }, select: exported });
  }
}

function rowsOf(product: ExportedProduct, names: string[]): string {
  const values = new Map(
    product.metafields.map(({ namespace, key, type, value }) => [`Metafield: ${namespace}.${key} [${type}]`, value]),
  );
  // A picture that was uploaded here has no address another shop could read.
  const [first, ...more] = product.images.filter((image) => image.url !== "").map(imageCells);
  const none = IMAGE_COLUMNS.map(() => "");
  const head = line([
    ...COLUMNS.map(([, cell]) => cell(product)),
    ...(first ?? none),
    ...names.map((name) => values.get(name) ?? ""),
  ]);
  const below = more.map((image) =>
    line([
      ...COLUMNS.map(([header]) =>
        header === OWN_PRODUCT ? product.id : header === "Handle" ? (product.handle ?? "") : "",
      ),
      ...image,
      ...names.map(() => ""),
    ]),
  );
  return head + below.join("");
}

function imageCells({ url, view, altText }: ExportedProduct["images"][number], at: number): string[] {
  return [url, String(at + 1), altText, view];
}

function line(cells: string[]): string {
  return `${cells.map(ownCell).join(",")}\r\n`;
}

function money(cents: number | null): string {
  return cents === null ? "" : (cents / 100).toFixed(2);
}

function figure(value: number | null): string {
  return value === null ? "" : String(value);
}
