import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { pictureSelect, pictureSources, viewPictures } from "@/lib/images/picture-view";
import { sourceOf } from "@/lib/metafields/plan-metafields";
import { rulesOf } from "@/lib/metafields/types";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { fieldSources } from "./field-source";
import { FIELD_NAMES, type FieldValue, type ProductField, sourceKey } from "./product-fields";
import { sanitiseHtml } from "./sanitise-html";
import { type SourceWords, type SourceWriter, sourceWriter } from "./source-words";

const productSelect = {
  ...(Object.fromEntries(FIELD_NAMES.map((field) => [field, true])) as Record<ProductField, true>), // one key per name
  id: true,
  sku: true,
  upc: true,
  handle: true,
  variation: true,
  stockStatus: true,
  version: true,
  fieldSources: true,
  createdByRunId: true,
  createdById: true,
  createdAt: true,
  updatedAt: true,
  category: { select: { id: true, name: true, path: true } },
  codes: { select: { id: true, type: true, code: true }, orderBy: [{ type: "asc" }, { id: "asc" }] },
  images: { select: pictureSelect, orderBy: [{ isFeatured: "desc" }, { sortOrder: "asc" }, { id: "asc" }] },
  metafields: {
    select: {
      namespace: true,
      key: true,
      value: true,
      type: true,
      source: true,
      kept: true,
      feedValue: true,
      displayOrder: true,
    },
    orderBy: [{ namespace: "asc" }, { displayOrder: "asc" }, { id: "asc" }],
  },
  sourceItems: {
    select: {
      id: true,
      externalKey: true,
      missingRuns: true,
      missingSinceRunId: true,
      updatedAt: true,
      source: { select: { name: true, kind: true } },
    },
    orderBy: { id: "asc" },
  },
} satisfies Prisma.ProductSelect;

type Row = Prisma.ProductGetPayload<{ select: typeof productSelect }>;

export interface MetafieldView {
  namespace: string;
  key: string;
  name: string;
  /** The value's own type; the definition's when it fits. */
  type: string;
  /** What an edit must fit. */
  editType: string;
  rules: ReturnType<typeof rulesOf>;
  description: string;
  value: string;
  source: SourceWords;
}

/** A feed's metafield that a person removed: it stays away until it is given back. */
export interface RemovedMetafield {
  namespace: string;
  key: string;
  name: string;
  type: string;
  source: SourceWords;
}

/** One product with everything its page shows, every value with where it came from; null for an unknown id. */
export async function getProduct(actor: Actor, id: string) {
  assertCan(actor, "catalog:read");
  const row = await db.product.findUnique({ where: { id }, select: productSelect });
  if (!row) return null;
  const sources = fieldSources.parse(row.fieldSources);
  const [definitions, trail, currency, writer] = await Promise.all([
    definitionsOf(row),
    categoryTrail(row.category?.path),
    db.configuration.findUnique({ where: { key: "currency" }, select: { value: true } }),
    sourceWriter(
      actor,
      row,
      [...Object.values(sources), ...row.metafields.map(sourceOf), ...pictureSources(row.images)],
      missingRunIds(row),
    ),
  ]);
  const { metafields, images, sourceItems, codes } = row;
  return {
    id: row.id,
    sku: row.sku,
    version: row.version,
    stockStatus: row.stockStatus,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    currency: currency?.value ?? "EUR",
    descriptionHtml: sanitiseHtml(row.description),
    category: row.category && { ...row.category, trail },
    values: Object.fromEntries(FIELD_NAMES.map((f) => [f, row[f]])) as Record<ProductField, FieldValue>, // one key per name
    sources: Object.fromEntries(FIELD_NAMES.map((f) => [f, writer.words(sources[sourceKey(f)] ?? null)])) as Record<
      ProductField,
      SourceWords
    >, // one key per name
    codes,
    ...viewPictures(images, sources.images ?? null, writer),
    metafields: metafields.map((metafield) => view(metafield, definitions, writer)),
    removed: removedMetafields(sources, definitions, writer),
    feeds: sourceItems.map(({ source, missingSinceRunId, ...item }) => ({
      ...item,
      ...source,
      missingSince: missingSinceRunId ? writer.runWords(missingSinceRunId) : null,
    })),
  };
}
export type ProductView = NonNullable<Awaited<ReturnType<typeof getProduct>>>;

/** @throws {AppError} `not_found` */
export async function getProductOrThrow(actor: Actor, id: string): Promise<ProductView> {
  const product = await getProduct(actor, id);
  if (!product) throw new AppError("not_found", "There is no such product.");
  return product;
}

type Definition = Awaited<ReturnType<typeof definitionsOf>> extends Map<string, infer D> ? D : never;

/** Of the product's metafields and of those a person removed. */
async function definitionsOf(row: Row) {
  const removed = removedNames(fieldSources.parse(row.fieldSources));
  const names = [...row.metafields, ...removed];
  const found = await db.metafieldDefinition.findMany({
    where: {
      namespace: { in: [...new Set(names.map((name) => name.namespace))] },
      key: { in: [...new Set(names.map((name) => name.key))] },
    },
    select: { namespace: true, key: true, name: true, type: true, validations: true, description: true },
  });
  return new Map(found.map((definition) => [`${definition.namespace}.${definition.key}`, definition]));
}

function view(
  metafield: Row["metafields"][number],
  definitions: Map<string, Definition>,
  writer: SourceWriter,
): MetafieldView {
  const { namespace, key, type, value } = metafield;
  const definition = definitions.get(`${namespace}.${key}`);
  return {
    namespace,
    key,
    type,
    value,
    name: definition?.name || key,
    editType: definition?.type ?? type,
    rules: rulesOf(definition?.validations),
    description: definition?.description ?? "",
    source: writer.words(sourceOf(metafield)),
  };
}

function removedNames(sources: Record<string, unknown>) {
  return Object.keys(sources).flatMap((field) => {
    const [, namespace, key] = /^metafield:([^.]+)\.(.+)$/.exec(field) ?? [];
    return namespace && key ? [{ field, namespace, key }] : [];
  });
}

function removedMetafields(
  sources: ReturnType<typeof fieldSources.parse>,
  definitions: Map<string, Definition>,
  writer: SourceWriter,
): RemovedMetafield[] {
  return removedNames(sources).map(({ field, namespace, key }) => {
    const definition = definitions.get(`${namespace}.${key}`);
    const type = definition?.type ?? "multi_line_text_field";
    return { namespace, key, type, name: definition?.name || key, source: writer.words(sources[field] ?? null) };
  });
}

function missingRunIds(row: Row) {
  return row.sourceItems.flatMap((item) => item.missingSinceRunId ?? []);
}

/** The category and those above it, from the top: each path is a beginning of the last. */
async function categoryTrail(path: string | undefined) {
  if (!path) return [];
  const slugs = path.split("/");
  const paths = slugs.map((_, at) => slugs.slice(0, at + 1).join("/"));
  return db.category.findMany({
    where: { path: { in: paths } },
    select: { id: true, name: true, path: true },
    orderBy: { level: "asc" },
  });
}
