import { hash } from "node:crypto";
import type { FeedCategory, FeedField, FeedProduct } from "@/lib/feeds/feed-record";

/** Raised when the same feed must be compared anew because the hashing changed. */
const HASH_VERSION = "1";

/**
 * SHA-256 over everything a feed says of a product, independent of the order of its fields, codes and metafields,
 * and of where in the files it stands.
 */
export function productHash(product: FeedProduct): string {
  const { fields, codes, images, metafields, categoryKey } = product;
  const said = [HASH_VERSION, text(product.sku), categoryKey === undefined ? SILENT : text(categoryKey)];
  for (const field of sorted(Object.keys(fields))) said.push(field, text(fields[field as FeedField]));
  for (const code of sorted(codes.map((code) => `${code.type}\0${code.code}`))) said.push(CODE, code);
  if (images) said.push(IMAGE);
  for (const image of images ?? []) said.push(image.view, image.url, image.altText, String(image.sortOrder));
  if (metafields) said.push(METAFIELD);
  for (const m of sorted(metafields?.map((m) => `${m.namespace}.${m.key}\0${m.type}\0${m.value}`) ?? [])) said.push(m);
  if (product.handling) said.push(HANDLING, product.handling.id);
  return hash("sha256", said.join("\0"), "base64url");
}

/** Longer lists are left to the engine. */
const FEW = 40;

/** Sorts in place by code units, as `sort` does, which takes a kilobyte of memory for each of a feed's million short lists. */
function sorted(texts: string[]): string[] {
  if (texts.length > FEW) return texts.sort();
  for (let at = 1; at < texts.length; at++) {
    const text = texts[at] ?? "";
    let to = at;
    for (; to > 0 && (texts[to - 1] ?? "") > text; to--) texts[to] = texts[to - 1] ?? "";
    texts[to] = text;
  }
  return texts;
}

/** Marks that no feed's text contains: control characters, alone between two separators. */
const [NONE, SILENT, CODE, IMAGE, METAFIELD, HANDLING] = [
  "\u0001",
  "\u0002",
  "\u0003",
  "\u0004",
  "\u0005",
  "\u0006",
] as const;

function text(value: string | number | null | undefined): string {
  if (value === undefined) return SILENT;
  return value === null ? NONE : String(value);
}

export function categoryHash(category: FeedCategory): string {
  const { key, name, parentKey, sortOrder, isActive } = category;
  const canonical = JSON.stringify([HASH_VERSION, key, name, parentKey, sortOrder, isActive]);
  return hash("sha256", canonical, "base64url");
}

/** What a source said of a category, field by field: what it only repeats overwrites nobody's change. */
export function categoryFieldHashes({ name, parentKey, sortOrder, isActive }: FeedCategory) {
  return valueHashes({ name, parent: parentKey, sortOrder, isActive });
}

/** What a source said of each product column, as short hashes: enough to see that it says something else now. */
export function fieldHashes(product: FeedProduct): Record<string, string> {
  return { ...valueHashes({ ...product.fields }), ...relatedHashes(product) };
}

/** The hashes of a product's own columns. */
export function valueHashes(fields: Readonly<Record<string, unknown>>) {
  const hashes: Record<string, string> = {};
  for (const field in fields) {
    const value = fields[field];
    if (value !== undefined) hashes[field] = shortHash(value);
  }
  return hashes;
}

/** The hashes of what a product says beyond its columns. */
export function relatedHashes({ categoryKey, images }: FeedProduct) {
  const hashes: Record<string, string> = {};
  if (categoryKey !== undefined) hashes.category = shortHash(categoryKey);
  if (images) hashes.images = shortHash(images.map((image) => [image.view, image.url]));
  return hashes;
}

/** Values this short stand for themselves, in characters of JSON. */
const SHORT_VALUE = 16;

/** Longer values as 32 bits: a change of one field that goes unseen is one in four thousand million. */
function shortHash(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length <= SHORT_VALUE ? json : hash("sha1", json, "hex").slice(0, 8);
}
