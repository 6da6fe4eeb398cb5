import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { words } from "@/lib/search/fold";
import { type CategoryTree, categoryTree, isArchived } from "./category-tree";

export const categoryChoiceSearch = z.object({ q: z.string().trim().max(100) });

const CHOICES = 20;

export interface CategoryChoice {
  id: string;
  name: string;
  /** The names above it, from the top. */
  above: string[];
}

/** Categories whose name holds each of the words or beginnings ("dry erase m" finds Dry-Erase Markers), shortest path first. */
export async function listCategoryChoices(
  actor: Actor,
  { q }: z.output<typeof categoryChoiceSearch>,
): Promise<CategoryChoice[]> {
  assertCan(actor, "catalog:read");
  const all = await db.category.findMany({
    where: { AND: words(q).map((word) => ({ nameKey: { contains: word } })), isActive: true },
    select: { id: true, name: true, path: true },
    orderBy: [{ level: "asc" }, { nameKey: "asc" }, { id: "asc" }],
    // Room for those that stand below an archived one.
    take: 3 * CHOICES,
  });
  const tree = await categoryTree();
  const shown = all.filter(({ id }) => !isHidden(tree, id)).slice(0, CHOICES);
  const paths = [...new Set(shown.flatMap(({ path }) => pathsAbove(path)))];
  const rows = await db.category.findMany({ where: { path: { in: paths } }, select: { path: true, name: true } });
  const nameOf = new Map(rows.map((row) => [row.path, row.name]));
  return shown.map(({ id, name, path }) => ({ id, name, above: pathsAbove(path).map((at) => nameOf.get(at) ?? at) }));
}

function isHidden(tree: CategoryTree, id: string) {
  const node = tree.byId.get(id);
  return node !== undefined && isArchived(tree, node);
}

function pathsAbove(path: string): string[] {
  const slugs = path.split("/");
  return slugs.slice(1).map((_, at) => slugs.slice(0, at + 1).join("/"));
}
