import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getProductAsOf } from "@/lib/catalog/product-as-of";
import { centsText, type FieldValue } from "@/lib/catalog/product-fields";
import { AppError } from "@/lib/errors";
import { iso, snakeCase, time } from "./fields";

const price = z.string().nullable();
const whole = z.int().nullable();
const text = z.string().nullable();

export const productAsOfJson = z
  .object({
    as_of: time,
    id: z.uuid(),
    sku: z.string(),
    name: z.string(),
    short_description: z.string(),
    description: z.string(),
    brand: text,
    manufacturer: text,
    manufacturer_part_number: text,
    upc: text,
    variation: text,
    handle: text,
    status: z.string(),
    price,
    price_cents: whole,
    compare_at_price: price,
    compare_at_price_cents: whole,
    cost_price: price,
    cost_price_cents: whole,
    inventory_quantity: whole,
    weight_grams: whole,
    length_mm: whole,
    width_mm: whole,
    height_mm: whole,
    seo_title: text,
    seo_description: text,
    category: text.describe("In words, as it was called past."),
    codes: z.array(z.object({ type: z.string(), code: z.string() })),
    metafields: z.array(
      z.object({ namespace: z.string(), key: z.string(), name: text, type: z.string(), value: z.string() }),
    ),
    changed_since: z.array(z.string()).describe("Fields that hold another value now."),
  })
  .meta({ id: "ProductAsOf" });

/**
 * A product as it was at a time.
 * @throws {AppError} `not_found` for one that is not known or was not there yet; `conflict` where the history does not
 * reach back so far
 */
export async function productAsOf(actor: Actor, id: string, at: Date): Promise<z.output<typeof productAsOfJson>> {
  const found = await getProductAsOf(actor, id, at);
  if (!found) throw new AppError("not_found", "There is no such product.");
  const { now, past } = found;
  if (past.outcome === "unknown") throw new AppError("conflict", past.reason);
  if (past.outcome === "not_yet") {
    throw new AppError("not_found", `This product did not exist yet: it was created at ${iso(past.createdAt)}.`);
  }
  const { values, upc, handle, variation, category, metafields, codes } = past;
  const said = (field: keyof typeof values) => (values[field] === null ? null : String(values[field]));
  const count = (field: keyof typeof values) => (values[field] === null ? null : Number(values[field]));
  return {
    as_of: iso(at),
    id: now.id,
    sku: now.sku,
    name: said("name") ?? "",
    short_description: said("shortDescription") ?? "",
    description: said("description") ?? "",
    brand: said("brand"),
    manufacturer: said("manufacturer"),
    manufacturer_part_number: said("manufacturerPartNumber"),
    upc,
    variation,
    handle,
    status: said("status") ?? "",
    price: priceText(values.priceCents),
    price_cents: count("priceCents"),
    compare_at_price: priceText(values.compareAtPriceCents),
    compare_at_price_cents: count("compareAtPriceCents"),
    cost_price: priceText(values.costPriceCents),
    cost_price_cents: count("costPriceCents"),
    inventory_quantity: count("inventoryQuantity"),
    weight_grams: count("weightGrams"),
    length_mm: count("lengthMm"),
    width_mm: count("widthMm"),
    height_mm: count("heightMm"),
    seo_title: said("seoTitle"),
    seo_description: said("seoDescription"),
    category,
    codes,
    metafields,
    changed_since: past.changedSince.map((field) => snakeCase(field.split(" ")[0] ?? field)),
  };
}

function priceText(cents: FieldValue) {
  return cents === null ? null : centsText(Number(cents));
}
