import { z } from "zod";
import { cronSchedule } from "./cron";

const name = z
  .string("Give the schedule a name.")
  .trim()
  .min(1, "Give the schedule a name, like what it is for.")
  .max(80, "Use at most 80 characters.");

/** What a schedule consists of, as its form and the API give it. */
export const newSchedule = z.object({
  name,
  jobType: z.string("Choose a kind of job.").min(1, "Choose a kind of job.").max(60),
  /** As its kind of job wants them. */
  parameters: z.record(z.string().max(60), z.unknown()).default({}),
  when: cronSchedule,
  /** `once`: one job makes up for all times that passed while nothing ran; `skip`: they are left out. */
  missedPolicy: z.enum(["once", "skip"], "Choose once or skip.").default("once"),
  priority: z.int("Send a whole number.").min(-100).max(100).default(0),
});
export type NewSchedule = z.output<typeof newSchedule>;

/** JobSchedule.version as the person saw it: of two who save, the second is told. */
export const seenSchedule = z.object({ scheduleId: z.uuid(), version: z.int() });

export const scheduleChange = seenSchedule.extend({
  change: newSchedule
    .extend({
      // Absent is unchanged, whatever is usual for a new one.
      parameters: newSchedule.shape.parameters.unwrap(),
      missedPolicy: newSchedule.shape.missedPolicy.unwrap(),
      priority: newSchedule.shape.priority.unwrap(),
      isPaused: z.boolean("Send true or false."),
    })
    .partial(),
});
export type ScheduleChange = z.output<typeof scheduleChange>;
