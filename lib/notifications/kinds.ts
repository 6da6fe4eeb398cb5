/** What people are told of, in the order of their settings: `label` to oneself, `anyone` where it is said of the shop. */
export const NOTIFICATION_KINDS = {
  "job.completed": {
    label: "A job of mine is done",
    anyone: "A job is done",
    help: "One that took longer than 10 seconds.",
  },
  "job.failed": { label: "A job of mine failed", anyone: "A job failed", help: "Its notification says why." },
  "job.parked": {
    label: "A job of mine gave up or is held",
    anyone: "A job gave up or is held",
    help: "It was tried in vain, or met a ceiling: a person has to look at it.",
  },
  "job.lost": {
    label: "A job of mine lost its worker",
    anyone: "A job lost its worker",
    help: "Another worker takes it up again by itself.",
  },
  "run.review": {
    label: "A run waits for review",
    anyone: "A run waits for review",
    help: "One that I started, or that a schedule did; for managers also what staff propose.",
  },
  "proposal.answered": {
    label: "What I proposed is answered",
    anyone: "A proposal is answered",
    help: "It was applied, turned down, or could not be applied.",
  },
  "schedule.failed": {
    label: "A schedule brought no job, or its job failed",
    anyone: "A schedule brought no job, or its job failed",
    help: "Mine; for admins everybody's.",
  },
  "fetch.failed": {
    label: "A feed could not be fetched three times in a row",
    anyone: "A feed could not be fetched three times in a row",
    help: "For managers and admins, whoever set it up.",
  },
} as const;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;
export const NOTIFICATION_KIND_NAMES = Object.keys(NOTIFICATION_KINDS) as NotificationKind[]; // its keys by construction

/** Sent when somebody asks whether a channel works; on no screen. */
export const TEST_KIND = "test";

/** Notification.userId of what the shop's own channels carry: one line for each event, whoever is told of it besides. */
export const SHOP = "shop";
