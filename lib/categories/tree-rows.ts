import "server-only";
import type { Reader, Tx } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/sqlite/client";

const treeRow = {
  id: true,
  name: true,
  nameKey: true,
  slug: true,
  path: true,
  parentId: true,
  level: true,
  sortOrder: true,
  isActive: true,
  version: true,
} satisfies Prisma.CategorySelect;

/** A category as operations on the tree read it, from the database itself: the tree in memory may be older. */
export type TreeRow = Prisma.CategoryGetPayload<{ select: typeof treeRow }>;

/** One transaction at a time changes the shape of the tree: what it has read of it stands until it ends. */
export function lockTree(tx: Tx) {
  return lockName(tx, "category tree");
}

/** @throws {AppError} `not_found` */
export async function getRowOrThrow(on: Reader, id: string, called = "This category"): Promise<TreeRow> {
  const row = await on.category.findUnique({ where: { id }, select: treeRow });
  if (!row) throw new AppError("not_found", `${called} is not there any more: somebody merged or removed it.`);
  return row;
}

export function listRowsUnder(on: Reader, parentId: string | null): Promise<TreeRow[]> {
  return on.category.findMany({ where: { parentId }, select: treeRow });
}

/** Whether `path` is the category at `above`, or below it. */
export function isWithin(path: string, above: string) {
  return path === above || path.startsWith(`${above}/`);
}

/** A category and all below it, as one range of its index. */
export function subtreeOf(path: string) {
  return { OR: [{ path }, { path: { gt: `${path}/`, lt: `${path}0` } }] } satisfies Prisma.CategoryWhereInput;
}

/** The names from the top, as people read them: `Electronics > Audio`. Null is the top itself. */
export async function fullName(on: Reader, row: Pick<TreeRow, "path"> | null): Promise<string | null> {
  if (!row) return null;
  const slugs = row.path.split("/");
  const paths = slugs.map((_, at) => slugs.slice(0, at + 1).join("/"));
  const rows = await on.category.findMany({ where: { path: { in: paths } }, select: { path: true, name: true } });
  const nameAt = new Map(rows.map(({ path, name }) => [path, name]));
  return paths.map((path) => nameAt.get(path) ?? path).join(" > ");
}
