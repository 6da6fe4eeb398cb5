/** Triggers of runs that read a source's feed from beginning to end: the ones that later runs are compared with. */
export const READS_WHOLE_FEED: readonly string[] = ["manual", "schedule"];
