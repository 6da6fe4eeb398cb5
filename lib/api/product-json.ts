import { z } from "zod";
import type { ProductView } from "@/lib/catalog/get-product";
import { centsText } from "@/lib/catalog/product-fields";
import type { ProductRecord } from "@/lib/catalog/product-records";
import { iso, time } from "./fields";

const price = z.string().nullable().describe("Exact, with two decimals: `19.99`. Null is unknown.");
const cents = z.int().nullable();
const whole = z.int().nullable();

export const productJson = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    name: z.string(),
    short_description: z.string(),
    brand: z.string().nullable(),
    manufacturer: z.string().nullable(),
    manufacturer_part_number: z.string().nullable(),
    upc: z.string().nullable(),
    variation: z.string().nullable(),
    handle: z.string().nullable(),
    status: z.enum(["draft", "active", "archived"]),
    price,
    price_cents: cents,
    compare_at_price: price,
    compare_at_price_cents: cents,
    cost_price: price,
    cost_price_cents: cents,
    inventory_quantity: whole.describe("Null is unknown."),
    stock_status: z.enum(["in_stock", "out_of_stock", "backorder", "discontinued", "unknown"]),
    weight_grams: whole,
    length_mm: whole,
    width_mm: whole,
    height_mm: whole,
    seo_title: z.string().nullable(),
    seo_description: z.string().nullable(),
    category_id: z.uuid().nullable().describe("Null is uncategorised."),
    category: z.object({ id: z.uuid(), name: z.string(), path: z.string() }).nullable(),
    shopify_product_id: z.string().nullable(),
    shopify_variant_id: z.string().nullable(),
    shopify_synced_at: time.nullable(),
    featured_image_url: z.string().nullable().describe("Null while no picture has been fetched."),
    version: z.int(),
    archived_at: time.nullable(),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: "Product" });
type ProductJson = z.output<typeof productJson>;

const imageJson = z
  .object({
    id: z.int(),
    position: z.int().min(1).describe("From 1; the first is the featured one."),
    url: z.string().nullable().describe("Null until the picture has been fetched."),
    source_url: z.string().describe("Where the supplier has it; empty for an upload."),
    failure: z.string().nullable().describe("Why it could not be fetched; null also while nobody has tried."),
    view: z.string().describe("What it shows: `Front`, `Left` …"),
    alt_text: z.string(),
    width: whole,
    height: whole,
    is_featured: z.boolean(),
  })
  .meta({ id: "ProductImage" });

export const metafieldJson = z
  .object({
    namespace: z.string(),
    key: z.string(),
    name: z.string(),
    value: z.string().describe("As Shopify stores it: lists and measures are JSON."),
    type: z.string(),
    value_type: z.string().describe("The same as `type`."),
    description: z.string(),
  })
  .meta({ id: "Metafield" });

export const productDetailJson = z
  .object({
    ...productJson.shape,
    description: z.string().describe("HTML as the supplier or a person wrote it, not made safe."),
    currency: z.string().describe("Of all prices: `EUR`."),
    codes: z.array(z.object({ type: z.string(), code: z.string() })),
    images: z.array(imageJson),
    metafields: z.array(metafieldJson),
  })
  .meta({ id: "ProductDetail" });

function priceText(cents: number | null) {
  return cents === null ? null : centsText(cents);
}

/** `picture` names the image as its address does: its id, with the hash of its file. */
export function toProductJson(record: ProductRecord, picture: string | null): ProductJson {
  return {
    id: record.id,
    sku: record.sku,
    name: record.name,
    short_description: record.shortDescription,
    brand: record.brand,
    manufacturer: record.manufacturer,
    manufacturer_part_number: record.manufacturerPartNumber,
    upc: record.upc,
    variation: record.variation,
    handle: record.handle,
    status: record.status,
    price: priceText(record.priceCents),
    price_cents: record.priceCents,
    compare_at_price: priceText(record.compareAtPriceCents),
    compare_at_price_cents: record.compareAtPriceCents,
    cost_price: priceText(record.costPriceCents),
    cost_price_cents: record.costPriceCents,
    inventory_quantity: record.inventoryQuantity,
    stock_status: record.stockStatus,
    weight_grams: record.weightGrams,
    length_mm: record.lengthMm,
    width_mm: record.widthMm,
    height_mm: record.heightMm,
    seo_title: record.seoTitle,
    seo_description: record.seoDescription,
    category_id: record.category?.id ?? null,
    category: record.category,
    shopify_product_id: record.shopifyProductId,
    shopify_variant_id: record.shopifyVariantId,
    shopify_synced_at: iso(record.shopifySyncedAt),
    featured_image_url: picture && `/api/images/${picture}`,
    version: record.version,
    archived_at: iso(record.archivedAt),
    created_at: iso(record.createdAt),
    updated_at: iso(record.updatedAt),
  };
}

/** One read for the plain fields and one for everything else: both of the same product. */
export function toProductDetailJson(record: ProductRecord, view: ProductView): z.output<typeof productDetailJson> {
  const images = view.images.map(toImageJson);
  const featured = view.images.find((image) => image.hasFile);
  return {
    ...toProductJson(record, featured ? pictureName(featured) : null),
    description: String(view.values.description ?? ""),
    currency: view.currency,
    codes: view.codes.map(({ type, code }) => ({ type, code })),
    images,
    metafields: view.metafields.map(toMetafieldJson),
  };
}

export function toMetafieldJson(metafield: ProductView["metafields"][number]): z.output<typeof metafieldJson> {
  const { namespace, key, name, value, type, description } = metafield;
  return { namespace, key, name, value, type, value_type: type, description };
}

function toImageJson(image: ProductView["images"][number], at: number): z.output<typeof imageJson> {
  return {
    id: image.id,
    position: at + 1,
    url: image.hasFile ? `/api/images/${pictureName(image)}` : null,
    source_url: image.address ?? "",
    failure: image.failure,
    view: image.view,
    alt_text: image.altText,
    width: image.width,
    height: image.height,
    is_featured: at === 0,
  };
}

function pictureName({ id, hash }: { id: number; hash: string | null }) {
  return `${id}?v=${hash ?? ""}`;
}
