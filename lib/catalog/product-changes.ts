import { z } from "zod";
import {
  FIELD_NAMES,
  type FieldValue,
  fieldInfo,
  INTEGER_MAX,
  isProductField,
  type ProductField,
  parseField,
} from "./product-fields";

const STATUS = z.enum(["draft", "active", "archived"], "Choose draft, active or archived.");

/** A field's value as the database holds it: cents, grams, ids. The same rules as what a person types. */
export function fieldValue(field: ProductField): z.ZodType<FieldValue> {
  const { control, required, label } = fieldInfo(field);
  const of = valueSchema(field, control);
  return required ? of : z.union([z.null(), of], `Enter a ${label.toLowerCase()}, or leave it empty.`);
}

function valueSchema(field: ProductField, control: string): z.ZodType<string | number> {
  if (control === "status") return STATUS;
  if (control === "category") return z.uuid("Choose a category from the list.");
  if (control === "money") {
    const least = field === "costPriceCents" ? 0 : 1;
    return z.int("Enter a price like 12.50.").min(least, "0 is not a price.").max(INTEGER_MAX, "Enter a lower price.");
  }
  if (control === "integer") {
    const least = field === "inventoryQuantity" ? -INTEGER_MAX : 0;
    return z
      .int("Enter a whole number like 12.")
      .min(least, "Enter 0 or more.")
      .max(INTEGER_MAX, "Enter a lower number.");
  }
  return z.string().transform((text, context) => {
    const parsed = parseField(field, text);
    if (parsed.ok) return parsed.value ?? "";
    context.addIssue({ code: "custom", message: parsed.error });
    return z.NEVER;
  });
}

/** Per field what the person saw and what it is to be; without `from` nothing is compared. */
export interface FieldEdit {
  from?: FieldValue;
  to: FieldValue;
}

const seen = z.union([z.string(), z.number(), z.null()]).optional();

const fieldEdits = z.strictObject(
  Object.fromEntries(FIELD_NAMES.map((f) => [f, z.object({ from: seen, to: fieldValue(f) }).optional()])),
);

const productChanges = fieldEdits.transform((edits) => {
  const changes: Partial<Record<ProductField, FieldEdit>> = {};
  for (const [field, edit] of Object.entries(edits)) {
    if (edit && isProductField(field)) changes[field] = edit;
  }
  return changes;
});

const NAMESPACE = z.string().regex(/^[A-Za-z0-9_-]{3,255}$/, "Use 3 to 255 letters, digits, - or _.");
const KEY = z.string().regex(/^[A-Za-z0-9_-]{2,64}$/, "Use 2 to 64 letters, digits, - or _.");

/** Shopify's rules for the name of a new metafield. */
export const newMetafieldName = z.object({ namespace: NAMESPACE, key: KEY });

export const metafieldEdit = z.object({
  namespace: z.string().min(1).max(255),
  key: z.string().min(1).max(255),
  /** Only for one whose definition is new. */
  type: z.string().max(100).optional(),
  /** What the new definition is called; made from the key when absent. */
  name: z.string().trim().max(255).optional(),
  /** The stored value the person saw; null: there was none. Without it nothing is compared. */
  from: z.string().nullish(),
  /** As typed or as stored; null removes the metafield. */
  to: z.string().max(2_000_000, "Shorten this to 2,000,000 characters.").nullable(),
});
export type MetafieldEdit = z.output<typeof metafieldEdit>;

export const updateProductInput = z.object({
  id: z.string().max(64),
  changes: productChanges.default({}),
  metafields: z.array(metafieldEdit).max(500).default([]),
});
export type UpdateProductInput = z.output<typeof updateProductInput>;

/** One field that somebody else changed in between. `yours` is refused, `theirs` stands, `from` is what was seen. */
export const fieldConflict = z.object({
  field: z.string(),
  label: z.string(),
  yours: z.union([z.string(), z.number(), z.null()]),
  theirs: z.union([z.string(), z.number(), z.null()]),
  from: z.union([z.string(), z.number(), z.null()]),
  /** Names of the categories behind the ids. */
  names: z.record(z.string(), z.string()).optional(),
});
export type FieldConflict = z.output<typeof fieldConflict>;
