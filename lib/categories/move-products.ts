import "server-only";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { type FieldSource, fieldSources, makerOf } from "@/lib/catalog/field-source";
import { updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { insertChanges } from "@/lib/db/sync-changes";
import { refreshSearch } from "@/lib/search/refresh-search";
import type { FieldChange } from "@/lib/sync/change";
import type { TreeStep } from "./tree-step";
import { common } from "./write-steps";

type Merge = Extract<TreeStep, { kind: "merge" }>;

/** Products moved in one transaction: short enough that nobody's save waits for it. */
export const MOVED_AT_ONCE = 1_000;

/**
 * Moves the next products of categories that are being merged, each written down in the run. The source of a product's
 * category stays who it was, with the run named: a merge says nothing of the single product, so a feed may move it on.
 * @returns how many; fewer than MOVED_AT_ONCE are the last
 */
export async function moveProducts(tx: Tx, runId: string, merges: Merge[]) {
  const mergeOf = new Map(merges.map((merge) => [merge.node.id, merge]));
  const products = await tx.product.findMany({
    where: { categoryId: { in: [...mergeOf.keys()] } },
    select: {
      id: true,
      sku: true,
      name: true,
      categoryId: true,
      fieldSources: true,
      createdByRunId: true,
      createdById: true,
      createdAt: true,
      createdByRun: { select: { feedSourceId: true } },
    },
    orderBy: { id: "asc" },
    take: MOVED_AT_ONCE,
  });
  if (products.length === 0) return { products: 0, bytes: 0 };
  const now = new Date();
  const moved = products.flatMap((product) => {
    const merge = mergeOf.get(product.categoryId ?? "");
    if (!merge) return [];
    const sources = fieldSources.parse(product.fieldSources);
    const source = sources.category ?? defaultSource(product);
    const category: FieldSource = { ...(source ?? SYSTEM), runId, at: now.toISOString() };
    const line: FieldChange = { ...merge.line, field: "category" };
    if (sources.category) line.beforeSource = sources.category;
    return { product, line, intoId: merge.into.id, sources: { ...sources, category } };
  });
  await updateRows(
    tx,
    "Product",
    ["id"],
    moved.map(({ product, intoId, sources }) => ({
      id: product.id,
      categoryId: intoId,
      fieldSources: sources,
      updatedAt: now,
    })),
    ["version"],
  );
  const bytes = await insertChanges(
    tx,
    moved.map(({ product, line }) => ({
      entity: "product",
      entityId: product.id,
      externalKey: product.sku,
      label: product.sku,
      name: product.name,
      action: "update",
      kind: "moved",
      fields: { update: [line] },
      ...common(runId, now),
    })),
  );
  await refreshSearch(
    tx,
    moved.map(({ product }) => product.id),
  );
  await raiseCatalogueVersion(tx, "products");
  return { products: moved.length, bytes };
}

const SYSTEM = { by: "bulk", id: "system" } as const;

/** Who gave all values that no source is named for. */
function defaultSource(product: {
  createdByRunId: string | null;
  createdById: string | null;
  createdAt: Date;
  createdByRun: { feedSourceId: string | null } | null;
}): FieldSource | null {
  const { createdByRunId, createdByRun, createdAt } = product;
  if (!createdByRunId) return makerOf(product);
  const sourceId = createdByRun?.feedSourceId ?? undefined;
  return { by: "run", id: createdByRunId, sourceId, at: createdAt.toISOString() };
}
