import "server-only";
import { v7 as uuid } from "uuid";
import { isMerged, MERGED_MARK } from "@/lib/categories/merged-mark";
import type { Reader } from "@/lib/db/client";
import { listChangedItems, type SourceItemRow } from "@/lib/db/source-items";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FeedCategory } from "@/lib/feeds/feed-record";
import type { CategoryMap, CategoryNode } from "./category-map";
import type { ChangeFields, FieldChange } from "./change";
import { categoryFieldHashes, categoryHash } from "./item-hash";
import { saidBefore } from "./said-before";

export interface StagedCategory {
  category: FeedCategory;
  /** Null when the feed says what it said before. */
  change: ChangeRow | null;
}

/**
 * Compares a batch of a feed's categories with the tree, parents before children, and adds the new ones to `map`.
 * A category of the same name under the same parent is the same category, whoever made it.
 */
export async function stageCategories(
  on: Reader,
  run: { id: string; sourceId: string },
  batch: FeedCategory[],
  map: CategoryMap,
): Promise<StagedCategory[]> {
  const hashes = new Map(batch.map((category) => [category.key, categoryHash(category)]));
  const items = batch.map((category) => ({ key: category.key, hash: hashes.get(category.key) ?? "" }));
  const changed = await listChangedItems(on, run.sourceId, "category", items);
  const said = new Map(changed.map((item) => [item.externalKey, item]));
  return batch.map((category) => {
    const before = said.get(category.key);
    if (!before) return { category, change: null };
    return { category, change: stageCategory(run.id, category, before, hashes.get(category.key) ?? "", map) };
  });
}

function stageCategory(
  runId: string,
  category: FeedCategory,
  before: SourceItemRow,
  contentHash: string,
  map: CategoryMap,
): ChangeRow {
  const parentId = category.parentKey === null ? null : (map.idOf(category.parentKey) ?? null);
  const existing = map.idOf(category.key) ?? map.child(parentId, category.name);
  const node = existing ? map.get(existing) : undefined;
  if (!node) return newCategory(runId, category, parentId, contentHash, map);
  map.link(category.key, node.id);
  return changedCategory(runId, category, before, node, parentId, contentHash, map);
}

function newCategory(
  runId: string,
  category: FeedCategory,
  parentId: string | null,
  contentHash: string,
  map: CategoryMap,
): ChangeRow {
  const id = uuid();
  const { name, sortOrder, isActive } = category;
  const { slug, path, level } = map.freePath(parentId, name);
  map.add({ id, name, parentId, path, level, sortOrder, isActive });
  map.link(category.key, id);
  return changeRow(runId, category, id, path, {
    action: "create",
    kind: "new",
    fields: {
      category: { name, slug, path, parentId, level, sortOrder, isActive },
      said: { contentHash, fieldHashes: categoryFieldHashes(category) },
    },
  });
}

function changedCategory(
  runId: string,
  category: FeedCategory,
  before: SourceItemRow,
  node: CategoryNode,
  parentId: string | null,
  contentHash: string,
  map: CategoryMap,
): ChangeRow {
  const update: FieldChange[] = [];
  const hasMerged = isMerged(before.fieldHashes);
  const says = { ...categoryFieldHashes(category), ...(hasMerged ? MERGED_MARK : {}) };
  // What it repeats is no news, whoever changed it since; what it says of a merged one is none of the survivor's.
  const isNews = (field: keyof typeof says) => !hasMerged && before.fieldHashes[field] !== says[field];
  if (isNews("name") && node.name !== category.name)
    update.push({ field: "name", before: node.name, after: category.name });
  if (isNews("parent") && node.parentId !== parentId) {
    update.push({
      field: "parent",
      before: node.parentId ? map.fullName(node.parentId) : null,
      after: parentId ? map.fullName(parentId) : null,
      beforeId: node.parentId,
      afterId: parentId,
    });
  }
  if (isNews("sortOrder") && node.sortOrder !== category.sortOrder) {
    update.push({ field: "sortOrder", before: node.sortOrder, after: category.sortOrder });
  }
  if (isNews("isActive") && node.isActive !== category.isActive) {
    update.push({ field: "isActive", before: node.isActive, after: category.isActive });
  }
  const moved = update.some((line) => line.field === "parent");
  return changeRow(runId, category, node.id, node.path, {
    action: "update",
    kind: moved ? "moved" : "changed",
    fields: {
      update: update.length > 0 ? update : [{ field: "source", before: null, after: category.key }],
      said: { contentHash, fieldHashes: says },
      saidBefore: saidBefore(before, says),
    },
  });
}

function changeRow(
  runId: string,
  category: FeedCategory,
  entityId: string,
  label: string,
  what: { action: "create" | "update"; kind: "new" | "changed" | "moved"; fields: ChangeFields },
): ChangeRow {
  return {
    runId,
    entity: "category",
    entityId,
    externalKey: category.key,
    label,
    name: category.name,
    ...what,
    state: "staged",
    reason: null,
    file: category.at.file,
    line: category.at.line,
    version: null,
    createdAt: new Date(),
  };
}
