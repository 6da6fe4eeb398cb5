import { codeWords } from "@/lib/catalog/code-words";
import { formatCents, formatCount, formatPlural } from "@/lib/format";
import type { FieldChange } from "./change";

const LABELS: Record<string, string> = {
  sku: "SKU",
  name: "Name",
  description: "Description",
  shortDescription: "Short description",
  brand: "Brand",
  manufacturer: "Manufacturer",
  manufacturerPartNumber: "MPN",
  upc: "UPC",
  variation: "Variation",
  weightGrams: "Weight",
  lengthMm: "Length",
  widthMm: "Width",
  heightMm: "Height",
  priceCents: "Price",
  compareAtPriceCents: "Compare-at price",
  costPriceCents: "Cost",
  inventoryQuantity: "In stock",
  stockStatus: "Stock",
  seoTitle: "Search title",
  seoDescription: "Search description",
  handle: "Handle",
  status: "Status",
  category: "Category",
  categoryId: "Category",
  missing: "In the feed",
  source: "Known to this source as",
  path: "Path",
  parent: "Under",
  isActive: "Shown",
  slug: "Address",
  template: "Asks of its products",
  mergedInto: "Merged into",
  sortOrder: "Order",
  pictureOrder: "Order of pictures",
};

/** A change's field as people call it: `priceCents` is "Price", `metafield:etilize.page_yield` "Page yield". */
export function fieldLabel(field: string): string {
  const known = LABELS[field];
  if (known) return known;
  const [kind = "", rest = ""] = splitOnce(field, ":");
  if (kind === "metafield") return spelled(splitOnce(rest, ".")[1] ?? rest);
  if (kind === "note") return `Note on ${spelled(splitOnce(rest, ".")[1] ?? rest)}`;
  if (kind === "shown") return `${spelled(splitOnce(rest, ".")[1] ?? rest)} shown`;
  if (kind === "order") return `Order of ${rest}`;
  if (kind === "code") return codeWords(rest);
  if (kind === "image") return `Picture, ${spelled(rest).toLowerCase()}`;
  if (kind === "alt") return `Alt text of picture, ${spelled(rest).toLowerCase()}`;
  return spelled(field);
}

/** A change's value as the screens write it; null is "nothing there". */
export function fieldValue(field: string, value: FieldChange["before"], type?: string): string | null {
  if (value === null) return null;
  if (type === "boolean") return value === "true" || value === true ? "Yes" : "No";
  if (field === "missing") return missingWords(value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string") return type?.startsWith("list.") ? listWords(value) : value;
  if (field.endsWith("Cents")) return formatCents(value);
  if (field === "weightGrams") return `${formatCount(value)} g`;
  if (field.endsWith("Mm")) return `${formatCount(value)} mm`;
  return formatCount(value);
}

/** A list is kept as JSON: `["Red","Blue"]` is "Red, Blue". */
function listWords(value: string) {
  try {
    const items: unknown = JSON.parse(value);
    return Array.isArray(items)
      ? items.map((item) => (typeof item === "string" ? item : JSON.stringify(item))).join(", ")
      : value;
  } catch {
    // Not a list after all: shown as it stands.
    return value;
  }
}

/** Kept as the number of good runs in a row without the item. */
function missingWords(runs: string | number | boolean) {
  if (!runs) return "listed";
  return typeof runs === "number" && runs > 1 ? `missing, ${formatPlural(runs, "run")} in a row` : "missing";
}

function splitOnce(text: string, separator: string) {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** `page_yield` and `pageYield` as "Page yield". */
function spelled(key: string) {
  const words = key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
