import "server-only";
import { isMerged } from "@/lib/categories/merged-mark";
import { inParts } from "@/lib/db/in-parts";
import { listChangedItems, type SourceItemRow } from "@/lib/db/source-items";
import type { FeedProduct } from "@/lib/feeds/feed-record";
import type { ChangeFields } from "./change";
import type { Match } from "./decide-match";
import type { SkipCode } from "./intake-rules";
import { productHash } from "./item-hash";
import { loadProducts } from "./load-products";
import { listExistingSkus } from "./match";
import { rememberRemovedRows } from "./removed-rows";
import { stageKnown } from "./stage-known";
import { stageUnknown } from "./stage-unknown";
import type { StagedProduct, StagingContext } from "./staged-product";
import type { Stopwatch } from "./stopwatch";
import { listStatusesBeforeArchive } from "./tombstones";

/** Compares a batch of a feed's products with what the source said last and with the catalogue; writes nothing. */
export async function stageProducts(context: StagingContext, batch: FeedProduct[]): Promise<StagedProduct[]> {
  const { on, sourceId, sources } = context;
  const during: Stopwatch["during"] = (phase, work) => (context.watch ? context.watch.during(phase, work) : work());
  const pairs = batch.map((item) => ({ key: item.key, hash: productHash(item) }));
  const changed = new Map(
    (await during("look up", () => listChangedItems(on, sourceId, "product", pairs))).map((item) => [
      item.externalKey,
      item,
    ]),
  );
  // Most batches of most feeds end here.
  if (changed.size === 0) return batch.map((item) => ({ item, outcome: "unchanged" }));
  const hashes = new Map(pairs.map(({ key, hash }) => [key, hash]));
  const open = batch.filter((item) => changed.has(item.key));
  const unknown = open.filter((item) => !changed.get(item.key)?.productId);
  const unnamed = unknown.filter((item) => !item.productId);
  const matches =
    unnamed.length > 0 ? await during("match", () => context.matcher.match(unnamed)) : new Map<string, Match>();
  for (const { key, productId } of unknown) {
    if (productId) matches.set(key, { outcome: "one", productId, method: "its own export" });
  }
  const newSkus = unknown.flatMap((item) => (matches.get(item.key)?.outcome === "none" && item.sku ? item.sku : []));
  const skus = await listExistingSkus(on, newSkus);
  for (const [key, productId] of await matchMerged(on, sourceId, unknown, matches, skus)) {
    matches.set(key, { outcome: "one", productId, method: "a merged product's SKU" });
  }
  const productIds = open.flatMap((item) => {
    const match = matches.get(item.key);
    return changed.get(item.key)?.productId ?? (match?.outcome === "one" ? match.productId : []);
  });
  const products = await during("look up", () => loadProducts(on, productIds, sources));
  const tombstoned = [...changed.values()].flatMap((item) => (item.tombstonedAt && item.productId) || []);
  const statuses = await listStatusesBeforeArchive(on, tombstoned);
  const stocked = context.intake?.stocked ? await context.intake.stocked.among(unknown) : null;
  const staged = batch.map((item): StagedProduct => {
    const before = changed.get(item.key);
    if (!before) return { item, outcome: "unchanged" };
    const contentHash = hashes.get(item.key) ?? "";
    const match = matches.get(item.key);
    if (match?.outcome === "left_out") return { item, outcome: "unchanged" };
    if (before.productId && isMerged(before.fieldHashes)) return { item, outcome: "skipped", code: "merged" };
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

/**
 * Rows that name the SKU of a product that was merged away speak of the one it became, as far as this source does not
 * describe that one already: {key: productId}.
 */
async function matchMerged(
  on: StagingContext["on"],
  sourceId: string,
  unknown: FeedProduct[],
  matches: Map<string, Match>,
  skus: Map<string, string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (skus.size === 0) return found;
  const ids = [...skus.values()];
  const redirects = await inParts(ids, (part) => on.productRedirect.findMany({ where: { productId: { in: part } } }));
  if (redirects.length === 0) return found;
  const targetOf = new Map(redirects.map(({ productId, targetId }) => [productId, targetId]));
  const described = await inParts(targetOf.values(), (part) =>
    on.sourceItem.findMany({ where: { sourceId, productId: { in: part } }, select: { productId: true } }),
  );
  const taken = new Set(described.map(({ productId }) => productId));
  for (const { key, sku } of unknown) {
    const target = sku && matches.get(key)?.outcome === "none" ? targetOf.get(skus.get(sku) ?? "") : undefined;
    if (!target || taken.has(target)) continue;
    taken.add(target);
    found.set(key, target);
  }
  return found;
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
