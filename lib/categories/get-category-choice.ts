import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { categoryTree, trail } from "./category-tree";
import type { CategoryChoice } from "./list-category-choices";

/** A category as it is chosen, by its id; null where there is none. */
export async function getCategoryChoice(actor: Actor, id: string): Promise<CategoryChoice | null> {
  assertCan(actor, "catalog:read");
  const tree = await categoryTree();
  const node = tree.byId.get(id);
  if (!node) return null;
  const above = trail(tree, node).slice(0, -1);
  return { id, name: node.name, above: above.map(({ name }) => name) };
}
