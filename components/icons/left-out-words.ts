import { formatPlural } from "@/lib/format";

/** What of a choice was left as it is, for a toast's second line. */
export function leftOutWords(changedMeanwhile: number): string | undefined {
  if (changedMeanwhile === 0) return undefined;
  return `${formatPlural(changedMeanwhile, "icon")} left as ${changedMeanwhile === 1 ? "it is" : "they are"}: somebody changed ${changedMeanwhile === 1 ? "it" : "them"} meanwhile.`;
}
