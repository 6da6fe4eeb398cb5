import { REFUSED_AT_LEAST } from "@/lib/feeds/judged-from";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { FeedProfile, RunFigures } from "./feed-profile";
import { percent, shapeReasons } from "./shape-guard";

/** Jumps told by name. */
const JUMPS_TOLD = 3;
const HUNDREDTHS_OF_PERCENT = 10_000;

/** Everything that makes the whole run wait for a manager, each with its figure and limit in words; empty when nothing is out of the ordinary. */
export function guardReasons(
  figures: RunFigures,
  policies: FeedPolicies,
  shape: { now: FeedProfile; last: FeedProfile | null } | null = null,
): string[] {
  const { items } = figures;
  const cut = figures.cutFiles.map((name) => `${name} ends in the middle of a row: it is cut. Fetch it again.`);
  if (items === 0) {
    return [
      "The feed holds no valid product. Check the file; nothing was marked missing.",
      ...cut,
      ...refused(figures, policies),
    ];
  }
  return [
    ...cut,
    ...shrunk(figures, policies),
    ...refused(figures, policies),
    ...missing(figures, policies),
    ...prices(figures, policies),
    ...(shape ? shapeReasons(shape.now, shape.last, policies) : []),
  ];
}

/** Of a run of some rows alone only the prices can be judged: it is neither whole nor of a feed's shape. */
export function partialRunReasons(figures: RunFigures, policies: FeedPolicies): string[] {
  return prices(figures, policies);
}

function shrunk({ items, lastItems }: RunFigures, { minItemShare }: FeedPolicies) {
  if (!lastItems || !isLess(items, lastItems, minItemShare)) return [];
  return [
    `${count(items)} ${items === 1 ? "row" : "rows"} is ${percent(items / lastItems)} of last good ${count(lastItems)}; the limit is ${percent(minItemShare)}. Check that the file is whole.`,
  ];
}

/** Whether more of a feed's rows were refused than its source allows. */
export function isRefusedTooOften({ items, refused: rows }: RunFigures, { maxRefusedShare }: FeedPolicies) {
  return rows >= REFUSED_AT_LEAST && isMore(rows, items + rows, maxRefusedShare);
}

function refused(figures: RunFigures, policies: FeedPolicies) {
  if (!isRefusedTooOften(figures, policies)) return [];
  return [refusedWords(figures, policies)];
}

export function refusedWords({ items, refused: rows }: RunFigures, { maxRefusedShare }: FeedPolicies) {
  const all = items + rows;
  return `${count(rows)} of ${count(all)} rows are refused (${percent(rows / all)}); the limit is ${percent(maxRefusedShare)}.`;
}

function missing(
  { newlyMissing, known, archiving }: RunFigures,
  { maxMissingShare, missingRunsUntilReview }: FeedPolicies,
) {
  const limit = `the limit is ${percent(maxMissingShare)}.`;
  const reasons: string[] = [];
  if (isMore(newlyMissing, known, maxMissingShare)) {
    reasons.push(
      `${count(newlyMissing)} of ${count(known)} products are missing (${percent(newlyMissing / known)}); ${limit}`,
    );
  }
  if (isMore(archiving, known, maxMissingShare)) {
    reasons.push(
      `${count(archiving)} of ${count(known)} products would be archived (${percent(archiving / known)}), missing for ${missingRunsUntilReview} runs; ${limit}`,
    );
  }
  return reasons;
}

function prices({ priceJumps, priceJumpCount = priceJumps.length }: RunFigures, { maxPriceFactor }: FeedPolicies) {
  const told = priceJumps
    .slice(0, JUMPS_TOLD)
    .map(
      ({ label, beforeCents, afterCents }) =>
        `the price of ${label} goes from ${money(beforeCents)} to ${money(afterCents)}`,
    );
  if (told.length === 0) return [];
  const rest = priceJumpCount - told.length;
  const all = [...told, ...(rest > 0 ? [`${count(rest)} more do the like`] : [])].join("; ");
  return [`${all.charAt(0).toUpperCase()}${all.slice(1)}: beyond a factor of ${maxPriceFactor}.`];
}

/** Compared in whole numbers: a third of a price times three is the price. */
export function isPriceJump(beforeCents: number, afterCents: number, { maxPriceFactor }: FeedPolicies): boolean {
  const [low, high] = beforeCents < afterCents ? [beforeCents, afterCents] : [afterCents, beforeCents];
  return high * HUNDREDTHS_OF_PERCENT > low * Math.round(maxPriceFactor * HUNDREDTHS_OF_PERCENT);
}

/** By how much a price goes up or down, from 1. */
export function priceFactor({ beforeCents, afterCents }: { beforeCents: number; afterCents: number }) {
  return Math.max(beforeCents, afterCents) / Math.max(1, Math.min(beforeCents, afterCents));
}

/** Shares are limits to a hundredth of a percent, compared in whole numbers: 70 of 100 is not less than 70 %. */
function isLess(part: number, whole: number, share: number) {
  return part * HUNDREDTHS_OF_PERCENT < whole * Math.round(share * HUNDREDTHS_OF_PERCENT);
}

function isMore(part: number, whole: number, share: number) {
  return part * HUNDREDTHS_OF_PERCENT > whole * Math.round(share * HUNDREDTHS_OF_PERCENT);
}

function count(n: number) {
  return n.toLocaleString("en-US");
}

function money(cents: number) {
  return (cents / 100).toFixed(2);
}
