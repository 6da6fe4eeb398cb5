import "server-only";
import type { Reader } from "@/lib/db/client";
import { listChangedItems, type SourceItemRow } from "@/lib/db/source-items";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FeedKind, FeedProduct, FeedRejection } from "@/lib/feeds/feed-record";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { CategoryMap } from "./category-map";
import type { ChangeFields, FieldChange } from "./change";
import type { Match } from "./decide-match";
import { type CatalogueProduct, diffProduct } from "./diff-product";
import { isPriceJump, priceFactor } from "./guards";
import type { IntakeRules, SkipCode } from "./intake-rules";
import { fieldHashes, productHash, relatedHashes } from "./item-hash";
import { loadProducts, type RunSources } from "./load-products";
import { listExistingSkus, type Matcher } from "./match";
import { storedItem } from "./match-queue/stored-item";
import { newId } from "./new-id";
import { rememberRemovedRows } from "./removed-rows";
import { saidBefore } from "./said-before";
import type { Stopwatch } from "./stopwatch";
import { listStatusesBeforeArchive } from "./tombstones";

/** What one item of the feed comes to. */
export type StagedProduct =
  | { item: FeedProduct; outcome: "unchanged" }
  | { item: FeedProduct; outcome: "skipped"; code: SkipCode }
  | { item: FeedProduct; outcome: "rejected"; rejection: FeedRejection }
  | {
      item: FeedProduct;
      outcome: "new" | "changed" | "held";
      change: ChangeRow;
      priceMove?: PriceMove;
    };

/** The greatest change among a product's prices. */
export interface PriceMove {
  label: string;
  beforeCents: number;
  afterCents: number;
  isJump: boolean;
}

export interface StagingContext {
  on: Reader;
  runId: string;
  sourceId: string;
  kind: FeedKind;
  policies: FeedPolicies;
  categories: CategoryMap;
  sources: RunSources;
  matcher: Pick<Matcher, "match">;
  watch?: Stopwatch;
  /** Absent: any product. */
  intake?: IntakeRules;
}

/** Compares a batch of a feed's products with what the source said last and with the catalogue; writes nothing. */
export async function stageProducts(context: StagingContext, batch: FeedProduct[]): Promise<StagedProduct[]> {
  const { on, sourceId, sources } = context;
  const during: Stopwatch["during"] = (phase, work) => (context.watch ? context.watch.during(phase, work) : work());
  const hashes = new Map(batch.map((item) => [item.key, productHash(item)]));
  const pairs = batch.map((item) => ({ key: item.key, hash: hashes.get(item.key) ?? "" }));
  const changed = new Map(
    (await during("look up", () => listChangedItems(on, sourceId, "product", pairs))).map((item) => [
      item.externalKey,
      item,
    ]),
  );
  const open = batch.filter((item) => changed.has(item.key));
  const unknown = open.filter((item) => !changed.get(item.key)?.productId);
  const unnamed = unknown.filter((item) => !item.productId);
  const matches =
    unnamed.length > 0 ? await during("match", () => context.matcher.match(unnamed)) : new Map<string, Match>();
  for (const { key, productId } of unknown) {
    if (productId) matches.set(key, { outcome: "one", productId, method: "its own export" });
  }
  const productIds = open.flatMap((item) => {
    const match = matches.get(item.key);
    return changed.get(item.key)?.productId ?? (match?.outcome === "one" ? match.productId : []);
  });
  const products = await during("look up", () => loadProducts(on, productIds, sources));
  const newSkus = unknown.flatMap((item) => (matches.get(item.key)?.outcome === "none" && item.sku ? item.sku : []));
  const skus = await listExistingSkus(on, newSkus);
  const tombstoned = [...changed.values()].flatMap((item) => (item.tombstonedAt && item.productId) || []);
  const statuses = await listStatusesBeforeArchive(on, tombstoned);
  const stocked = context.intake?.stocked ? await context.intake.stocked.among(unknown) : null;
  const staged = batch.map((item): StagedProduct => {
    const before = changed.get(item.key);
    if (!before) return { item, outcome: "unchanged" };
    const contentHash = hashes.get(item.key) ?? "";
    const match = matches.get(item.key);
    if (match?.outcome === "left_out") return { item, outcome: "unchanged" };
    const id = before.productId ?? (match?.outcome === "one" ? match.productId : null);
    const product = id ? products.get(id) : undefined;
    const skip = skipOf(context, item, Boolean(product), before, match, stocked);
    if (skip) return { item, outcome: "skipped", code: skip };
    if (product) return stageKnown(context, item, product, before, contentHash, match, statuses);
    return stageUnknown(context, item, contentHash, match, skus);
  });
  await rememberRemovedRows(on, staged.flatMap(updateOf));
  return staged;
}

/** Why the source's mapping leaves this item alone; one that comes back is always told, or it would stay missing. */
function skipOf(
  { intake }: StagingContext,
  item: FeedProduct,
  isKnown: boolean,
  before: SourceItemRow,
  match: Match | undefined,
  stocked: Set<string> | null,
): SkipCode | null {
  if (!intake) return null;
  if (isKnown) return intake.mode === "create" && (before.missingRuns ?? 0) === 0 ? "mode_create_only" : null;
  if (match?.outcome !== "none") return null;
  if (intake.mode === "update") return "mode_update_only";
  return stocked && !stocked.has(item.key) ? "not_stocked" : null;
}

function updateOf(staged: StagedProduct) {
  if (staged.outcome !== "changed") return [];
  const { entityId, fields } = staged.change as { entityId: string; fields: ChangeFields }; // as changeRow made it
  return fields.update ? [{ entityId, lines: fields.update }] : [];
}

function stageKnown(
  context: StagingContext,
  item: FeedProduct,
  product: CatalogueProduct,
  before: SourceItemRow,
  contentHash: string,
  match: Match | undefined,
  statuses: Map<string, string>,
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
  const lines = context.intake?.mode === "create" ? [] : [...diff.lines];
  const missingRuns = before.missingRuns ?? 0;
  if (before.tombstonedAt) lines.push(...restoreLine(product, lines, statuses));
  if (missingRuns > 0) lines.push({ field: "missing", before: missingRuns, after: 0 });
  const isLinked = before.productId !== null;
  if (lines.length === 0 && isLinked) return { item, outcome: "unchanged" };
  if (lines.length === 0) lines.push({ field: "source", before: null, after: item.key });
  const method = match?.outcome === "one" ? `matched by ${match.method}` : null;
  const priceMove = moveOf(lines, product.sku, context.policies);
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
  return { item, outcome: "changed", change, ...(priceMove ? { priceMove } : {}) };
}

/** A product archived because the feed dropped it comes back as it was; one that a person holds stays as they want it. */
function restoreLine(product: CatalogueProduct, lines: FieldChange[], statuses: Map<string, string>): FieldChange[] {
  const source = product.fieldSources.status;
  if (product.fields.status !== "archived" || source?.kept) return [];
  if (lines.some((line) => line.field === "status")) return [];
  const after = statuses.get(product.id) ?? "active";
  return [{ field: "status", before: "archived", after, ...(source ? { beforeSource: source } : {}) }];
}

function kindOf(lines: FieldChange[], isBack: boolean) {
  if (isBack) return "returned";
  const applying = lines.filter((line) => !line.kept);
  if (applying.length === 0) return "conflict";
  return applying.some((line) => line.field === "category") ? "moved" : "changed";
}

function moveOf(lines: FieldChange[], label: string, policies: FeedPolicies): PriceMove | undefined {
  let greatest: PriceMove | undefined;
  for (const { field, before, after, kept } of lines) {
    if (!PRICES.has(field) || kept || typeof before !== "number" || typeof after !== "number") continue;
    const move = { label, beforeCents: before, afterCents: after, isJump: isPriceJump(before, after, policies) };
    if (!greatest || priceFactor(move) > priceFactor(greatest)) greatest = move;
  }
  return greatest;
}

const PRICES = new Set(["priceCents", "compareAtPriceCents", "costPriceCents"]);

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
    said: { contentHash, fieldHashes: relatedHashes(item), withColumns: true },
  };
  return changeRow(context.runId, item, {
    entityId: newId(),
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
