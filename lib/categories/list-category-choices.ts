import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { sortKey } from "@/lib/search/fold";

export const categoryChoiceSearch = z.object({ q: z.string().trim().max(100) });

const CHOICES = 20;

export interface CategoryChoice {
  id: string;
  name: string;
  /** The names above it, from the top. */
  above: string[];
}

/** Categories whose name holds the words, shortest path first: where a product can be moved to. */
export async function listCategoryChoices(
  actor: Actor,
  { q }: z.output<typeof categoryChoiceSearch>,
): Promise<CategoryChoice[]> {
  assertCan(actor, "catalog:read");
  const found = await db.category.findMany({
    where: { nameKey: { contains: sortKey(q) } },
    select: { id: true, name: true, path: true },
    orderBy: [{ level: "asc" }, { nameKey: "asc" }, { id: "asc" }],
    take: CHOICES,
  });
  const paths = [...new Set(found.flatMap(({ path }) => pathsAbove(path)))];
  const rows = await db.category.findMany({ where: { path: { in: paths } }, select: { path: true, name: true } });
  const nameOf = new Map(rows.map((row) => [row.path, row.name]));
  return found.map(({ id, name, path }) => ({ id, name, above: pathsAbove(path).map((at) => nameOf.get(at) ?? at) }));
}

function pathsAbove(path: string): string[] {
  const slugs = path.split("/");
  return slugs.slice(1).map((_, at) => slugs.slice(0, at + 1).join("/"));
}
