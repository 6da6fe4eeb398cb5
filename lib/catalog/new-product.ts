import { z } from "zod";
import { toGtin14 } from "./codes";
import { fieldValue, metafieldEdit } from "./product-changes";
import { FIELD_NAMES, type FieldValue, isProductField, type ProductField } from "./product-fields";

export const newSku = z
  .string("Enter a SKU.")
  .trim()
  .min(1, "Enter a SKU.")
  .max(100, "Shorten this to 100 characters.")
  .regex(/^[^\p{Cc}]*$/u, "Use letters, digits and punctuation in one line.");

const newUpc = z
  .string()
  .trim()
  .max(50)
  .refine(
    (code) => code === "" || toGtin14(code) !== null,
    "Enter a UPC or EAN of 8, 12, 13 or 14 digits: check the last digit.",
  );

const newName = z.string("Enter a name.").trim().min(1, "Enter a name.").max(500, "Shorten this to 500 characters.");

const { name: _, ...others } = Object.fromEntries(FIELD_NAMES.map((field) => [field, fieldValue(field).optional()]));

export const newProductInput = z.object({
  sku: newSku,
  name: newName,
  upc: newUpc.default(""),
  /** Every other field by its name, as the database holds it. */
  fields: z
    .strictObject(others)
    .default({})
    .transform((values) => {
      const fields: Partial<Record<ProductField, FieldValue>> = {};
      for (const [field, value] of Object.entries(values)) {
        if (isProductField(field) && value !== undefined) fields[field] = value as FieldValue; // parsed by fieldValue
      }
      return fields;
    }),
  metafields: z
    .array(metafieldEdit.pick({ namespace: true, key: true, type: true, name: true, to: true }))
    .max(500)
    .default([]),
});
export type NewProductInput = z.output<typeof newProductInput>;

/** What of a product can be copied; its codes, its stock and its place in feeds are its own. */
export const COPY_PARTS = {
  texts: {
    label: "Descriptions and search texts",
    fields: ["shortDescription", "description", "seoTitle", "seoDescription"],
  },
  brand: { label: "Brand and manufacturer", fields: ["brand", "manufacturer"] },
  category: { label: "Category", fields: ["categoryId"] },
  prices: { label: "Prices", fields: ["priceCents", "compareAtPriceCents", "costPriceCents"] },
  size: { label: "Size and weight", fields: ["weightGrams", "lengthMm", "widthMm", "heightMm"] },
  metafields: { label: "Metafields", fields: [] },
  pictures: { label: "Pictures", fields: [] },
} as const satisfies Record<string, { label: string; fields: readonly ProductField[] }>;
export type CopyPart = keyof typeof COPY_PARTS;
export const COPY_PART_NAMES = Object.keys(COPY_PARTS) as CopyPart[]; // keyof COPY_PARTS by construction

export const duplicateProductInput = z.object({
  id: z.string().max(64),
  sku: newSku,
  name: newName,
  copy: z.array(z.enum(COPY_PART_NAMES as [CopyPart, ...CopyPart[]])), // no parts list is empty
});
export type DuplicateProductInput = z.output<typeof duplicateProductInput>;
