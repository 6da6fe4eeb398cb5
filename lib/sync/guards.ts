import type { FeedPolicies } from "@/lib/feeds/policies";

export interface RunFigures {
  /** Valid products in this run. */
  items: number;
  /** Valid products in the last good run of the source; null when there is none. */
  lastItems: number | null;
  /** Products the source knew and this run lacks. */
  newlyMissing: number;
  known: number;
  priceJumps: { label: string; beforeCents: number; afterCents: number }[];
}

/** Why the whole run waits for a manager, in words; null when nothing is out of the ordinary. */
export function guardReason(figures: RunFigures, policies: FeedPolicies): string | null {
  const { items, lastItems, newlyMissing, known, priceJumps } = figures;
  if (lastItems && items < lastItems * policies.minItemShare) {
    return `Held: ${count(items)} rows is ${percent(items / lastItems)} of last good ${count(lastItems)}; the limit is ${percent(policies.minItemShare)}. Check that the file is whole.`;
  }
  if (known > 0 && newlyMissing > known * policies.maxMissingShare) {
    return `Held: ${count(newlyMissing)} of ${count(known)} products are missing (${percent(newlyMissing / known)}); the limit is ${percent(policies.maxMissingShare)}.`;
  }
  const jump = priceJumps[0];
  if (jump) {
    const more = priceJumps.length > 1 ? ` and ${count(priceJumps.length - 1)} more` : "";
    return `Held: the price of ${jump.label} goes from ${money(jump.beforeCents)} to ${money(jump.afterCents)}${more}, beyond a factor of ${policies.maxPriceFactor}.`;
  }
  return null;
}

export function isPriceJump(beforeCents: number, afterCents: number, policies: FeedPolicies): boolean {
  const factor = afterCents > beforeCents ? afterCents / beforeCents : beforeCents / afterCents;
  return factor > policies.maxPriceFactor;
}

function percent(share: number) {
  return `${(share * 100).toFixed(1)} %`;
}

function count(n: number) {
  return n.toLocaleString("en-US");
}

function money(cents: number) {
  return (cents / 100).toFixed(2);
}
