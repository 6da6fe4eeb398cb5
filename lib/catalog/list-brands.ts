import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { categoryTree } from "@/lib/categories/category-tree";
import { selectBrands } from "@/lib/db/brands";
import { AppError } from "@/lib/errors";
import { sortKey } from "@/lib/search/fold";

/** Brands offered at once; beyond them one types. */
const OFFERED = 50;

/**
 * Brands in a category and below it (or everywhere), the most frequent first, that begin with what is typed.
 * @throws {AppError} `forbidden`; `not_found` when the category is not there.
 */
export async function listBrands(
  actor: Actor,
  { categoryId, startsWith }: { categoryId?: string; startsWith: string },
): Promise<string[]> {
  assertCan(actor, "catalog:read");
  const node = categoryId === undefined ? undefined : (await categoryTree()).byId.get(categoryId);
  if (categoryId !== undefined && !node) throw new AppError("not_found", "This category is not there any more.");
  return selectBrands({ path: node?.path, prefix: sortKey(startsWith), limit: OFFERED });
}
