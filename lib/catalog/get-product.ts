import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { AppError } from "@/lib/errors";
import { pictureSelect, pictureSources, viewPictures } from "@/lib/images/picture-view";
import { sourceOf } from "@/lib/metafields/plan-metafields";
import { readTemplate } from "@/lib/metafields/read-template";
import type { ExpectedMetafield } from "@/lib/metafields/template";
import { rulesOf } from "@/lib/metafields/types";
import { scoreProduct } from "@/lib/quality/score";
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
      description: true,
      isVisible: true,
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
  /** The category's template or the registry asks for it. */
  isRequired: boolean;
  /** What is noted about this product's value. */
  note: string;
  /** Whether the shop shows it. */
  isVisible: boolean;
}

/** A metafield that the product shall have and lacks. */
export type MissingMetafield = Pick<
  MetafieldView,
  "namespace" | "key" | "name" | "editType" | "rules" | "description" | "isRequired"
> & {
  /** The category that asks; null: every product shall have it. */
  askedBy: string | null;
};

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
  const template = await readTemplate(db, row.category?.path ?? null);
  const [definitions, trail, currency, writer] = await Promise.all([
    definitionsOf(row, template),
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
  const required = new Set(template.flatMap((one) => (one.isRequired ? `${one.namespace}.${one.key}` : [])));
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
    metafields: metafields.map((metafield) => view(metafield, definitions, writer, required)),
    missing: missingMetafields(row, template, definitions),
    quality: qualityOf(row, template, definitions),
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
async function definitionsOf(row: Row, template: ExpectedMetafield[]) {
  const removed = removedNames(fieldSources.parse(row.fieldSources));
  const names = [...row.metafields, ...removed, ...template];
  const namespaces = [...new Set(names.map((name) => name.namespace))];
  const read = (keys: string[]) =>
    db.metafieldDefinition.findMany({
      where: { namespace: { in: namespaces }, key: { in: keys } },
      select: { namespace: true, key: true, name: true, type: true, validations: true, description: true },
    });
  const found = await inParts(
    names.map((name) => name.key),
    read,
  );
  return new Map(found.map((definition) => [`${definition.namespace}.${definition.key}`, definition]));
}

function view(
  metafield: Row["metafields"][number],
  definitions: Map<string, Definition>,
  writer: SourceWriter,
  required: ReadonlySet<string>,
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
    isRequired: required.has(`${namespace}.${key}`),
    note: metafield.description,
    isVisible: metafield.isVisible,
  };
}

/** What is asked for and not there; what a person took away on purpose is not asked for again. */
function missingMetafields(
  row: Row,
  template: ExpectedMetafield[],
  definitions: Map<string, Definition>,
): MissingMetafield[] {
  const removed = removedNames(fieldSources.parse(row.fieldSources));
  const there = new Set([...row.metafields, ...removed].map(({ namespace, key }) => `${namespace}.${key}`));
  return template.flatMap(({ namespace, key, isRequired, askedBy }) => {
    const definition = definitions.get(`${namespace}.${key}`);
    if (!definition || there.has(`${namespace}.${key}`)) return [];
    const { type: editType, name, description, validations } = definition;
    return [
      { namespace, key, name: name || key, editType, rules: rulesOf(validations), description, isRequired, askedBy },
    ];
  });
}

function qualityOf(row: Row, template: ExpectedMetafield[], definitions: Map<string, Definition>) {
  const there = new Set(row.metafields.map(({ namespace, key }) => `${namespace}.${key}`));
  return scoreProduct({
    name: row.name,
    sku: row.sku,
    descriptionLength: Math.max(row.description.length, row.shortDescription.length),
    hasPrice: row.priceCents !== null,
    hasCategory: row.category !== null,
    hasBrand: Boolean(row.brand),
    hasCode: row.codes.length > 0 || Boolean(row.upc) || Boolean(row.manufacturerPartNumber),
    hasPicture: row.images.length > 0,
    expected: template.map(({ namespace, key, isRequired }) => {
      const name = `${namespace}.${key}`;
      return { namespace, key, isRequired, name: definitions.get(name)?.name || key, isThere: there.has(name) };
    }),
  });
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
