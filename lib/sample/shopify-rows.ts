import { ATTRIBUTE_IDS } from "./attribute-ids";
import { csvCell, dollars } from "./csv-cell";
import type { SampleCategory, SampleProduct } from "./model";

/** The columns that every product has a cell in, filled or not. */
export const BASE_COLUMNS = [
  "Handle",
  "Title",
  "URL handle",
  "Description",
  "Vendor",
  "Type",
  "Tags",
  "Published",
  "Status",
  "SKU",
  "Barcode",
  "Option1 Name",
  "Option1 Value",
  "Charge tax",
  "Continue selling when out of stock",
  "Weight value (grams)",
  "Weight unit for display",
  "Requires shipping",
  "Fulfillment service",
  "Product image URL",
  "Image position",
  "Image alt text",
  "Gift Card",
  "SEO Title",
  "SEO Description",
  "Google Shopping / Google Product Category",
  "Google Shopping / Gender",
  "Google Shopping / Age Group",
  "Google Shopping / MPN",
  "Google Shopping / AdWords Grouping",
  "Google Shopping / AdWords Labels",
  "Google Shopping / Condition",
  "Google Shopping / Custom Product",
  "Google Shopping / Custom Label 0",
  "Google Shopping / Custom Label 1",
  "Google Shopping / Custom Label 2",
  "Google Shopping / Custom Label 3",
  "Google Shopping / Custom Label 4",
] as const;
/** What only test feeds have: the supplier's own file knows neither price nor stock. */
export const STOCK_COLUMNS = ["Price", "Inventory"] as const;
export type BaseColumn = (typeof BASE_COLUMNS)[number] | (typeof STOCK_COLUMNS)[number];

export function metafieldColumn(name: string) {
  return `Metafield: custom.${name}[list.single_line_text]`;
}

export function imageUrl(view: string, productId: number) {
  return `https://content.etilize.com/${view}/${productId}.jpg`;
}

export function handleOf(title: string) {
  return title
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Every metafield column of the sample: the codes that products are matched by, then the attributes. */
const METAFIELDS = ["CWS_A", "SPRC", ...ATTRIBUTE_IDS.keys()];

/** One Shopify-shaped CSV with very many sparse metafield columns, as rows of text. */
export function* shopifyRows(products: readonly SampleProduct[], categories: readonly SampleCategory[]) {
  const pathOf = new Map(categories.map(({ id, path }) => [id, path]));
  yield `${[...BASE_COLUMNS, ...METAFIELDS.map(metafieldColumn)].map(csvCell).join(",")}\r\n`;
  for (const product of products) {
    const base = baseCells(product, product.categoryId === null ? "" : (pathOf.get(product.categoryId) ?? ""));
    const codes = new Map([
      ["SPRC", product.sku],
      ...(product.erpNumber ? [["CWS_A", product.erpNumber] as const] : []),
    ]);
    const metafields = METAFIELDS.map((name) => codes.get(name) ?? product.attributes.get(name) ?? "");
    const cells = [...BASE_COLUMNS.map((column) => base[column] ?? ""), ...metafields];
    yield `${cells.map(csvCell).join(",")}\r\n`;
  }
}

export function baseCells(product: SampleProduct, categoryPath: string): Partial<Record<BaseColumn, string>> {
  const handle = handleOf(product.title);
  const names = categoryPath ? categoryPath.split(" > ") : [];
  return {
    Handle: `${handle}-${product.id}`,
    Title: product.title,
    "URL handle": handle,
    Description: product.description,
    Vendor: product.brand,
    Type: names.at(-1) ?? product.attributes.get("Product Type") ?? "",
    Tags: names.join(", "),
    Published: "TRUE",
    Status: "active",
    SKU: product.mpn,
    Barcode: product.upcs[0] ?? "",
    "Option1 Name": "Title",
    "Option1 Value": "Default Title",
    "Charge tax": "TRUE",
    "Requires shipping": "TRUE",
    "Product image URL": product.hasPicture ? imageUrl("Front", product.id) : "",
    "Image position": product.hasPicture ? "1" : "",
    "Image alt text": product.hasPicture ? product.title : "",
    "Google Shopping / Google Product Category": categoryPath,
    "Google Shopping / MPN": product.mpn,
    "Google Shopping / Condition": "new",
    Price: dollars(product.priceCents),
    Inventory: String(product.quantity),
  };
}
