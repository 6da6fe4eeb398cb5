import { type FieldValue, type ProductField, parseField } from "@/lib/catalog/product-fields";
import type { Line } from "./lines";

/** What is typed into the form of a new product, by field; metafields by their line's key. */
export interface NewProductDraft {
  sku: string;
  upc: string;
  status: "draft" | "active";
  categoryId: string | null;
  typed: Partial<Record<ProductField, string>>;
  metafields: Record<string, string>;
}

export const NEW_PRODUCT: NewProductDraft = {
  sku: "",
  upc: "",
  status: "draft",
  categoryId: null,
  typed: {},
  metafields: {},
};

/** What a form sends, and the sentence per field that stands against it. */
export function newProductOf(draft: NewProductDraft, lines: readonly Line[]) {
  const errors: Record<string, string> = {};
  const fields: Partial<Record<ProductField, FieldValue>> = { status: draft.status, categoryId: draft.categoryId };
  for (const [field, typed] of Object.entries(draft.typed) as [ProductField, string][]) {
    if (field === "name" || typed.trim() === "") continue;
    const parsed = parseField(field, typed);
    if (parsed.ok) fields[field] = parsed.value;
    else errors[field] = parsed.error;
  }
  const metafields = lines.flatMap((line) => {
    const typed = draft.metafields[line.key] ?? "";
    if (!line.metafield || typed.trim() === "") return [];
    const parsed = line.parse(typed);
    if (!parsed.ok) errors[line.key] = parsed.error;
    const { namespace, key } = line.metafield;
    return parsed.ok ? [{ namespace, key, to: String(parsed.value) }] : [];
  });
  const name = (draft.typed.name ?? "").trim();
  if (name === "") errors.name = "Enter a name.";
  if (draft.sku.trim() === "") errors.sku = "Enter a SKU.";
  return { errors, input: { sku: draft.sku, name, upc: draft.upc, fields, metafields } };
}
