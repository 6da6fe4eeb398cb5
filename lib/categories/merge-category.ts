import "server-only";
import { insertRows, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { giveBackIcons, handOverIcons } from "@/lib/icons/hand-over-icons";
import type { MergedCategory } from "@/lib/sync/change";
import { freePath } from "./free-path";
import { withMergedMark } from "./merged-mark";

/**
 * Hands over what a category without products and children still has to the one it is merged into, and takes it away:
 * the feeds' keys, so that their later rows land there; its icons; its address and those that led to it.
 * @returns what it was
 */
export async function mergeCategory(tx: Tx, runId: string, id: string, intoId: string): Promise<MergedCategory> {
  const { metafields, template, sourceItems, redirects, ...row } = await tx.category.findUniqueOrThrow({
    where: { id },
    include: {
      metafields: { select: { namespace: true, key: true, value: true, type: true } },
      template: { select: { definitionId: true, isRequired: true, position: true } },
      sourceItems: { select: { id: true, fieldHashes: true } },
      redirects: { select: { path: true } },
    },
  });
  const icons = await handOverIcons(tx, runId, id, intoId);
  const now = new Date();
  await updateRows(
    tx,
    "SourceItem",
    ["id"],
    sourceItems.map((item) => ({
      id: item.id,
      categoryId: intoId,
      fieldHashes: withMergedMark(item.fieldHashes, true),
      updatedAt: now,
    })),
  );
  await tx.categoryRedirect.updateMany({ where: { categoryId: id }, data: { categoryId: intoId } });
  await tx.category.delete({ where: { id }, select: { id: true } });
  await tx.categoryRedirect.create({ data: { path: row.path, categoryId: intoId }, select: { path: true } });
  return {
    intoId,
    // Times become text, as in every stored change.
    row: JSON.parse(JSON.stringify(row)),
    metafields,
    template,
    icons,
    sourceItemIds: sourceItems.map((item) => item.id),
    redirects: redirects.map(({ path }) => path),
  };
}

/** Makes a merged category of what it was; what another merge or a person took from it since stays where it is. */
export async function unmergeCategory(tx: Tx, runId: string, id: string, merged: MergedCategory) {
  const { row } = merged;
  const parentId = typeof row.parentId === "string" ? row.parentId : null;
  const parent = parentId ? await tx.category.findUniqueOrThrow({ where: { id: parentId } }) : null;
  const place = await freePath(tx, parent, String(row.slug));
  const now = new Date();
  const times = {
    createdAt: new Date(String(row.createdAt)),
    updatedAt: now,
    shopifySyncedAt: timeOf(row.shopifySyncedAt),
  };
  const level = parent ? parent.level + 1 : 0;
  const version = Number(row.version) + 1;
  // What mergeCategory read from the table.
  await insertRows(tx, "Category", [
    { ...(row as Record<string, string>), ...place, ...times, parentId, level, version, id },
  ]);
  await tx.categoryRedirect.deleteMany({ where: { path: place.path } });
  const theirs = { categoryId: merged.intoId };
  await tx.categoryRedirect.updateMany({
    where: { path: { in: merged.redirects }, ...theirs },
    data: { categoryId: id },
  });
  const rows = <Row extends object>(of: Row[]) => of.map((one) => ({ categoryId: id, ...one }));
  const dated = rows(merged.metafields).map((one) => ({ ...one, createdAt: now, updatedAt: now }));
  await insertRows(tx, "CategoryMetafield", dated);
  const known = await tx.metafieldDefinition.findMany({
    where: { id: { in: merged.template.map(({ definitionId }) => definitionId) } },
    select: { id: true },
  });
  const ids = new Set(known.map((definition) => definition.id));
  const entries = merged.template.filter(({ definitionId }) => ids.has(definitionId));
  await insertRows(tx, "CategoryTemplateEntry", rows(entries));
  await giveBackIcons(tx, runId, { id, ...merged });
  const items = await tx.sourceItem.findMany({
    where: { id: { in: merged.sourceItemIds }, ...theirs },
    select: { id: true, fieldHashes: true },
  });
  const back = items.map((item) => ({
    id: item.id,
    categoryId: id,
    fieldHashes: withMergedMark(item.fieldHashes, false),
    updatedAt: now,
  }));
  await updateRows(tx, "SourceItem", ["id"], back);
}

function timeOf(stored: unknown) {
  return typeof stored === "string" ? new Date(stored) : null;
}
