import "server-only";
import type { SourceItemRow } from "@/lib/db/source-items";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { FieldChange } from "./change";
import type { Match } from "./decide-match";
import { type CatalogueProduct, diffProduct } from "./diff-product";
import { isPriceJump, priceFactor } from "./guards";
import { fieldHashes } from "./item-hash";
import { saidBefore } from "./said-before";
import { changeRow, type PriceMove, type StagedProduct, type StagingContext } from "./staged-product";

/** What a feed's item would change on the product that it speaks of. */
export function stageKnown(
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
    category: (key) => categories.find(key),
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
