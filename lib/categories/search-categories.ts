import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { fold, words } from "@/lib/search/fold";
import { type CategoryNode, countedTree, isArchived, trail } from "./category-tree";

export interface FoundCategory {
  id: string;
  name: string;
  path: string;
  /** Names of those above it, from the top. */
  above: string[];
  total: number;
  isArchived?: true;
}

/** Categories whose name holds every word typed, those that begin with it first, then the fuller ones. */
export async function searchCategories(actor: Actor, typed: string, limit = 20): Promise<FoundCategory[]> {
  assertCan(actor, "catalog:read");
  const asked = words(typed);
  if (asked.length === 0) return [];
  const { tree, counts } = await countedTree();
  const phrase = fold(typed.trim());
  const found: { node: CategoryNode; rank: number; total: number; isArchived: boolean }[] = [];
  for (const node of tree.byId.values()) {
    const rank = rankOf(node, asked, phrase);
    if (rank === null) continue;
    found.push({ node, rank, total: counts.subtree.get(node.id) ?? 0, isArchived: isArchived(tree, node) });
  }
  // Archived ones come last, however well they match.
  found.sort(
    (a, b) =>
      Number(a.isArchived) - Number(b.isArchived) ||
      a.rank - b.rank ||
      b.total - a.total ||
      (a.node.path < b.node.path ? -1 : 1),
  );
  return found.slice(0, limit).map(({ node, total, ...one }) => ({
    id: node.id,
    name: node.name,
    path: node.path,
    above: trail(tree, node)
      .slice(0, -1)
      .map((at) => at.name),
    total,
    ...(one.isArchived && { isArchived: true as const }),
  }));
}

/** 0 the name itself, 1 it begins so, 2 its words begin so, 3 it is somewhere in the name; null not at all. */
function rankOf({ nameKey }: CategoryNode, asked: string[], phrase: string) {
  if (!asked.every((word) => nameKey.includes(word))) return null;
  if (nameKey === phrase) return 0;
  if (nameKey.startsWith(phrase)) return 1;
  const own = words(nameKey);
  return asked.every((word) => own.some((candidate) => candidate.startsWith(word))) ? 2 : 3;
}
