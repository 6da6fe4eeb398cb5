/** The parts of the jobs list; `lost` has also those that gave up: both wait for somebody, a worker or a person. */
export const JOB_TABS = ["all", "running", "waiting", "failed", "lost", "finished"] as const;
export type JobTab = (typeof JOB_TABS)[number];

export const JOB_TAB_WORDS: Record<JobTab, string> = {
  all: "All",
  running: "Running",
  waiting: "Waiting",
  failed: "Failed",
  lost: "Lost or gave up",
  finished: "Finished",
};
