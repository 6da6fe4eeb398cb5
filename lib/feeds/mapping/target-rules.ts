import type { FeedField } from "../feed-record";
import type { EmptyPolicy, MappingTarget } from "../mapping";

const KEPT_WHEN_SILENT = new Set<FeedField>([
  "name",
  "priceCents",
  "compareAtPriceCents",
  "costPriceCents",
  "inventoryQuantity",
  "status",
]);

/** What an empty cell means where the mapping doesn't say: a price or a stock that is not given is unknown, never none. */
export function defaultEmpty(target: MappingTarget): EmptyPolicy["policy"] {
  if (target.to === "field" && KEPT_WHEN_SILENT.has(target.field)) return "ignore";
  return target.to === "category" || target.to === "image" ? "ignore" : "clear";
}

/** What a mapping feeds with a column, as one word: two columns for one of these contradict. */
export function targetId(target: MappingTarget): string | null {
  if (target.to === "field") return target.field;
  if (target.to === "metafield") return `metafield:${target.namespace}.${target.key}`;
  return target.to === "category" ? "category" : null;
}
