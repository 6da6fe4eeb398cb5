/**
 * Runs without a feed: a person changed many things at once, or categories, or what belongs together. The database's
 * check on `trigger` does not know them: they stand as `manual`, with this word as their `syncType`.
 */
export const PERSON_RUNS = ["bulk", "category", "merge", "restore", "proposal", "purge"] as const;
export type PersonRun = (typeof PERSON_RUNS)[number];

/** What the screens, filters and exports call a run's trigger. */
export function triggerOf({ trigger, syncType }: { trigger: string; syncType: string }): string {
  return isPersonRun(syncType) ? syncType : trigger;
}

export function isPersonRun(syncType: string): syncType is PersonRun {
  return (PERSON_RUNS as readonly string[]).includes(syncType);
}

/** Triggers of runs that read a source's feed from beginning to end: the ones that later runs are compared with. */
export const READS_WHOLE_FEED: readonly string[] = ["manual", "schedule"];
