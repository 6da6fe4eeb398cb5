export interface Sibling {
  id: string;
  nameKey: string;
  sortOrder: number;
}

/** Between two neighbours when all are numbered anew: room for ten insertions at one place before the next time. */
const GAP = 1_024;

/** The tree's order of siblings: by their number, then by name. */
export function bySiblingOrder(a: Sibling, b: Sibling) {
  if (a.sortOrder !== b.sortOrder) return a.sortOrder - b.sortOrder;
  if (a.nameKey !== b.nameKey) return a.nameKey < b.nameKey ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/**
 * The numbers by which `moved` stands before the sibling `beforeId` (null: at the end): as few as can be, so by id only
 * what changes. `siblings` may hold `moved` itself.
 */
export function placeAmong(siblings: Sibling[], moved: Sibling, beforeId: string | null): Map<string, number> {
  const others = siblings.filter(({ id }) => id !== moved.id).sort(bySiblingOrder);
  const found = others.findIndex(({ id }) => id === beforeId);
  const at = beforeId === null || found < 0 ? others.length : found;
  const [above, below] = [others[at - 1], others[at]];
  const fits = (sortOrder: number) => {
    const placed = { ...moved, sortOrder };
    return (!above || bySiblingOrder(above, placed) < 0) && (!below || bySiblingOrder(placed, below) < 0);
  };
  const between = candidates(moved.sortOrder, above?.sortOrder, below?.sortOrder).find(fits);
  if (between !== undefined) return new Map(between === moved.sortOrder ? [] : [[moved.id, between]]);
  const wanted = [...others.slice(0, at), moved, ...others.slice(at)];
  return new Map(
    wanted.flatMap(({ id, sortOrder }, index) => (sortOrder === (index + 1) * GAP ? [] : [[id, (index + 1) * GAP]])),
  );
}

/**
 * The number of a category that comes to other siblings without a word where: theirs where all share one, so that names
 * order them; else behind the last.
 */
export function joiningOrder(siblings: Sibling[], own: number): number {
  const orders = siblings.map(({ sortOrder }) => sortOrder);
  if (orders.length === 0) return own;
  const [least, greatest] = [Math.min(...orders), Math.max(...orders)];
  return least === greatest ? least : greatest + GAP;
}

function candidates(own: number, above: number | undefined, below: number | undefined): number[] {
  if (above !== undefined && below !== undefined) return [own, Math.floor((above + below) / 2), above, below];
  if (above !== undefined) return [own, above, above + GAP];
  if (below !== undefined) return [own, below, below - GAP];
  return [own];
}
