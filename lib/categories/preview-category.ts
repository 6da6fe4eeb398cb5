import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { slugify } from "@/lib/catalog/slug";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { type CategoryOperation, mergeConfirmation, TYPED_FROM } from "./category-operation";
import { countedTree } from "./category-tree";
import { freePath } from "./free-path";
import { MOVED_AT_ONCE } from "./move-products";
import { planOperation } from "./plan-operation";
import { subtreeOf } from "./tree-rows";
import type { PlannedOperation } from "./tree-step";

export interface CategoryPreview {
  name: string;
  /** Of the category, to be sent back with the change; null of one that is only about to be made. */
  version: number | null;
  /** Products in it and below it, archived ones not counted. */
  products: number;
  /** Products that change their category, archived ones too. */
  moved: number;
  /** Categories below it. */
  below: number;
  icons: number;
  /** Those of them that stand for a category now, the first few. */
  shownIcons: { id: string; category: string }[];
  /** Of a merge: whose icon the remaining category has; null where neither has one. */
  iconAfter: "own" | "other" | null;
  /** With a collection in a shop. */
  collections: number;
  /** Addresses that lead to new ones afterwards. */
  redirects: number;
  /** Its own address before and after; null where it stays. */
  address: { from: string; to: string } | null;
  /** Feeds that know it or what is below it, with under how many keys. */
  sources: { name: string; keys: number }[];
  /** Sub-categories merged into those of the same name; the others move. */
  twins: string[];
  /** What to type before so many products move. */
  confirmation: string | null;
  /** A worker carries it out. */
  isQueued: boolean;
}

/**
 * What an operation on the tree would touch; writes nothing.
 * @throws {AppError} as planOperation: what can't be done can't be previewed
 */
export async function previewCategory(actor: Actor, operation: CategoryOperation): Promise<CategoryPreview> {
  assertCan(actor, "catalog:write");
  const plan = await planOperation(db, operation);
  const { subject } = plan;
  if (!subject) return { ...NOTHING, name: plan.name };
  const where = subtreeOf(subject.path);
  const merges = plan.steps.filter((step) => step.kind === "merge");
  const gone = { id: { in: merges.map(({ node }) => node.id) } };
  const [below, icons, shownIcons, iconAfter, collections, sources, moved, address, { counts }] = await Promise.all([
    db.category.count({ where: { path: { gt: `${subject.path}/`, lt: `${subject.path}0` } } }),
    db.icon.count({ where: { category: where } }),
    listShownIcons(where),
    whoseIcon(plan),
    db.category.count({ where: { AND: [where, { shopifyCollectionId: { not: null } }] } }),
    knownBy(operation.kind === "merge" ? gone : where),
    merges.length === 0 ? 0 : db.product.count({ where: { category: gone } }),
    newAddress(plan, operation),
    countedTree(),
  ]);
  return {
    name: subject.name,
    version: subject.version,
    products: counts.subtree.get(subject.id) ?? 0,
    moved,
    below,
    icons,
    shownIcons,
    iconAfter,
    collections,
    redirects: address ? below + 1 : 0,
    address,
    sources,
    twins: merges.filter(({ node }) => node.id !== subject.id).map(({ node }) => node.name),
    confirmation: moved >= TYPED_FROM ? mergeConfirmation(subject.name) : null,
    isQueued: moved > MOVED_AT_ONCE,
  };
}

const NOTHING: Omit<CategoryPreview, "name"> = {
  version: null,
  products: 0,
  moved: 0,
  below: 0,
  icons: 0,
  shownIcons: [],
  iconAfter: null,
  collections: 0,
  redirects: 0,
  address: null,
  sources: [],
  twins: [],
  confirmation: null,
  isQueued: false,
};

/** Pictures a preview shows; the rest is counted. */
const ICONS_SHOWN = 8;

async function listShownIcons(category: Prisma.CategoryWhereInput) {
  const icons = await db.icon.findMany({
    where: { category, status: "active", fileMissing: false },
    select: { id: true, category: { select: { name: true } } },
    orderBy: { id: "asc" },
    take: ICONS_SHOWN,
  });
  return icons.map(({ id, category: of }) => ({ id, category: of?.name ?? "" }));
}

/** The other's icon goes on standing for it; without one it takes what it is given. */
async function whoseIcon({ subject, steps }: PlannedOperation) {
  const merge = steps.find((step) => step.kind === "merge" && step.node.id === subject?.id);
  if (merge?.kind !== "merge") return null;
  const icons = await db.icon.findMany({
    where: { categoryId: { in: [merge.node.id, merge.into.id] }, status: "active" },
    select: { categoryId: true },
  });
  if (icons.length === 0) return null;
  return icons.some(({ categoryId }) => categoryId === merge.into.id) ? "other" : "own";
}

async function newAddress({ subject, steps }: PlannedOperation, operation: CategoryOperation) {
  if (!subject) return null;
  const from = subject.path;
  const merge = steps.findLast((step) => step.kind === "merge");
  if (merge) return { from, to: merge.into.path };
  const step = steps.find((one) => one.kind === "update" && one.node.id === subject.id);
  const lines = step?.kind === "update" ? step.lines : [];
  const renamed = lines.find(({ field }) => field === "name" || field === "slug");
  const moved = lines.find(({ field }) => field === "parent");
  if (!renamed && !moved) return null;
  const parentId = moved ? (moved.afterId ?? null) : subject.parentId;
  const parent = parentId ? await db.category.findUnique({ where: { id: parentId }, select: { path: true } }) : null;
  const slug = operation.kind === "rename" ? slugify(operation.slug ?? operation.name) : slugify(subject.name);
  const { path: to } = await freePath(db, parent, slug, { ownId: subject.id });
  return to === from ? null : { from, to };
}

async function knownBy(category: Prisma.CategoryWhereInput) {
  const groups = await db.sourceItem.groupBy({ by: ["sourceId"], where: { category }, _count: { _all: true } });
  const sources = await db.feedSource.findMany({
    where: { id: { in: groups.map(({ sourceId }) => sourceId) } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
  });
  const keysOf = new Map(groups.map(({ sourceId, _count }) => [sourceId, _count._all]));
  return sources.map(({ id, name }) => ({ name, keys: keysOf.get(id) ?? 0 }));
}
