/** What of a product a person can edit: how it is called, typed and shown. Shared by forms, checks and histories. */

export type FieldControl = "text" | "multiline" | "html" | "money" | "integer" | "status" | "category";

interface FieldInfo {
  label: string;
  control: FieldControl;
  section: "facts" | "codes" | "price" | "size" | "seo" | "state";
  /** Null when the field may be empty. */
  required?: true;
  maxLength?: number;
  unit?: string;
}

export const PRODUCT_FIELDS = {
  name: { label: "Name", control: "text", section: "facts", required: true, maxLength: 500 },
  shortDescription: { label: "Short description", control: "multiline", section: "facts", maxLength: 5_000 },
  description: { label: "Description", control: "html", section: "facts", maxLength: 200_000 },
  brand: { label: "Brand", control: "text", section: "facts", maxLength: 200 },
  manufacturer: { label: "Manufacturer", control: "text", section: "facts", maxLength: 200 },
  manufacturerPartNumber: { label: "Manufacturer part number", control: "text", section: "codes", maxLength: 200 },
  priceCents: { label: "Price", control: "money", section: "price" },
  compareAtPriceCents: { label: "Compare-at price", control: "money", section: "price" },
  costPriceCents: { label: "Cost", control: "money", section: "price" },
  inventoryQuantity: { label: "Stock", control: "integer", section: "price" },
  weightGrams: { label: "Weight", control: "integer", section: "size", unit: "g" },
  lengthMm: { label: "Length", control: "integer", section: "size", unit: "mm" },
  widthMm: { label: "Width", control: "integer", section: "size", unit: "mm" },
  heightMm: { label: "Height", control: "integer", section: "size", unit: "mm" },
  seoTitle: { label: "Search title", control: "text", section: "seo", maxLength: 255 },
  seoDescription: { label: "Search description", control: "multiline", section: "seo", maxLength: 1_000 },
  status: { label: "Status", control: "status", section: "state", required: true },
  categoryId: { label: "Category", control: "category", section: "state" },
} as const satisfies Record<string, FieldInfo>;

export type ProductField = keyof typeof PRODUCT_FIELDS;
export type FieldValue = string | number | null;
export const FIELD_NAMES = Object.keys(PRODUCT_FIELDS) as ProductField[]; // keyof PRODUCT_FIELDS by construction

/** The greatest value of a 32-bit column: prices in cents, stock, grams and millimetres. */
export const INTEGER_MAX = 2_147_483_647;

export function isProductField(name: string): name is ProductField {
  return Object.hasOwn(PRODUCT_FIELDS, name);
}

export function fieldInfo(field: ProductField): FieldInfo {
  return PRODUCT_FIELDS[field];
}

/** What a feed's change, a source map and a history call the field: the category goes by its name, not its id. */
export function sourceKey(field: ProductField): string {
  return field === "categoryId" ? "category" : field;
}

export type ParsedField = { ok: true; value: FieldValue } | { ok: false; error: string };

/** Reads what a person typed into a field's value; empty is null (unknown), or empty text for descriptions. */
export function parseField(field: ProductField, typed: string): ParsedField {
  const { control, label, required, maxLength } = fieldInfo(field);
  const text = control === "html" || control === "multiline" ? typed.replace(/\r\n?/g, "\n") : typed.trim();
  if (text.trim() === "") {
    if (required) return { ok: false, error: `Enter a ${label.toLowerCase()}.` };
    return { ok: true, value: field === "description" || field === "shortDescription" ? "" : null };
  }
  if (control === "money") return parseMoney(field, text);
  if (control === "integer") return parseInteger(field, text);
  if (maxLength && text.length > maxLength) {
    return { ok: false, error: `Shorten this to ${maxLength} characters; it has ${text.length}.` };
  }
  return { ok: true, value: text };
}

function parseMoney(field: ProductField, text: string): ParsedField {
  const grouped = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(text) ? text.replaceAll(",", "") : text;
  const [, whole, fraction = ""] = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(grouped) ?? [];
  if (whole === undefined) return { ok: false, error: "Enter a price like 12.50." };
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  if (cents === 0 && field !== "costPriceCents") {
    return { ok: false, error: "0 is not a price. Leave it empty if the price is unknown." };
  }
  if (cents > INTEGER_MAX) return { ok: false, error: "Enter a price below 21,000,000." };
  return { ok: true, value: cents };
}

function parseInteger(field: ProductField, text: string): ParsedField {
  // Commas only where thousands have them: "1,25" is somebody's decimal, and no 125.
  const value = /^-?(\d+|\d{1,3}(,\d{3})+)$/.test(text) ? Number(text.replaceAll(",", "")) : Number.NaN;
  if (!Number.isSafeInteger(value) || Math.abs(value) > INTEGER_MAX) {
    return { ok: false, error: "Enter a whole number like 12." };
  }
  if (value < 0 && field !== "inventoryQuantity") return { ok: false, error: "Enter 0 or more." };
  return { ok: true, value };
}

/** What a form shows for a field's value. */
export function editField(field: ProductField, value: FieldValue): string {
  if (value === null) return "";
  return fieldInfo(field).control === "money" ? centsText(Number(value)) : String(value);
}

/** Integer cents as an exact decimal with a point: `1999` is `19.99`. */
export function centsText(cents: number) {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}
