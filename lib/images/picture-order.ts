/** The order with one picture moved to another place; a place beyond either end is that end. */
export function movePicture(order: readonly number[], id: number, to: number): number[] {
  if (!order.includes(id)) return [...order];
  const others = order.filter((other) => other !== id);
  const place = Math.max(0, Math.min(to, others.length));
  return [...others.slice(0, place), id, ...others.slice(place)];
}

/** Whether two orders hold the same pictures, each once. */
export function isReordering(from: readonly number[], to: readonly number[]): boolean {
  const held = new Set(from);
  return from.length === to.length && new Set(to).size === to.length && to.every((id) => held.has(id));
}

/**
 * Where pictures stand that a person put in order: below zero. What a feed gives counts from zero, so whatever comes
 * later stands behind, and a feed's numbers never come between a person's.
 */
export function arrangedPlace(at: number, count: number): number {
  return at - count;
}

export function isArranged(sortOrder: number): boolean {
  return sortOrder < 0;
}
