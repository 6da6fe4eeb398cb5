import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { codeIdentity } from "@/lib/catalog/codes";
import { getProductAsOf, type ProductAsOf } from "@/lib/catalog/product-as-of";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parseMetafield, rulesOf } from "@/lib/metafields/types";
import type { FieldChange } from "@/lib/sync/change";
import { type CatalogueProduct, sourceBefore } from "@/lib/sync/diff-product";
import { loadProducts, loadRunSources } from "@/lib/sync/load-products";
import { CODES } from "./restore-input";

/** A field that holds another value than at the time. */
export interface RestorableField {
  /** As the history calls it; all codes together are `codes`. */
  field: string;
  /** What bringing it back writes; empty where it can't be. */
  lines: FieldChange[];
  now: FieldChange["before"];
  past: FieldChange["before"];
  type?: string;
  /** Why it can't be brought back, as a sentence. */
  refused: string | null;
}

type Known = Extract<ProductAsOf, { outcome: "known" }>;
type Planned = Omit<RestorableField, "lines" | "refused"> & ({ line: FieldChange } | { refused: string });

/**
 * What of a product differs from how it was at a time, and what bringing each back comes to; writes nothing.
 * @throws {AppError} `not_found`; `conflict` where it did not exist then or what was is not known any more
 */
export async function planRestore(actor: Actor, id: string, at: Date) {
  assertCan(actor, "catalog:read");
  const found = await getProductAsOf(actor, id, at);
  if (!found) throw new AppError("not_found", "There is no such product.");
  const { past } = found;
  if (past.outcome === "not_yet") throw new AppError("conflict", "The product did not exist at that time.");
  if (past.outcome === "unknown") throw new AppError("conflict", past.reason);
  const product = (await loadProducts(db, [id], await loadRunSources(db))).get(id);
  if (!product) throw new AppError("not_found", "There is no such product.");
  const fields = [
    ...(await columns(product, past)),
    ...(await category(product, past)),
    ...(await metafields(product, past)),
    ...codes(product, past),
  ];
  return { product, fields };
}

function planned(product: CatalogueProduct, found: Planned[]): RestorableField[] {
  return found.map((one) => {
    if ("refused" in one) return { ...one, lines: [] };
    const { line, ...rest } = one;
    const beforeSource = sourceBefore(line.field, product);
    return { ...rest, lines: [beforeSource ? { ...line, beforeSource } : line], refused: null };
  });
}

async function columns(product: CatalogueProduct, past: Known): Promise<RestorableField[]> {
  const { categoryId: _, ...values } = { categoryId: null, ...past.values };
  const then: Record<string, FieldChange["before"]> = { ...values };
  for (const field of ["upc", "handle", "variation"] as const) then[field] = past[field];
  const changed = Object.keys(then).filter((field) => (then[field] ?? "") !== (product.fields[field] ?? ""));
  const [takenBy, stockStatus] = await Promise.all([
    changed.includes("handle") ? handleOwner(past.handle, product.id) : null,
    changed.includes("inventoryQuantity") ? saidStock(product.id) : null,
  ]);
  return planned(
    product,
    changed.map((field): Planned => {
      const of = { field, now: product.fields[field] ?? null, past: then[field] ?? null };
      if (field === "handle" && takenBy) return { ...of, refused: `${takenBy} has this handle now.` };
      const line: FieldChange = { field, before: of.now, after: of.past };
      if (field === "inventoryQuantity" && stockStatus) line.was = { stockStatus };
      return { ...of, line };
    }),
  );
}

async function handleOwner(handle: string | null, id: string): Promise<string | null> {
  if (!handle) return null;
  const owner = await db.product.findFirst({ where: { handle, id: { not: id } }, select: { sku: true } });
  return owner?.sku ?? null;
}

/** "On backorder" and "discontinued" outlive a count. */
async function saidStock(id: string): Promise<string | null> {
  const row = await db.product.findUnique({ where: { id }, select: { stockStatus: true } });
  return row && ["backorder", "discontinued"].includes(row.stockStatus) ? row.stockStatus : null;
}

async function category(product: CatalogueProduct, past: Known): Promise<RestorableField[]> {
  if (!past.changedSince.includes("category")) return [];
  const ids = [product.categoryId, past.categoryId].filter((id) => typeof id === "string");
  const lastName = past.category?.split(" > ").at(-1) ?? null;
  const rows = await db.category.findMany({
    where:
      past.categoryId === undefined && lastName
        ? { OR: [{ id: { in: ids } }, { name: lastName }] }
        : { id: { in: ids } },
    select: { id: true, name: true },
    take: 50,
  });
  const nameOf = (id: string | null) => rows.find((row) => row.id === id)?.name ?? null;
  const of = { field: "category", now: nameOf(product.categoryId), past: past.category };
  const named = rows.filter((row) => row.name === lastName);
  const target = past.categoryId === undefined ? (named.length === 1 ? named[0]?.id : undefined) : past.categoryId;
  if (target === product.categoryId) return [];
  const refused =
    target === undefined
      ? named.length > 1
        ? `There are ${named.length} categories named ${lastName}. Choose the right one by hand.`
        : `There is no category ${lastName} any more.`
      : target !== null && nameOf(target) === null
        ? `The category ${past.category} is not there any more.`
        : null;
  if (refused !== null) return planned(product, [{ ...of, refused }]);
  const line = { field: "category", before: of.now, beforeId: product.categoryId };
  return planned(product, [{ ...of, line: { ...line, after: nameOf(target ?? null), afterId: target ?? null } }]);
}

async function metafields(product: CatalogueProduct, past: Known): Promise<RestorableField[]> {
  const then = new Map(past.metafields.map((one) => [`${one.namespace}.${one.key}`, one]));
  const names = [...new Set([...then.keys(), ...product.metafields.keys()])].filter(
    (name) => then.get(name)?.value !== product.metafields.get(name)?.value,
  );
  const definitions = await db.metafieldDefinition.findMany({
    where: { key: { in: names.map((name) => name.slice(name.indexOf(".") + 1)) } },
    select: { namespace: true, key: true, type: true, validations: true },
  });
  const byName = new Map(definitions.map((one) => [`${one.namespace}.${one.key}`, one]));
  return planned(
    product,
    names.map((name): Planned => {
      const now = product.metafields.get(name);
      const was = then.get(name);
      const definition = byName.get(name);
      const type = definition?.type ?? was?.type ?? now?.type;
      const of = { field: `metafield:${name}`, now: now?.value ?? null, past: was?.value ?? null, type };
      const line: FieldChange = { field: of.field, before: of.now, after: of.past, type };
      if (!was || !type) return { ...of, line };
      if (!definition) return { ...of, refused: "Its definition is gone. Make it again first." };
      const parsed = parseMetafield(type, was.value, rulesOf(definition.validations));
      if (!parsed.ok) return { ...of, refused: `It does not fit its definition any more: ${parsed.error}` };
      const typed = now && now.type !== type ? { was: { type: now.type } } : {};
      return { ...of, line: { ...line, after: parsed.value, ...typed } };
    }),
  );
}

/** Codes are what feeds are matched by: they go back as a whole or not at all. */
function codes(product: CatalogueProduct, past: Known): RestorableField[] {
  const then = new Map(past.codes.map((one) => [codeIdentity(one.type, one.code), one]));
  const lines: FieldChange[] = [
    ...[...product.codes]
      .filter(([identity]) => !then.has(identity))
      .map(([, { type, code }]) => ({
        field: `code:${type}`,
        before: code,
        after: null,
      })),
    ...[...then]
      .filter(([identity]) => !product.codes.has(identity))
      .map(([, { type, code }]) => ({
        field: `code:${type}`,
        before: null,
        after: code,
      })),
  ];
  if (lines.length === 0) return [];
  const words = (of: Iterable<{ type: string; code: string }>) =>
    [...of]
      .sort((a, b) => a.type.localeCompare(b.type) || a.code.localeCompare(b.code))
      .map(({ code }) => code)
      .join(", ") || null;
  return [{ field: CODES, lines, now: words(product.codes.values()), past: words(then.values()), refused: null }];
}
