import { formatCount, formatPlural } from "@/lib/format";

/** Who of a selection can be deleted, and why the others stay. */
export interface PurgeCounts {
  /** Archived for long enough. */
  ready: number;
  notArchived: number;
  /** Archived, and not for as long as it takes. */
  tooFresh: number;
  /** Of those ready, how many a shop knows. */
  inShop: number;
  /** Products in the catalogue, archived ones too. */
  total: number;
  afterDays: number;
}

/** "3 of the selected are not archived and 2 have been for less than 30 days: they stay."; "" where none stays. */
export function stayWords({ notArchived, tooFresh, afterDays }: PurgeCounts): string {
  const parts = [
    notArchived > 0 && `${formatPlural(notArchived, "of the selected is", "of the selected are")} not archived`,
    tooFresh > 0 &&
      `${formatPlural(tooFresh, "of the selected has been", "of the selected have been")} archived for less than ${formatPlural(afterDays, "day")}`,
  ].filter(Boolean);
  if (parts.length === 0) return "";
  const stay = notArchived + tooFresh;
  return `${parts.join(" and ")}: ${stay === 1 ? "it stays" : "they stay"}.`;
}

/** "95.9 % of the catalogue": never 100.0 while one stays, never 0.0 while one goes. */
export function shareWords(ready: number, total: number): string {
  const share = (100 * ready) / Math.max(1, total);
  const shown = ready < total ? Math.min(99.9, Math.max(0.1, share)) : 100;
  return `${shown.toFixed(1)} % of the catalogue`;
}

/** What a deletion would take out of the catalogue, as a sentence or two. */
export function deletedWords(counts: PurgeCounts): string {
  const { ready, inShop, total } = counts;
  const shop =
    inShop === 0 ? "None of them is in a shop." : `${formatPlural(inShop, "of them is", "of them are")} in a shop.`;
  return `Deletes ${formatPlural(ready, "product")} for good: ${shareWords(ready, total)}. ${shop}`;
}

/** Why a planned deletion waits, a line for each thing to know. `changed`: left out because they changed while they were backed up. */
export function purgeReason(counts: PurgeCounts, rows: Record<string, number>, changed: number): string {
  const kept = Object.entries(rows).filter(([, count]) => count > 0);
  const beside = kept.map(([name, count]) => `${formatCount(count)} ${ROW_WORDS[name] ?? name}`).join(", ");
  const left = changed > 0 ? `${formatPlural(changed, "product")} changed while it was planned: left out.` : "";
  return [
    deletedWords(counts),
    stayWords(counts),
    left,
    `All of it is in a verified backup${beside ? `, with ${beside}` : ""}: undoing the run restores it.`,
    "A feed that still names one of them makes it anew.",
  ]
    .filter(Boolean)
    .join("\n");
}

const ROW_WORDS: Record<string, string> = {
  images: "pictures",
  sourceItems: "feed rows",
  aliases: "answers about codes",
  duplicates: "places among duplicates",
};

/** Nothing of the selection may be deleted. */
export function nothingWords(counts: PurgeCounts): string {
  return `Nothing to delete: ${stayWords(counts) || "none of the selected products is there any more."}`;
}
