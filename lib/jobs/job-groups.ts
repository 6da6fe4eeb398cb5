/** Where a kind of job stands among the others. */
export const JOB_GROUPS = ["Feeds", "Runs", "Catalogue", "Pictures", "Icons", "Upkeep"] as const;
export type JobGroup = (typeof JOB_GROUPS)[number];
