import "server-only";
import { v7 as uuid } from "uuid";
import type { Reader } from "@/lib/db/client";
import { listChangedItems, type SourceItemRow } from "@/lib/db/source-items";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FeedKind, FeedProduct, FeedRejection } from "@/lib/feeds/feed-record";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { CategoryMap } from "./category-map";
import type { ChangeFields, FieldChange } from "./change";
import type { Match } from "./decide-match";
import { type CatalogueProduct, diffProduct } from "./diff-product";
import { isPriceJump } from "./guards";
import { fieldHashes, productHash } from "./item-hash";
import { loadProducts, type RunSources } from "./load-products";
import { listExistingSkus, type Matcher } from "./match";
import { storedItem } from "./match-queue/stored-item";
import { saidBefore } from "./said-before";

/** What one item of the feed comes to. */
export type StagedProduct =
  | { item: FeedProduct; outcome: "unchanged" }
  | { item: FeedProduct; outcome: "rejected"; rejection: FeedRejection }
  | {
      item: FeedProduct;
      outcome: "new" | "changed" | "held";
      change: ChangeRow;
      priceJump?: { label: string; beforeCents: number; afterCents: number };
    };

export interface StagingContext {
  on: Reader;
  runId: string;
  sourceId: string;
  kind: FeedKind;
  policies: FeedPolicies;
  categories: CategoryMap;
  sources: RunSources;
  matcher: Matcher;
}

/** Compares a batch of a feed's products with what the source said last and with the catalogue; writes nothing. */
export async function stageProducts(context: StagingContext, batch: FeedProduct[]): Promise<StagedProduct[]> {
  const { on, sourceId, sources } = context;
  const hashes = new Map(batch.map((item) => [item.key, productHash(item)]));
  const pairs = batch.map((item) => ({ key: item.key, hash: hashes.get(item.key) ?? "" }));
  const changed = new Map(
    (await listChangedItems(on, sourceId, "product", pairs)).map((item) => [item.externalKey, item]),
  );
  const open = batch.filter((item) => changed.has(item.key));
  const unknown = open.filter((item) => !changed.get(item.key)?.productId);
  const matches = unknown.length > 0 ? await context.matcher.match(unknown) : new Map<string, Match>();
  const productIds = open.flatMap((item) => {
    const match = matches.get(item.key);
    return changed.get(item.key)?.productId ?? (match?.outcome === "one" ? match.productId : []);
  });
  const products = await loadProducts(on, productIds, sources);
  const newSkus = unknown.flatMap((item) => (matches.get(item.key)?.outcome === "none" && item.sku ? item.sku : []));
  const skus = await listExistingSkus(on, newSkus);
  return batch.map((item) => {
    const before = changed.get(item.key);
    if (!before) return { item, outcome: "unchanged" };
    const contentHash = hashes.get(item.key) ?? "";
    const match = matches.get(item.key);
    if (match?.outcome === "left_out") return { item, outcome: "unchanged" };
    const id = before.productId ?? (match?.outcome === "one" ? match.productId : null);
    const product = id ? products.get(id) : undefined;
    if (product) return stageKnown(context, item, product, before, contentHash, match);
    return stageUnknown(context, item, contentHash, match, skus);
  });
}

function stageKnown(
  context: StagingContext,
  item: FeedProduct,
  product: CatalogueProduct,
  before: SourceItemRow,
  contentHash: string,
  match: Match | undefined,
): StagedProduct {
  const { categories, sources } = context;
  const says = fieldHashes(item);
  const diff = diffProduct(item, product, {
    sourceId: context.sourceId,
    said: before.fieldHashes,
    says,
    mayReplace: (field, owner) => sources.precedence.mayReplace(field, context.sourceId, owner),
    category: (key) => categoryOf(categories, key),
    categoryName: (id) => categories.fullName(id),
  });
  const lines = [...diff.lines];
  const missingRuns = before.missingRuns ?? 0;
  if (missingRuns > 0) lines.push({ field: "missing", before: missingRuns, after: 0 });
  const isLinked = before.productId !== null;
  if (lines.length === 0 && isLinked) return { item, outcome: "unchanged" };
  if (lines.length === 0) lines.push({ field: "source", before: null, after: item.key });
  const method = match?.outcome === "one" ? `matched by ${match.method}` : null;
  const priceJump = jumpOf(lines, product.sku, context.policies);
  const change = changeRow(context.runId, item, {
    entityId: product.id,
    label: product.sku,
    name: String(item.fields.name ?? product.fields.name ?? ""),
    action: "update",
    kind: kindOf(lines, missingRuns > 0),
    reason: diff.reason ?? method,
    version: product.version,
    fields: {
      update: lines,
      said: { contentHash, fieldHashes: { ...before.fieldHashes, ...says } },
      saidBefore: saidBefore(before, says),
    },
  });
  return { item, outcome: "changed", change, ...(priceJump ? { priceJump } : {}) };
}

function kindOf(lines: FieldChange[], isBack: boolean) {
  if (isBack) return "returned";
  const applying = lines.filter((line) => !line.kept);
  if (applying.length === 0) return "conflict";
  return applying.some((line) => line.field === "category") ? "moved" : "changed";
}

function jumpOf(lines: FieldChange[], label: string, policies: FeedPolicies) {
  const price = lines.find((line) => line.field === "priceCents" && !line.kept);
  if (typeof price?.before !== "number" || typeof price.after !== "number") return undefined;
  if (!isPriceJump(price.before, price.after, policies)) return undefined;
  return { label, beforeCents: price.before, afterCents: price.after };
}

function stageUnknown(
  context: StagingContext,
  item: FeedProduct,
  contentHash: string,
  match: Match | undefined,
  skus: Map<string, string>,
): StagedProduct {
  if (match?.outcome === "ambiguous") return held(context, item, "ambiguous", match);
  if (context.policies.unmatched === "hold" || (item.sku === null && context.kind === "erp")) {
    return held(context, item, "unmatched", match);
  }
  const category = item.categoryKey ? categoryOf(context.categories, item.categoryKey) : null;
  if (category === undefined) {
    return refuse(
      item,
      "unknown_category",
      `Category ${item.categoryKey} is not known. Add it to the feed's categories, or correct the row.`,
    );
  }
  if (item.sku === null) {
    return refuse(item, "no_sku", "A new product needs a SKU, and the feed gives none for this one.");
  }
  if (skus.has(item.sku)) {
    return refuse(item, "sku_taken", `SKU ${item.sku} belongs to another product that none of this row's codes name.`);
  }
  if (!item.fields.name) return refuse(item, "no_name", "A new product needs a name, and the feed gives none.");
  return { item, outcome: "new", change: createRow(context, item, item.sku, category, contentHash) };
}

function createRow(
  context: StagingContext,
  item: FeedProduct,
  sku: string,
  category: { id: string; name: string } | null,
  contentHash: string,
) {
  const fields: ChangeFields = {
    product: {
      sku,
      fields: { ...item.fields },
      categoryId: category?.id ?? null,
      categoryName: category?.name ?? null,
      codes: item.codes,
      images: item.images ?? [],
      metafields: (item.metafields ?? []).map(({ namespace, key, value, type }) => ({ namespace, key, value, type })),
    },
    said: { contentHash, fieldHashes: fieldHashes(item) },
  };
  return changeRow(context.runId, item, {
    entityId: uuid(),
    label: sku,
    name: String(item.fields.name ?? ""),
    action: "create",
    kind: "new",
    reason: null,
    version: null,
    fields,
  });
}

function held(
  context: StagingContext,
  item: FeedProduct,
  kind: "ambiguous" | "unmatched",
  match: Match | undefined,
): StagedProduct {
  const reason = match && "reason" in match ? match.reason : "No product matches.";
  const candidates = match?.outcome === "ambiguous" ? match.candidates : [];
  const lines = Object.entries(item.fields).map(([field, after]) => ({ field, before: null, after: after ?? null }));
  const change = changeRow(context.runId, item, {
    entityId: null,
    label: item.key,
    name: String(item.fields.name ?? item.title ?? ""),
    action: "update",
    kind,
    reason,
    version: null,
    fields: { update: lines, item: storedItem(item), candidates },
  });
  return { item, outcome: "held", change };
}

function refuse(item: FeedProduct, code: string, reason: string): StagedProduct {
  const rejection: FeedRejection = {
    record: "rejection",
    severity: "error",
    at: item.at,
    code,
    reason,
    key: item.key,
    raw: item.raw?.() ?? "",
    counted: { as: "rejected", rows: item.rows },
  };
  return { item, outcome: "rejected", rejection };
}

function categoryOf(categories: CategoryMap, key: string) {
  const id = categories.idOf(key);
  return id ? { id, name: categories.fullName(id) } : undefined;
}

function changeRow(
  runId: string,
  item: FeedProduct,
  what: {
    entityId: string | null;
    label: string;
    name: string;
    action: "create" | "update";
    kind: "new" | "changed" | "moved" | "returned" | "conflict" | "ambiguous" | "unmatched";
    reason: string | null;
    version: number | null;
    fields: ChangeFields;
  },
): ChangeRow {
  return {
    runId,
    entity: "product",
    externalKey: item.key,
    ...what,
    state: "staged",
    file: item.at.file,
    line: item.at.line,
    createdAt: new Date(),
  };
}
