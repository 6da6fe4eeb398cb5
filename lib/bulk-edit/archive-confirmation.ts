import { formatCount } from "@/lib/format";

/** Products from which on archiving is confirmed by typing. */
export const ARCHIVE_TYPED_FROM = 50;

/** What a person types before many products are archived: `ARCHIVE 1,234`, or `ARCHIVE 10,000+` of more than are counted. */
export function archiveConfirmation(count: number, isCapped = false) {
  return `ARCHIVE ${formatCount(count)}${isCapped ? "+" : ""}`;
}
