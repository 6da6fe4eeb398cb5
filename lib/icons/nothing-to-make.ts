import { formatPlural } from "@/lib/format";
import type { CoverageCounts } from "./coverage";

/** Why no category is left to ask an icon for, and where to look instead. */
export function nothingToMake({ covered, stale, making, review, unused }: CoverageCounts): string {
  const parts = [
    have(making, "an icon being made (see Batches)"),
    have(review, "an icon to review (see Library)"),
    have(unused, "an approved icon that is not used (see Coverage)"),
  ].filter((part) => part !== null);
  if (parts.length > 0) return `There is nothing to make: ${list.format(parts)}.`;
  if (covered + stale > 0) return "There is nothing to make: every category here shows an icon.";
  return "There is nothing to make: there is no category here.";
}

const list = new Intl.ListFormat("en-GB");

function have(count: number, what: string): string | null {
  if (count === 0) return null;
  return `${formatPlural(count, "category has", "categories have")} ${what}`;
}
