import { codeRefusal } from "@/lib/catalog/codes";
import type { FeedCode, FeedFields, FeedImage } from "./feed-record";
import { viewInWords } from "./image-view";
import { listElements } from "./metafield-type";
import { parsePrice, priceProblem } from "./price";
import { parseQuantity } from "./quantity";
import type { RowProblem } from "./rows";
import type { ShopifyMetafields } from "./shopify-metafields";

/** Our name for a column: its header in the supplier's shape, then in Shopify's export. */
const COLUMN_NAMES = {
  handle: ["Handle"],
  urlHandle: ["URL handle"],
  title: ["Title"],
  description: ["Description", "Body (HTML)"],
  vendor: ["Vendor"],
  status: ["Status"],
  published: ["Published"],
  sku: ["SKU", "Variant SKU"],
  barcode: ["Barcode", "Variant Barcode"],
  option: ["Option1 Value"],
  weight: ["Weight value (grams)", "Variant Grams"],
  price: ["Price", "Variant Price"],
  compareAtPrice: ["Compare-at price", "Variant Compare At Price"],
  costPrice: ["Cost per item"],
  inventory: ["Inventory quantity", "Inventory", "Variant Inventory Qty"],
  imageUrl: ["Product image URL", "Image Src"],
  imagePosition: ["Image position"],
  imageAltText: ["Image alt text"],
  seoTitle: ["SEO Title"],
  seoDescription: ["SEO Description"],
  category: ["Google Shopping / Google Product Category", "Product Category"],
  mpn: ["Google Shopping / MPN"],
} as const;
type ColumnName = keyof typeof COLUMN_NAMES;
// The keys of a literal are what its type says.
const COLUMNS = (Object.keys(COLUMN_NAMES) as ColumnName[]).map((column) => ({ column, names: COLUMN_NAMES[column] }));

const COLUMN_HEADERS = new Set(COLUMNS.flatMap(({ names }) => names.map((name) => name.toLowerCase())));

/** Whether a header is one of the base columns. */
export function isShopifyColumn(header: string): boolean {
  return COLUMN_HEADERS.has(header.toLowerCase());
}

/** The base columns of a Shopify-shaped CSV, whichever of its shapes it has. */
export class ShopifyColumns {
  private readonly positions: Partial<Record<ColumnName, number>> = {};
  private readonly headers = new Map<ColumnName, string>();

  constructor(header: string[]) {
    const lower = header.map((name) => name.toLowerCase());
    for (const { column, names } of COLUMNS)
      for (const name of names) {
        const position = lower.indexOf(name.toLowerCase());
        if (position === -1 || this.has(column)) continue;
        this.positions[column] = position;
        this.headers.set(column, name);
      }
  }

  has(column: ColumnName) {
    return this.positions[column] !== undefined;
  }

  headerOf(column: ColumnName) {
    return this.headers.get(column) ?? COLUMN_NAMES[column][0];
  }

  text(fields: string[], column: ColumnName): string {
    const position = this.positions[column];
    return position === undefined ? "" : (fields[position]?.trim() ?? "");
  }
}

const MONEY = [
  ["price", "priceCents"],
  ["compareAtPrice", "compareAtPriceCents"],
  ["costPrice", "costPriceCents"],
] as const;
const WHOLE = [
  ["inventory", "inventoryQuantity"],
  ["weight", "weightGrams"],
] as const;
/** Codes that stand in metafields, by the metafield's key: the best first. */
const CODE_METAFIELDS = [
  ["sprc", "sprc"],
  ["cws", "cws_a"],
  ["cws_catalog", "cws_catalog"],
] as const;

/** What the product row says of the product's own columns, or why it can't be taken. */
export function readFields(columns: ShopifyColumns, cells: string[]): FeedFields | { problem: RowProblem } {
  const text = (column: ColumnName) => columns.text(cells, column);
  /** Undefined where the file has no such column, null where its cell is empty. */
  const orNull = (column: ColumnName) => (columns.has(column) ? text(column) || null : undefined);
  const fields: FeedFields = {
    name: text("title"),
    description: orNull("description"),
    brand: orNull("vendor"),
    manufacturerPartNumber: orNull("mpn"),
    upc: orNull("barcode"),
    seoTitle: orNull("seoTitle"),
    seoDescription: orNull("seoDescription"),
    handle: orNull("handle"),
    status: statusOf(text("status"), text("published")),
  };
  if (columns.has("option")) fields.variation = text("option") === "Default Title" ? null : text("option") || null;
  for (const [column, field] of MONEY) {
    if (!columns.has(column)) continue;
    const price = parsePrice(text(column));
    if ("cents" in price) fields[field] = price.cents;
    // Shopify writes "none" of these two as an empty cell or 0; a price it must have.
    else if (column !== "price" && ["price missing", "zero not allowed"].includes(price.problem)) fields[field] = null;
    else return { problem: priceProblem(columns.headerOf(column), text(column), price.problem) };
  }
  for (const [column, field] of WHOLE) {
    if (!columns.has(column)) continue;
    const cell = column === "weight" ? roundedDecimal(text(column)) : text(column);
    const value = cell === "" ? null : parseQuantity(cell);
    if (value === undefined || (column === "weight" && value !== null && value < 0)) {
      const header = columns.headerOf(column);
      return {
        problem: { code: "not_a_number", column: header, reason: `${header} "${text(column)}" is no quantity.` },
      };
    }
    fields[field] = value;
  }
  return fields;
}

function statusOf(status: string, published: string): FeedFields["status"] {
  const lower = status.toLowerCase();
  if (lower === "draft" || lower === "active" || lower === "archived") return lower;
  if (/^true$/i.test(published)) return "active";
  return /^false$/i.test(published) ? "draft" : undefined;
}

/** Weights come as `1429.5`; the database holds whole grams. */
function roundedDecimal(text: string): string {
  return /^\d{1,9}\.\d+$/.test(text) ? String(Math.round(Number(text))) : text;
}

/** The product's codes, and those that are too short to be any. */
export function readCodes(columns: ShopifyColumns, metafields: ShopifyMetafields, cells: string[]) {
  const codes: FeedCode[] = [];
  const refused: FeedCode[] = [];
  const take = (type: string, code: string) => (codeRefusal(code) === null ? codes : refused).push({ type, code });
  for (const [type, key] of CODE_METAFIELDS) {
    const text = metafields.textOf(cells, key);
    if (text !== "") for (const code of listElements(text)) take(type, code);
  }
  const barcode = columns.text(cells, "barcode");
  if (barcode !== "") take("upc", barcode);
  const mpn = columns.text(cells, "mpn");
  // Part numbers are often a size or a phrase: one that is no code is still the product's part number.
  if (mpn !== "" && codeRefusal(mpn) === null) codes.push({ type: "mpn", code: mpn });
  return { codes, refused };
}

/** The row's picture, if it has one. */
export function readImage(columns: ShopifyColumns, cells: string[], title: string, before: number): FeedImage | null {
  const url = columns.text(cells, "imageUrl");
  if (url === "") return null;
  const altText = columns.text(cells, "imageAltText");
  const view = viewOf(url) ?? (before === 0 ? "Front" : `Alternate-Image${before}`);
  return {
    url,
    view,
    // An alt text that only repeats the title tells no picture from the next.
    altText: altText === "" || altText === title ? `${title} — ${viewInWords(view)}` : altText,
    sortOrder: before,
  };
}

const VIEW_IN_URL = /\/(Front|Rear|Back|Left|Right|Top|Bottom|Life-Style|Detail|Close-up|Alternate-Image\d+)\/[^/]+$/;

function viewOf(url: string) {
  return VIEW_IN_URL.exec(url)?.[1];
}
