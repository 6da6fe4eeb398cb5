import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { countIcons } from "@/lib/db/icon-figures";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { IconOrigin, IconSearch, Shelf } from "./icon-search";

export const ICONS_PER_PAGE = 120;

const iconRow = {
  id: true,
  categoryId: true,
  filename: true,
  prompt: true,
  style: true,
  model: true,
  status: true,
  reviewState: true,
  fileMissing: true,
  legacyId: true,
  legacyCategory: true,
  batchId: true,
  version: true,
  width: true,
  height: true,
  createdAt: true,
} satisfies Prisma.IconSelect;

export type IconRow = Prisma.IconGetPayload<{ select: typeof iconRow }> & {
  category: { id: string; name: string; path: string; above: string[] } | null;
  /** It stands for its category. */
  isShown: boolean;
};

/** The library, newest first. */
export async function listIcons(actor: Actor, search: IconSearch, size = ICONS_PER_PAGE) {
  assertCan(actor, "catalog:read");
  const where = await iconWhere(search);
  const towardsNewer = search.after !== undefined && search.before === undefined;
  const bound = towardsNewer ? { gt: search.after } : search.before === undefined ? undefined : { lt: search.before };
  const [found, total] = await Promise.all([
    db.icon.findMany({
      where: bound ? { AND: [where, { id: bound }] } : where,
      select: iconRow,
      // UUIDv7: the order of ids is the order of making.
      orderBy: { id: towardsNewer ? "asc" : "desc" },
      take: size + 1,
    }),
    db.icon.count({ where }),
  ]);
  const hasMore = found.length > size;
  const page = found.slice(0, size);
  if (towardsNewer) page.reverse();
  return {
    rows: await withCategories(page),
    total,
    newer: (towardsNewer ? hasMore : search.before !== undefined) ? (page[0]?.id ?? null) : null,
    older: towardsNewer || hasMore ? (page.at(-1)?.id ?? null) : null,
  };
}

/** How many icons stand on each shelf, and the models and styles there are, for the filters. */
export async function iconFigures(actor: Actor) {
  assertCan(actor, "catalog:read");
  const [figures, models, styles] = await Promise.all([
    countIcons(),
    db.icon.findMany({ distinct: ["model"], select: { model: true }, where: { model: { not: "" } }, take: CHOICES }),
    db.icon.findMany({ distinct: ["style"], select: { style: true }, where: { style: { not: "" } }, take: CHOICES }),
  ]);
  return {
    figures,
    models: models.map(({ model }) => model).sort(),
    styles: styles.map(({ style }) => style).sort(),
  };
}

const CHOICES = 50;

/** All icons that a search finds, wherever it stands; at most `limit`. For functions of `lib` that checked the actor. */
export async function iconWhere(search: Omit<IconSearch, "before" | "after">): Promise<Prisma.IconWhereInput> {
  const parts: Prisma.IconWhereInput[] = [SHELF_WHERE[search.show]];
  const { q, category, origin, model, style, batch } = search;
  if (q) {
    const has = contains(q);
    parts.push({ OR: [{ prompt: has }, { filename: has }, { model: has }, { category: { name: has } }] });
  }
  if (category) parts.push(await withinCategory(category));
  if (origin) parts.push(ORIGIN_WHERE[origin]);
  if (model) parts.push({ model });
  if (style) parts.push({ style });
  if (batch) {
    const found = await db.iconBatch.findUnique({ where: { number: batch }, select: { id: true } });
    // Pictures taken from the cache belong to an earlier batch and to this one as well.
    const batchId = found?.id ?? "none";
    parts.push({ OR: [{ batchId }, { generations: { some: { batchId } } }] });
  }
  return { AND: parts };
}

const SHELF_WHERE: Record<Shelf, Prisma.IconWhereInput> = {
  all: {},
  review: { reviewState: "pending" },
  active: { status: "active", categoryId: { not: null } },
  rejected: { reviewState: "rejected" },
  unassigned: { categoryId: null },
  missing: { fileMissing: true },
};

const ORIGIN_WHERE: Record<IconOrigin, Prisma.IconWhereInput> = {
  "built-in": { generations: { some: { provider: "built-in" } } },
  endpoint: { generations: { some: { provider: "endpoint" } } },
  uploaded: { batchId: null, legacyId: null, generations: { none: {} } },
  imported: { legacyId: { not: null } },
};

async function withinCategory(id: string): Promise<Prisma.IconWhereInput> {
  const path = (await categoryTree()).byId.get(id)?.path;
  if (path === undefined) return { categoryId: id };
  return { OR: [{ categoryId: id }, { category: { path: { gt: `${path}/`, lt: `${path}0` } } }] };
}

async function withCategories(rows: Prisma.IconGetPayload<{ select: typeof iconRow }>[]): Promise<IconRow[]> {
  const tree = await categoryTree();
  return rows.map((row) => {
    const node = row.categoryId === null ? undefined : tree.byId.get(row.categoryId);
    const category = node && {
      id: node.id,
      name: node.name,
      path: node.path,
      above: trail(tree, node)
        .slice(0, -1)
        .map(({ name }) => name),
    };
    return { ...row, category: category ?? null, isShown: row.status === "active" && category !== undefined };
  });
}
