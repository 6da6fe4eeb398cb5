import { z } from "zod";
import type { FeedProduct } from "@/lib/feeds/feed-record";

const place = z.object({ file: z.string(), line: z.number().int() });
const text = z.string().nullable().optional();
const integer = z.number().int().nullable().optional();
const code = z.object({ type: z.string(), code: z.string() });

const fields = z.object({
  name: z.string().optional(),
  description: text,
  shortDescription: text,
  brand: text,
  manufacturer: text,
  manufacturerPartNumber: text,
  upc: text,
  variation: text,
  weightGrams: integer,
  lengthMm: integer,
  widthMm: integer,
  heightMm: integer,
  priceCents: integer,
  compareAtPriceCents: integer,
  costPriceCents: integer,
  inventoryQuantity: integer,
  seoTitle: text,
  seoDescription: text,
  handle: text,
  status: z.enum(["draft", "active", "archived"]).optional(),
});

/** A feed's product as a held change keeps it: all of FeedProduct but its original text, which the archive has. */
export const heldItem = z.object({
  key: z.string(),
  at: place,
  sku: z.string().nullable(),
  fields,
  title: z.string().optional(),
  categoryKey: z.string().nullish(),
  codes: z.array(code),
  matchBy: z.array(code),
  images: z
    .array(z.object({ url: z.string(), view: z.string(), altText: z.string(), sortOrder: z.number() }))
    .optional(),
  metafields: z
    .array(
      z.object({ namespace: z.string(), key: z.string(), value: z.string(), type: z.string(), at: place.optional() }),
    )
    .optional(),
  places: z.record(z.string(), place).optional(),
});
export type HeldItem = z.output<typeof heldItem>;

/** lib/sync/decide-match.ts: Candidate */
export const heldCandidate = z.object({
  productId: z.string(),
  sku: z.string(),
  by: z.array(z.object({ type: z.string(), code: z.string(), theirType: z.string(), theirCode: z.string() })),
});

export function storedItem(item: FeedProduct): HeldItem {
  const { record: _, rows: _rows, raw: _raw, cells: _cells, handling: _handling, ...rest } = item;
  return rest;
}

/** The item as staging takes it; its row was counted by the run that read it. */
export function itemFrom(stored: HeldItem): FeedProduct {
  return { record: "product", ...stored, rows: {} };
}
