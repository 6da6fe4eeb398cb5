import { Cron } from "croner";
import { z } from "zod";

/** When something is done by itself. Stored in FeedSource.schedule, and in the columns of JobSchedule. */
export const cronSchedule = z
  .object({
    /** Minute, hour, day of month, month, day of week. */
    cron: z.string().trim().max(120),
    /** IANA name: a day's two o'clock is that zone's, in summer and winter. */
    timeZone: z.string().trim().max(60),
  })
  .superRefine(({ cron, timeZone }, issues) => {
    if (!isTimeZone(timeZone)) {
      const message = `There is no time zone "${timeZone}". Enter one like America/New_York or Europe/Berlin.`;
      issues.addIssue({ code: "custom", path: ["timeZone"], message });
      return;
    }
    if (cronOf({ cron, timeZone })?.nextRun()) return;
    const message =
      "Enter five parts: minute, hour, day of month, month, day of week, like 0 2 * * * for 02:00 each day.";
    issues.addIssue({ code: "custom", path: ["cron"], message });
  });
export type CronSchedule = z.output<typeof cronSchedule>;

/** What is stored; null when there is none, or what stands there is no schedule. */
export function parseSchedule(stored: unknown): CronSchedule | null {
  return cronSchedule.safeParse(stored).data ?? null;
}

/** The schedule's next times after a moment. A time that a clock change skips or repeats comes once. */
export function nextTimes(schedule: CronSchedule, count: number, after = new Date()): Date[] {
  return cronOf(schedule)?.nextRuns(count, after) ?? [];
}

export function nextTime(schedule: CronSchedule, after = new Date()): Date | null {
  return nextTimes(schedule, 1, after)[0] ?? null;
}

function cronOf({ cron, timeZone }: CronSchedule) {
  // The library takes dates and words such as @daily as well, which nothing here could say in words.
  if (cron.split(/\s+/).length !== 5) return null;
  try {
    return new Cron(cron, { timezone: timeZone, paused: true, mode: "5-part", fixedTimeRule: "no-wildcard" });
  } catch {
    // The library tells a wrong pattern by throwing; callers say so in their own words.
    return null;
  }
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name !== "";
  } catch {
    // A RangeError is how Intl says that it knows no such zone.
    return false;
  }
}
