import { formatCount, formatPlural } from "@/lib/format";

/** How some of the chosen rows stood when they were answered. */
export interface AnsweredBefore {
  /** Who answered how many; `null` for an approval rule. */
  by: { name: string | null; count: number }[];
  /** Changed since they were shown: they wait with their new values. */
  returned: number;
}

/** What the rest of an answer came to, in words: "3 were answered before: 2 by Ada Lovelace, 1 by an approval rule." */
export function beforeWords({ by, returned }: AnsweredBefore): string {
  const count = by.reduce((sum, one) => sum + one.count, 0);
  const names = by.map((one) => `${formatCount(one.count)} by ${one.name ?? "an approval rule"}`).join(", ");
  const answered = count > 0 ? `${formatCount(count)} ${count === 1 ? "was" : "were"} answered before: ${names}.` : "";
  const moved =
    returned > 0
      ? `${formatPlural(returned, "row")} changed since you looked and ${returned === 1 ? "waits" : "wait"} with new values: look again.`
      : "";
  return [answered, moved].filter(Boolean).join(" ");
}
