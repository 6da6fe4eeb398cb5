"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { cronSchedule, nextTimes } from "@/lib/jobs/schedules/cron";
import { scheduleWords } from "@/lib/jobs/schedules/cron-words";
import { changeSchedule, createSchedule, deleteSchedule } from "@/lib/jobs/schedules/mutations";
import { TIMES_SHOWN } from "@/lib/jobs/schedules/queries";
import { runScheduleNow } from "@/lib/jobs/schedules/run-now";
import { newSchedule, scheduleChange, seenSchedule } from "@/lib/jobs/schedules/schedule-input";

const PAGE = "/jobs/schedules";

export const createScheduleAction = action("job:control", newSchedule, async (actor, input) => {
  const made = await createSchedule(actor, input);
  revalidatePath(PAGE, "layout");
  return made;
});

export const changeScheduleAction = action("job:control", scheduleChange, async (actor, input) => {
  await changeSchedule(actor, input);
  revalidatePath(PAGE, "layout");
});

export const deleteScheduleAction = action("job:control", seenSchedule, async (actor, input) => {
  await deleteSchedule(actor, input);
  revalidatePath(PAGE, "layout");
});

export const runScheduleAction = action("job:control", z.object({ scheduleId: z.uuid() }), async (actor, input) => {
  const started = await runScheduleNow(actor, input);
  revalidatePath("/jobs", "layout");
  return started;
});

/** What a pattern means: in words, and its next times. */
export const previewScheduleAction = action("job:read", cronSchedule, async (_actor, schedule) => ({
  words: scheduleWords(schedule),
  times: nextTimes(schedule, TIMES_SHOWN).map((time) => time.toISOString()),
}));
