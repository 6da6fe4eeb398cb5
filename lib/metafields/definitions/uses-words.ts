import { formatCount, formatTotal } from "@/lib/format";

/** Counting more costs the page more than anybody gains by it. */
export const USES_COUNTED = 10_000;

/** How many products carry a definition: `10,000+` where it was counted no further. */
export function usesWords(uses: number) {
  return uses >= USES_COUNTED ? formatTotal({ count: USES_COUNTED, isCapped: true }) : formatCount(uses);
}
