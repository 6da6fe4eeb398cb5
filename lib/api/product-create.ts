import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { createProduct } from "@/lib/catalog/create-product";
import { type NewProductInput, newProductInput } from "@/lib/catalog/new-product";
import type { FieldValue, ProductField } from "@/lib/catalog/product-fields";
import { resolveCategory } from "@/lib/categories/resolve-category";
import { AppError } from "@/lib/errors";
import { inRequestWords } from "./failure-json";
import { hasNoNul, NUL_REFUSAL, snakeCase, text } from "./fields";
import { storedText } from "./metafields";
import { PATCH_FIELDS } from "./product-patch";

const { name: _, ...fields } = PATCH_FIELDS;

const newMetafield = z
  .strictObject({
    namespace: text(255).min(1),
    key: text(255).min(1),
    value: storedText,
    type: text(100).optional().describe("Needed for a name that is new; fixed from then on."),
    value_type: text(100).optional().describe("The same as `type`."),
    name: text(255).optional(),
  })
  .meta({ id: "NewMetafield" });

/** A product as `PATCH` names its fields, with its SKU, UPC and metafields. */
export const newProductBody = z
  .strictObject({
    sku: newProductInput.shape.sku.refine(hasNoNul, NUL_REFUSAL),
    name: newProductInput.shape.name.refine(hasNoNul, NUL_REFUSAL),
    upc: newProductInput.shape.upc,
    ...Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value.optional()])),
    metafields: z.array(newMetafield).max(500).default([]),
  })
  .transform((body, context) => {
    const { sku, name, upc, metafields, ...sent } = body;
    const values: Partial<Record<ProductField, FieldValue>> = {};
    const names = new Map<string, string>();
    for (const [given, value] of Object.entries(sent as Record<string, FieldValue | undefined>)) {
      const field = PATCH_FIELDS[given]?.field;
      if (!field || value === undefined) continue;
      if (names.has(field)) {
        const message = `Send ${names.get(field)} or ${given}, not both.`;
        context.addIssue({ code: "custom", path: [given], message });
      }
      values[field] = value;
      names.set(field, given);
    }
    return { sku, name, upc, values, names, metafields };
  })
  .meta({ id: "NewProduct" });

/** Makes a product and gives its id. @throws {AppError} as `createProduct` does, in the request's own words */
export async function postProduct(actor: Actor, body: z.output<typeof newProductBody>) {
  const { sku, name, upc, values, names, metafields } = body;
  const input: NewProductInput = {
    sku,
    name,
    upc,
    fields: await withCategoryId(actor, values),
    metafields: metafields.map(({ value, type, value_type, ...one }) => ({
      ...one,
      type: type ?? value_type,
      to: value,
    })),
  };
  return inRequestWords(
    (field) => ({ name: names.get(field) ?? snakeCase(field), write: (value) => value }),
    () => createProduct(actor, input),
  );
}

/** A path stands for the category's id. */
async function withCategoryId(actor: Actor, values: NewProductInput["fields"]): Promise<NewProductInput["fields"]> {
  if (typeof values.categoryId !== "string") return values;
  const categoryId = await resolveCategory(actor, values.categoryId);
  if (categoryId !== null) return { ...values, categoryId };
  const fields = { category_id: "There is no such category. Send an id or a path." };
  throw new AppError("invalid_input", "Nothing was saved: correct the marked fields.", { fields });
}
