import "server-only";
import { slugify } from "@/lib/catalog/slug";
import { freePath } from "@/lib/categories/free-path";
import { isWithin } from "@/lib/categories/tree-rows";
import { insertRows, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { execute } from "@/lib/db/raw";
import { sortKey } from "@/lib/search/fold";
import type { CreatedCategory, FieldChange } from "./change";

export interface CategoryToCreate {
  id: string;
  category: CreatedCategory;
}

/** Creates categories; a parent stands before its children. */
export async function createCategories(tx: Tx, wanted: CategoryToCreate[]) {
  const now = new Date();
  await insertRows(
    tx,
    "Category",
    wanted.map(({ id, category }) => ({
      id,
      ...category,
      nameKey: sortKey(category.name),
      description: "",
      version: 1,
      createdAt: now,
      updatedAt: now,
    })),
  );
}

/**
 * Renames, moves, reorders: the path follows, for the whole subtree, and the old ones lead to the new.
 * `slug` is the one it had when it goes back; without it the name makes a new one, unless a line gives it.
 * False, and nothing written, where it would come to stand below itself.
 */
export async function updateCategory(tx: Tx, id: string, lines: FieldChange[], slug?: string): Promise<boolean> {
  const category = await tx.category.findUniqueOrThrow({ where: { id } });
  const name = textOf(lines, "name") ?? category.name;
  const parentLine = lines.find((line) => line.field === "parent");
  const parentId = parentLine ? (parentLine.afterId ?? null) : category.parentId;
  const parent = parentId ? await tx.category.findUniqueOrThrow({ where: { id: parentId } }) : null;
  if (parent && isWithin(parent.path, category.path)) return false;
  const order = lines.find((line) => line.field === "sortOrder")?.after;
  const active = lines.find((line) => line.field === "isActive")?.after;
  await updateRows(
    tx,
    "Category",
    ["id"],
    [
      {
        id,
        name,
        nameKey: sortKey(name),
        description: textOf(lines, "description") ?? category.description,
        parentId,
        sortOrder: typeof order === "number" ? order : category.sortOrder,
        isActive: typeof active === "boolean" ? active : category.isActive,
        updatedAt: new Date(),
      },
    ],
    ["version"],
  );
  const given = textOf(lines, "slug");
  if (name === category.name && !parentLine && given === undefined) return true;
  const wanted = slug ?? given ?? (name === category.name ? ownSlug(category) : slugify(name));
  await repath(tx, { id, slug: wanted, parent, path: category.path, level: category.level });
  return true;
}

async function repath(
  tx: Tx,
  moved: { id: string; slug: string; parent: { path: string; level: number } | null; path: string; level: number },
) {
  const { parent } = moved;
  const { path, slug } = await freePath(tx, parent, moved.slug, { ownId: moved.id });
  if (path === moved.path) return;
  const below = [`${moved.path}/`, `${moved.path}0`] as const;
  const levels = (parent ? parent.level + 1 : 0) - moved.level;
  await execute(
    tx,
    `INSERT INTO "CategoryRedirect" ("path", "categoryId", "createdAt")
     SELECT "path", "id", "updatedAt" FROM "Category" WHERE "path" = ? OR ("path" > ? AND "path" < ?)
     ON CONFLICT ("path") DO UPDATE SET "categoryId" = excluded."categoryId"`,
    moved.path,
    ...below,
  );
  // Downwards first: while the parent still has the old path, no two paths collide.
  await execute(
    tx,
    `UPDATE "Category" SET "path" = ? || substr("path", ?), "level" = "level" + ? WHERE "path" > ? AND "path" < ?`,
    path,
    moved.path.length + 1,
    levels,
    ...below,
  );
  await tx.category.update({ where: { id: moved.id }, data: { path, slug, level: { increment: levels } } });
  // A path that is in use again leads to itself.
  await execute(
    tx,
    `DELETE FROM "CategoryRedirect" WHERE "path" IN (
       SELECT "path" FROM "Category" WHERE "path" = ? OR ("path" > ? AND "path" < ?))`,
    path,
    `${path}/`,
    `${path}0`,
  );
}

/** The slug without the number it had among others of its name; one that a person chose stays. */
function ownSlug({ name, slug }: { name: string; slug: string }) {
  const base = slugify(name);
  return slug.startsWith(`${base}-`) && /^\d+$/.test(slug.slice(base.length + 1)) ? base : slug;
}

function textOf(lines: FieldChange[], field: string) {
  const after = lines.find((line) => line.field === field)?.after;
  return typeof after === "string" ? after : undefined;
}
