import "server-only";
import { z } from "zod";
import { codeIdentity } from "@/lib/catalog/codes";
import { isMerged } from "@/lib/categories/merged-mark";
import type { Reader } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { isOwnView, ownView } from "@/lib/images/own-picture";
import type { FieldChange } from "@/lib/sync/change";
import { type CatalogueProduct, sourceBefore } from "@/lib/sync/diff-product";
import { loadProducts, loadRunSources } from "@/lib/sync/load-products";

/** A picture that goes over. */
export interface MovedPicture {
  id: number;
  view: string;
  url: string;
  /** What it is known by there: one that was fetched becomes a person's, so that no feed takes it away again. */
  as: { view: string; url: string };
}

/** A feed's row that speaks of the survivor from now on. */
export interface MovedRow {
  id: number;
  source: string;
  externalKey: string;
  /** The survivor has a row of the same feed: this one says nothing any more. */
  isSilent: boolean;
  /** By an earlier merge. */
  wasSilent: boolean;
}

export interface MergedAway {
  product: CatalogueProduct;
  lines: FieldChange[];
  pictures: MovedPicture[];
  /** Pictures that the survivor has already. */
  samePictures: number;
  codes: { type: string; code: string; isNew: boolean }[];
  rows: MovedRow[];
  aliasIds: number[];
  redirects: string[];
}

export interface PlannedMerge {
  survivor: CatalogueProduct;
  /** What the survivor gains, codes and pictures included. */
  lines: FieldChange[];
  /** Of those, what fills a field it lacks, with whose value it is. */
  filled: { line: FieldChange; from: string }[];
  losers: MergedAway[];
}

/** Fields that stay each product's own. */
const NOT_FILLED = new Set(["handle", "status", "name"]);

/**
 * What merging comes to; writes nothing.
 * @param fill which empty fields the survivor takes over; all where it is left out
 * @throws {AppError} `not_found`, `conflict` for products that are gone or archived
 */
export async function planMerge(
  on: Reader,
  { survivorId, loserIds, fill }: { survivorId: string; loserIds: string[]; fill?: string[] },
): Promise<PlannedMerge> {
  const ids = [survivorId, ...new Set(loserIds.filter((id) => id !== survivorId))];
  if (ids.length < 2) throw new AppError("invalid_input", "Choose at least one other product to merge into it.");
  const products = await loadProducts(on, ids, await loadRunSources(on));
  const [survivor, ...others] = ids.map((id) => assertThere(products.get(id)));
  if (!survivor) throw new AppError("not_found", "There is no such product.");
  const wanted = fill && new Set(fill);
  const filled = fillings(survivor, others, await categoryNames(on, others), (field) => wanted?.has(field) ?? true);
  const known = await loadBelongings(on, ids);
  const taken = new Taken(survivor, known);
  const losers = others.map((product) => mergeAway(product, known, taken));
  const gained = losers.flatMap(({ codes }) => codes.filter(({ isNew }) => isNew));
  const lines = [
    ...filled.map(({ line }) => line),
    ...gained.map(({ type, code }) => ({ field: `code:${type}`, before: null, after: code })),
    ...losers.flatMap(({ pictures }) => pictures.map(({ as }) => pictureLine(survivor, as.view, null, as.url))),
  ];
  return { survivor, lines, filled, losers };
}

function assertThere(product: CatalogueProduct | undefined): CatalogueProduct {
  if (!product)
    throw new AppError("conflict", "One of these products is not there any more. Look for duplicates anew.");
  if (product.fields.status === "archived") {
    throw new AppError("conflict", `${product.sku} is archived by now. Look for duplicates anew.`);
  }
  return product;
}

function withSource(line: FieldChange, product: CatalogueProduct): FieldChange {
  const beforeSource = sourceBefore(line.field, product);
  return beforeSource ? { ...line, beforeSource } : line;
}

function pictureLine(product: CatalogueProduct, view: string, before: string | null, after: string | null) {
  return withSource({ field: `image:${view}`, before, after }, product);
}

/** The first of the others that has what the survivor lacks gives it. */
function fillings(
  survivor: CatalogueProduct,
  others: CatalogueProduct[],
  categories: Map<string, string>,
  isWanted: (field: string) => boolean,
) {
  const filled = new Map<string, { line: FieldChange; from: string }>();
  const add = (line: FieldChange, from: string) => {
    if (!filled.has(line.field) && isWanted(line.field))
      filled.set(line.field, { line: withSource(line, survivor), from });
  };
  for (const other of others) {
    for (const [field, after] of Object.entries(other.fields)) {
      const before = survivor.fields[field] ?? null;
      const isLacking = before === null || before === "";
      if (!isLacking || after === null || after === "" || NOT_FILLED.has(field)) continue;
      add({ field, before, after }, other.sku);
    }
    if (survivor.categoryId === null && other.categoryId !== null) {
      const after = categories.get(other.categoryId) ?? "a category";
      add({ field: "category", before: null, beforeId: null, after, afterId: other.categoryId }, other.sku);
    }
    for (const [name, { value, type }] of other.metafields) {
      if (survivor.metafields.has(name)) continue;
      add({ field: `metafield:${name}`, before: null, after: value, type }, other.sku);
    }
  }
  return [...filled.values()];
}

async function categoryNames(on: Reader, products: CatalogueProduct[]) {
  const ids = products.flatMap((product) => product.categoryId ?? []);
  const rows = await on.category.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

type Belongings = Awaited<ReturnType<typeof loadBelongings>>;

const mergedHashes = z.record(z.string(), z.string()).catch({});

/** What belongs to the products beside their values. */
async function loadBelongings(on: Reader, ids: string[]) {
  const where = { productId: { in: ids } };
  const [codes, pictures, rows, aliases, redirects] = await Promise.all([
    on.productCode.findMany({ where, select: { productId: true, type: true, code: true }, orderBy: { id: "asc" } }),
    on.productImage.findMany({
      where,
      select: { id: true, productId: true, view: true, url: true, fileHash: true, isActive: true },
      orderBy: [{ sortOrder: "asc" }, { id: "asc" }],
    }),
    on.sourceItem.findMany({
      where,
      select: {
        ...{ id: true, productId: true, sourceId: true, externalKey: true, fieldHashes: true },
        source: { select: { name: true } },
      },
      orderBy: { id: "asc" },
    }),
    on.codeAlias.findMany({ where, select: { id: true, productId: true } }),
    on.productRedirect.findMany({ where: { targetId: { in: ids } }, select: { productId: true, targetId: true } }),
  ]);
  const told = rows.map(({ fieldHashes, ...row }) => ({
    ...row,
    wasSilent: isMerged(mergedHashes.parse(fieldHashes)),
  }));
  return { codes, pictures, rows: told, aliases, redirects };
}

/** What the survivor has by now: of two equal things it takes one. */
class Taken {
  readonly codes: Set<string>;
  readonly pictures: Set<string>;
  readonly sources: Set<string>;

  constructor(survivor: CatalogueProduct, { pictures, rows }: Belongings) {
    this.codes = new Set(survivor.codes.keys());
    const own = pictures.filter((picture) => picture.productId === survivor.id);
    this.pictures = new Set(own.flatMap(pictureNames));
    this.sources = new Set(rows.filter((row) => row.productId === survivor.id).map((row) => row.sourceId));
  }

  /** False: it was there already. */
  add(set: Set<string>, names: string[]): boolean {
    if (names.some((name) => set.has(name))) return false;
    for (const name of names) set.add(name);
    return true;
  }
}

/** A picture is the same by its view and address, or by its file. */
function pictureNames({ view, url, fileHash }: { view: string; url: string; fileHash: string | null }) {
  return [`${view}\0${url}`, ...(fileHash ? [fileHash] : [])];
}

function knownAs({ view, url, fileHash }: { view: string; url: string; fileHash: string | null }) {
  return fileHash && !isOwnView(view) ? { view: ownView(fileHash), url: "" } : { view, url };
}

function mergeAway(product: CatalogueProduct, known: Belongings, taken: Taken): MergedAway {
  const isIts = (row: { productId: string | null }) => row.productId === product.id;
  const codes = known.codes.filter(isIts).map(({ type, code }) => ({
    type,
    code,
    isNew: taken.add(taken.codes, [codeIdentity(type, code)]),
  }));
  const own = known.pictures.filter((picture) => isIts(picture) && picture.isActive);
  const pictures = own.filter((picture) => taken.add(taken.pictures, pictureNames(picture)));
  const rows = known.rows.filter(isIts).map(({ id, sourceId, source, externalKey, wasSilent }) => ({
    ...{ id, source: source.name, externalKey, wasSilent },
    isSilent: wasSilent || !taken.add(taken.sources, [sourceId]),
  }));
  const lines = [
    ...codes.map(({ type, code }) => ({ field: `code:${type}`, before: code, after: null })),
    ...pictures.map(({ view, url }) => pictureLine(product, view, url, null)),
    // A later row of the feed may give it to the survivor; no two products have one.
    ...(product.fields.handle
      ? [withSource({ field: "handle", before: product.fields.handle, after: null }, product)]
      : []),
    withSource({ field: "status", before: product.fields.status ?? "active", after: "archived" }, product),
  ];
  return {
    product,
    lines,
    pictures: pictures.map((picture) => ({
      id: picture.id,
      view: picture.view,
      url: picture.url,
      as: knownAs(picture),
    })),
    samePictures: own.length - pictures.length,
    codes,
    rows,
    aliasIds: known.aliases.filter(isIts).map(({ id }) => id),
    redirects: known.redirects.filter((one) => one.targetId === product.id).map((one) => one.productId),
  };
}
