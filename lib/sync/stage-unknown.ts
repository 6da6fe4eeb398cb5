import "server-only";
import type { FeedProduct, FeedRejection } from "@/lib/feeds/feed-record";
import type { ChangeFields } from "./change";
import { type Match, whyNone } from "./decide-match";
import { relatedHashes } from "./item-hash";
import { storedItem } from "./match-queue/stored-item";
import { newId } from "./new-id";
import { changeRow, type StagedProduct, type StagingContext } from "./staged-product";

/** Why a row that could be read is refused all the same. */
export const STAGING_REFUSALS = ["unknown_category", "no_sku", "sku_taken", "no_name"] as const;

/** A feed's item that no product is known for: a new product, one that waits for a person, or a row refused. */
export function stageUnknown(
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
  const category = item.categoryKey ? context.categories.find(item.categoryKey) : null;
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
  const reason = match?.outcome === "ambiguous" ? match.reason : whyNone(item);
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

function refuse(item: FeedProduct, code: (typeof STAGING_REFUSALS)[number], reason: string): StagedProduct {
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
