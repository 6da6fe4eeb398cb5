import { hash } from "node:crypto";
import type { FeedCategory, FeedCode, FeedField, FeedMetafield, FeedProduct } from "@/lib/feeds/feed-record";

/** Raised when the same feed must be compared anew because the hashing changed. */
const HASH_VERSION = "1";

/**
 * SHA-256 over everything a feed says of a product, independent of the order of its fields, codes and metafields,
 * and of where in the files it stands.
 */
export function productHash(product: FeedProduct): string {
  const { fields, codes, images, metafields, categoryKey } = product;
  const said = [HASH_VERSION, text(product.sku), categoryKey === undefined ? SILENT : text(categoryKey)];
  for (const field of sorted(Object.keys(fields), byText)) said.push(field, text(fields[field as FeedField]));
  for (const { type, code } of sorted([...codes], byTypeAndCode)) said.push(CODE, type, code);
  if (images) said.push(IMAGE);
  for (const image of images ?? []) said.push(image.view, image.url, image.altText, String(image.sortOrder));
  if (metafields) said.push(METAFIELD);
  for (const m of sorted([...(metafields ?? [])], byName)) said.push(`${m.namespace}.${m.key}`, m.type, m.value);
  if (product.handling) said.push(HANDLING, product.handling.id);
  return hash("sha256", said.join("\0"), "base64url");
}

function byText(one: string, other: string) {
  return one > other;
}

function byTypeAndCode(one: FeedCode, other: FeedCode) {
  return one.type === other.type ? one.code > other.code : one.type > other.type;
}

function byName(one: FeedMetafield, other: FeedMetafield) {
  if (one.namespace !== other.namespace) return `${one.namespace}.${one.key}` > `${other.namespace}.${other.key}`;
  if (one.key !== other.key) return one.key > other.key;
  return one.type === other.type ? one.value > other.value : one.type > other.type;
}

/** Sorts in place: `sort` takes a kilobyte of memory for each of a feed's million short lists. */
function sorted<T>(items: T[], isBehind: (one: T, other: T) => boolean): T[] {
  if (items.length > FEW)
    return items.sort((one, other) => Number(isBehind(one, other)) - Number(isBehind(other, one)));
  for (let at = 1; at < items.length; at++) {
    const item = items[at] as T;
    let to = at;
    for (; to > 0 && isBehind(items[to - 1] as T, item); to--) items[to] = items[to - 1] as T;
    items[to] = item;
  }
  return items;
}

/** Longer lists are left to the engine. */
const FEW = 40;

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
