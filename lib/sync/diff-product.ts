import { codeIdentity } from "@/lib/catalog/codes";
import { type FieldSource, type FieldSources, isPersons } from "@/lib/catalog/field-source";
import type { FeedMetafield, FeedProduct, Place } from "@/lib/feeds/feed-record";
import type { FieldChange } from "./change";
import { mergedList } from "./merge-list";

type Value = string | number | boolean | null;

/** What the catalogue holds of one product, as far as feeds can speak of it. */
export interface CatalogueProduct {
  id: string;
  sku: string;
  version: number;
  categoryId: string | null;
  fields: Record<string, Value>;
  fieldSources: FieldSources;
  /** The source that created it; null when a person did. */
  createdBySourceId: string | null;
  /** The person who made it by hand: the values that nobody else is named for are theirs (makerOf). */
  maker: FieldSource | null;
  metafields: Map<string, CatalogueMetafield>;
  /** By codeIdentity. */
  codes: Map<string, { type: string; code: string }>;
  images: { view: string; url: string /** A person ordered, described or removed it. */; isByHand?: boolean }[];
}

export interface CatalogueMetafield {
  value: string;
  type: string;
  kept: boolean;
  feedValue: string | null;
  source: FieldSource | null;
}

/** The side that speaks: one source, what it said last, and how its category keys read here. */
export interface FeedVoice {
  sourceId: string;
  /** Hashes of what it said last; empty for its first word on the product. */
  said: Record<string, string>;
  says: Record<string, string>;
  /** Whether it may replace what the other source gave (lib/feeds/precedence.ts). */
  mayReplace(field: string, ownerSourceId: string): boolean;
  category(key: string): { id: string; name: string } | undefined;
  categoryName(id: string): string;
}

export interface ProductDiff {
  lines: FieldChange[];
  /** Why a line stays unapplied, in words; null when all apply. */
  reason: string | null;
}

/**
 * What a feed's item would change on a product, per field. A source is compared with what it said last:
 * saying the same again changes nothing, whoever changed the catalogue since.
 */
export function diffProduct(item: FeedProduct, product: CatalogueProduct, voice: FeedVoice): ProductDiff {
  const category = diffCategory(item, product, voice);
  const lines: FieldChange[] = [
    ...diffFields(item, product, voice),
    ...category.lines,
    ...diffMetafields(item, product, voice),
    ...diffCodes(item, product),
    ...diffImages(item, product, voice),
  ];
  for (const line of lines) {
    const source = sourceBefore(line.field, product);
    if (source) line.beforeSource = source;
  }
  return { lines, reason: category.reason };
}

/** Who gave the value that a line replaces; undefined for the product's own source. */
export function sourceBefore(field: string, product: CatalogueProduct): FieldSource | undefined {
  if (field.startsWith("code:")) return undefined;
  if (field.startsWith("image:")) return product.fieldSources.images;
  const metafield = field.startsWith("metafield:")
    ? product.metafields.get(field.slice("metafield:".length))
    : undefined;
  if (!metafield) return product.fieldSources[field];
  if (!metafield.source) return undefined;
  return metafield.kept ? { ...metafield.source, kept: true, feedValue: metafield.feedValue } : metafield.source;
}

function diffFields(item: FeedProduct, product: CatalogueProduct, voice: FeedVoice): FieldChange[] {
  const lines: FieldChange[] = [];
  for (const [field, after] of Object.entries(item.fields)) {
    if (after === undefined || voice.said[field] === voice.says[field]) continue;
    const before = product.fields[field] ?? null;
    const isAgreed = before === after || isEmptyBoth(before, after);
    // Of a kept value the feed's word is remembered even where it agrees by now: it stands beside on the screens.
    if (isAgreed && !product.fieldSources[field]?.kept) continue;
    const verdict = verdictOn(field, before, after, product, voice);
    if (verdict === "leave") continue;
    lines.push({ field, before, after, ...placeOf(item, field), ...(verdict === "kept" ? { kept: true } : {}) });
  }
  return lines;
}

/** Text columns hold "" where a feed says null. */
function isEmptyBoth(before: Value, after: Value) {
  return (before === null || before === "") && (after === null || after === "");
}

function verdictOn(
  field: string,
  before: Value,
  after: Value,
  product: CatalogueProduct,
  voice: FeedVoice,
): "apply" | "kept" | "leave" {
  const source = product.fieldSources[field];
  if (source?.kept) return source.feedValue === after ? "leave" : "kept";
  // A lesser source may fill what nobody has given, and only that.
  if (before === null || before === "") return "apply";
  if (isPersons(source ?? product.maker)) return "kept";
  const owner = ownerOf(source, product);
  if (owner === null) return "apply";
  if (after === null && owner !== voice.sourceId) return "leave";
  return voice.mayReplace(field, owner) ? "apply" : "leave";
}

/** The source that gave a value; null when a person did. */
function ownerOf(source: FieldSource | null | undefined, product: CatalogueProduct): string | null {
  return source ? (source.sourceId ?? null) : product.createdBySourceId;
}

function diffCategory(item: FeedProduct, product: CatalogueProduct, voice: FeedVoice): ProductDiff {
  const nothing: ProductDiff = { lines: [], reason: null };
  if (item.categoryKey === undefined || voice.said.category === voice.says.category) return nothing;
  const before = product.categoryId ? voice.categoryName(product.categoryId) : null;
  const line = { field: "category", before, beforeId: product.categoryId, ...placeOf(item, "categoryKey") };
  if (item.categoryKey === null) {
    const verdict = verdictOn("category", before, null, product, voice);
    if (!product.categoryId || verdict === "leave") return nothing;
    return { lines: [{ ...line, after: null, afterId: null, ...keptMark(verdict) }], reason: null };
  }
  const category = voice.category(item.categoryKey);
  if (!category) {
    return {
      lines: [{ ...line, after: item.categoryKey, kept: true }],
      reason: `Category ${item.categoryKey} is not known: the product keeps its category.`,
    };
  }
  if (category.id === product.categoryId && !product.fieldSources.category?.kept) return nothing;
  // A kept category remembers the feed's by its id: names change.
  const verdict = verdictOn("category", before, category.id, product, voice);
  if (verdict === "leave") return nothing;
  return { lines: [{ ...line, after: category.name, afterId: category.id, ...keptMark(verdict) }], reason: null };
}

function keptMark(verdict: "apply" | "kept") {
  return verdict === "kept" ? { kept: true } : {};
}

function diffMetafields(item: FeedProduct, product: CatalogueProduct, voice: FeedVoice): FieldChange[] {
  if (!item.metafields) return [];
  const lines: FieldChange[] = [];
  const given = new Set<string>();
  for (const metafield of item.metafields) {
    const name = `${metafield.namespace}.${metafield.key}`;
    given.add(name);
    const wanted = mergedList(metafield, product.metafields.get(name), item.handling);
    const line = diffMetafield(name, wanted, product, voice);
    if (line) lines.push(line);
  }
  for (const [name, current] of product.metafields) {
    if (given.has(name) || item.handling?.leavesEmpty(name) || !isFrom(voice.sourceId, current.source, product))
      continue;
    if (current.kept) {
      if (current.feedValue !== null) {
        lines.push({ field: `metafield:${name}`, before: current.value, after: null, type: current.type, kept: true });
      }
      continue;
    }
    lines.push({ field: `metafield:${name}`, before: current.value, after: null, type: current.type });
  }
  return lines;
}

function diffMetafield(
  name: string,
  metafield: FeedMetafield,
  product: CatalogueProduct,
  voice: FeedVoice,
): FieldChange | null {
  const field = `metafield:${name}`;
  const { value: after, type } = metafield;
  const place = metafield.at ? { file: metafield.at.file, line: metafield.at.line } : {};
  const current = product.metafields.get(name);
  if (!current) {
    // A person removed it: the feed's word is remembered beside, and the metafield stays away.
    const removed = product.fieldSources[field];
    if (!removed?.kept) return { field, before: null, after, type, ...place };
    return removed.feedValue === after ? null : { field, before: null, after, type, kept: true, ...place };
  }
  if (current.kept) {
    return current.feedValue === after ? null : { field, before: current.value, after, type, kept: true, ...place };
  }
  if (current.value === after && current.type === type) return null;
  if (isPersons(current.source ?? product.maker))
    return { field, before: current.value, after, type, kept: true, ...place };
  const owner = ownerOf(current.source, product);
  if (owner && !voice.mayReplace(field, owner)) return null;
  const was = current.type === type ? {} : { was: { type: current.type } };
  return { field, before: current.value, after, type, ...place, ...was };
}

/** Whether a metafield came from this source: by its own word, or by the product's default. */
function isFrom(sourceId: string, source: FieldSource | null, product: CatalogueProduct) {
  if (source?.kept) return (source.sourceId ?? product.createdBySourceId) === sourceId;
  return source ? source.sourceId === sourceId : product.createdBySourceId === sourceId;
}

function diffCodes(item: FeedProduct, product: CatalogueProduct): FieldChange[] {
  const place = placeOf(item, "codes");
  const added = item.codes
    .filter((code) => !product.codes.has(codeIdentity(code.type, code.code)))
    .map((code) => ({ field: `code:${code.type}`, before: null, after: code.code, ...place }));
  if (item.handling?.codes !== "replace") return added;
  const { codeTypes } = item.handling;
  const given = new Set(item.codes.map((code) => codeIdentity(code.type, code.code)));
  const removed = [...product.codes]
    .filter(([identity, { type }]) => codeTypes.has(type) && !given.has(identity))
    .map(([, { type, code }]) => ({ field: `code:${type}`, before: code, after: null, ...place }));
  return [...removed, ...added];
}

function diffImages(item: FeedProduct, product: CatalogueProduct, voice: FeedVoice): FieldChange[] {
  if (!item.images || voice.said.images === voice.says.images) return [];
  const owner = ownerOf(product.fieldSources.images, product);
  const fromFeeds = product.images.filter((image) => image.url !== "");
  if (fromFeeds.length > 0 && !product.fieldSources.images && product.maker) return [];
  if (fromFeeds.length > 0 && owner && !voice.mayReplace("images", owner)) return [];
  const place = placeOf(item, "images");
  const added = item.images.filter(
    (image) => !product.images.some((other) => other.view === image.view && other.url === image.url),
  );
  const removed =
    item.handling?.images === "merge"
      ? []
      : fromFeeds.filter(
          (image) => !item.images?.some((other) => other.view === image.view && other.url === image.url),
        );
  return [
    ...removed.map((image) => ({ field: `image:${image.view}`, before: image.url, after: null, ...place })),
    ...added.map((image) => ({
      field: `image:${image.view}`,
      before: null,
      after: image.url,
      type: JSON.stringify({ altText: image.altText, sortOrder: image.sortOrder }),
      ...place,
    })),
  ];
}

function placeOf(item: FeedProduct, what: string): Partial<Place> {
  const place = item.places?.[what as keyof NonNullable<FeedProduct["places"]>];
  return place ? { file: place.file, line: place.line } : {};
}
