import type { Evidence } from "./evidence";

export interface FoundGroup {
  /** Sorted. */
  productIds: string[];
  evidence: Evidence[];
}

/** A chain of likenesses that links more products than this says nothing of its ends: it falls apart again. */
const MOST_IN_GROUP = 20;

/**
 * Puts products together that evidence links, over others too. Two that a person said are different are not linked by
 * what speaks for those two alone.
 * @param isDismissed of two ids in their order
 * @param supporting what is told of products that stand together anyway
 */
export function groupProducts(
  found: Evidence[],
  isDismissed: (a: string, b: string) => boolean,
  supporting: Evidence[] = [],
): FoundGroup[] {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    parents.set(id, root);
    return root;
  };
  const standing = found.filter(({ productIds }) => pairs(productIds).some(([a, b]) => !isDismissed(a, b)));
  for (const { productIds } of standing) {
    for (const [a, b] of pairs(productIds)) if (!isDismissed(a, b)) parents.set(rootOf(a), rootOf(b));
  }
  const groups = new Map<string, FoundGroup>();
  for (const one of standing) {
    // What was dismissed within the set may stand in another group by now, or in none.
    for (const [root, productIds] of byRoot(one.productIds, rootOf)) {
      if (productIds.length < 2) continue;
      const group = groups.get(root) ?? { productIds: [], evidence: [] };
      group.evidence.push({ ...one, productIds });
      group.productIds = [...new Set([...group.productIds, ...productIds])].sort();
      groups.set(root, group);
    }
  }
  for (const one of supporting) {
    for (const [root, productIds] of byRoot(
      one.productIds.filter((id) => parents.has(id)),
      rootOf,
    )) {
      const group = groups.get(root);
      if (group && productIds.length > 1) group.evidence.push({ ...one, productIds });
    }
  }
  return [...groups.values()].flatMap((group) =>
    (group.productIds.length <= MOST_IN_GROUP ? [group] : apart(group.evidence)).map(withoutRepeats),
  );
}

/** A value is told once, with all whom it is about. */
function withoutRepeats({ productIds, evidence }: FoundGroup): FoundGroup {
  const told = new Map<string, Evidence>();
  for (const one of evidence) {
    const key = `${one.kind} ${one.value}`;
    const ids = [...new Set([...(told.get(key)?.productIds ?? []), ...one.productIds])].sort();
    told.set(key, { ...one, productIds: ids });
  }
  return { productIds, evidence: [...told.values()] };
}

/** Each piece of evidence for itself, those of the same products together. */
function apart(found: Evidence[]): FoundGroup[] {
  const groups = new Map<string, FoundGroup>();
  for (const one of found) {
    const productIds = [...one.productIds].sort();
    const key = productIds.join();
    const group = groups.get(key) ?? { productIds, evidence: [] };
    group.evidence.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function byRoot(ids: string[], rootOf: (id: string) => string) {
  const roots = new Map<string, string[]>();
  for (const id of ids) roots.set(rootOf(id), [...(roots.get(rootOf(id)) ?? []), id]);
  return roots;
}

/** Every two of the ids, in their order. */
export function pairs(ids: string[]): [string, string][] {
  const sorted = [...ids].sort();
  return sorted.flatMap((a, at) => sorted.slice(at + 1).map((b): [string, string] => [a, b]));
}
