import "server-only";
import { codeIdentity } from "@/lib/catalog/codes";
import { fieldSource, fieldSources, makerOf } from "@/lib/catalog/field-source";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import { FEED_FIELDS } from "@/lib/feeds/feed-fields";
import type { FeedField } from "@/lib/feeds/feed-record";
import type { Precedence } from "@/lib/feeds/precedence";
import { loadPrecedence } from "@/lib/feeds/precedence-settings";
import type { CatalogueProduct } from "./diff-product";

interface ProductRow extends Record<FeedField, string | number | null> {
  id: string;
  sku: string;
  version: number;
  categoryId: string | null;
  createdByRunId: string | null;
  createdById: string | null;
  createdAt: Date | number;
  fieldSources: unknown;
}

/** Who feeds what: the sources of runs, read once per run of the pipeline. */
export interface RunSources {
  /** FeedSource id of a run. */
  sourceOfRun(runId: string): string | undefined;
  precedence: Precedence;
}

/** The products with all that feeds can speak of, in five set-based queries whatever their number. */
export async function loadProducts(
  on: Reader,
  ids: string[],
  sources: RunSources,
): Promise<Map<string, CatalogueProduct>> {
  if (ids.length === 0) return new Map();
  const origin = ["createdByRunId", "createdById", "createdAt"];
  const columns = ["id", "sku", "version", "categoryId", ...origin, "fieldSources", ...FEED_FIELDS];
  const select = columns.map((column) => `"Product"."${column}"`).join(", ");
  const rows = await selectRows<ProductRow>(on, "Product", select, "id", ids);
  const products = new Map(rows.map((row) => [row.id, fromRow(row, sources)]));
  await Promise.all([loadMetafields(on, ids, products), loadCodes(on, ids, products), loadImages(on, ids, products)]);
  return products;
}

function fromRow(row: ProductRow, sources: RunSources): CatalogueProduct {
  const createdBySourceId = row.createdByRunId ? (sources.sourceOfRun(row.createdByRunId) ?? null) : null;
  return {
    id: row.id,
    sku: row.sku,
    version: row.version,
    categoryId: row.categoryId,
    fields: Object.fromEntries(FEED_FIELDS.map((column) => [column, row[column]])),
    fieldSources: fieldSources.parse(fromJson(row.fieldSources) ?? {}),
    createdBySourceId,
    maker: makerOf(row),
    metafields: new Map(),
    codes: new Map(),
    images: [],
  };
}

async function loadMetafields(on: Reader, ids: string[], products: Map<string, CatalogueProduct>) {
  const select = ["productId", "namespace", "key", "value", "type", "kept", "feedValue", "source"]
    .map((column) => `"ProductMetafield"."${column}"`)
    .join(", ");
  const rows = await selectRows<{
    productId: string;
    namespace: string;
    key: string;
    value: string;
    type: string;
    kept: boolean | number;
    feedValue: string | null;
    source: unknown;
  }>(on, "ProductMetafield", select, "productId", ids);
  for (const { productId, namespace, key, value, type, kept, feedValue, source } of rows) {
    const given = fromJson(source);
    products.get(productId)?.metafields.set(`${namespace}.${key}`, {
      value,
      type,
      kept: Boolean(kept),
      feedValue,
      source: given ? fieldSource.parse(given) : null,
    });
  }
}

async function loadCodes(on: Reader, ids: string[], products: Map<string, CatalogueProduct>) {
  const select = `"ProductCode"."productId", "ProductCode"."type", "ProductCode"."code"`;
  const rows = await selectRows<{ productId: string; type: string; code: string }>(
    on,
    "ProductCode",
    select,
    "productId",
    ids,
  );
  for (const { productId, type, code } of rows)
    products.get(productId)?.codes.set(codeIdentity(type, code), { type, code });
}

async function loadImages(on: Reader, ids: string[], products: Map<string, CatalogueProduct>) {
  const select = `"ProductImage"."productId", "ProductImage"."view", "ProductImage"."url", ${BY_HAND} AS "byHand"`;
  const rows = await selectRows<{ productId: string; view: string; url: string; byHand: number }>(
    on,
    "ProductImage",
    select,
    "productId",
    ids,
  );
  for (const { productId, view, url, byHand } of rows) {
    products.get(productId)?.images.push({ view, url, isByHand: byHand === 1 });
  }
}

/** A person ordered, described or removed it; one that is hidden as a double has its original in the metadata. */
const BY_HAND = `CASE WHEN "sortOrder" < 0 OR CAST("metadata" AS TEXT) LIKE '%isDescribed%'
  OR (NOT "isActive" AND coalesce(CAST("metadata" AS TEXT), '') NOT LIKE '%duplicateOf%') THEN 1 ELSE 0 END`;

/** Raw SQLite gives JSON columns as text, PostgreSQL as values. */
export function fromJson(stored: unknown): unknown {
  return typeof stored === "string" ? JSON.parse(stored) : stored;
}

/** Reads which source each run belonged to. */
export async function loadRunSources(on: Reader): Promise<RunSources> {
  const runs = await on.syncHistory.findMany({
    where: { feedSourceId: { not: null } },
    select: { id: true, feedSourceId: true },
  });
  const sourceOfRun = new Map(runs.map((run) => [run.id, run.feedSourceId ?? undefined]));
  return { sourceOfRun: (id) => sourceOfRun.get(id), precedence: await loadPrecedence(on) };
}
