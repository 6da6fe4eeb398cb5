import { SYSTEM } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { changeSchedule } from "@/lib/jobs/schedules/mutations";
import { listSchedules, type ScheduleRow } from "@/lib/jobs/schedules/queries";
import { runScheduleNow } from "@/lib/jobs/schedules/run-now";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";

/** Every schedule: when, what, and how it went last. */
export async function showSchedules(): Promise<Outcome> {
  await openDatabase();
  const { schedules } = await listSchedules(SYSTEM);
  const lines = schedules.map((schedule) => {
    const next = schedule.isPaused ? "paused" : `next ${schedule.nextTimes[0]?.toISOString() ?? "never"}`;
    const last = schedule.lastProblem ?? (schedule.lastJob ? `last job ${schedule.lastJob.status}` : "no job yet");
    return `${schedule.name}: ${schedule.jobName}, ${schedule.words}; ${next}; ${last}`;
  });
  const value = schedules.map(({ lastJob, ...schedule }) => ({ ...schedule, lastJobId: lastJob?.id ?? null }));
  return { ok: true, value: toSnakeCase(value), text: lines.join("\n") || "There is no schedule." };
}

/** Pauses a schedule, or lets it go on. */
export async function pauseSchedule(name: string, isPaused: boolean): Promise<Outcome> {
  await openDatabase();
  const { id, version, ...schedule } = await scheduleByName(name);
  if (schedule.isPaused !== isPaused) {
    await changeSchedule(SYSTEM, { scheduleId: id, version, change: { isPaused } });
  }
  const text = `${schedule.name} ${isPaused ? "is paused" : "goes on"}.`;
  return { ok: true, value: { id, name: schedule.name, is_paused: isPaused }, text };
}

/** Starts a schedule's job now, as its owner's. */
export async function runSchedule(name: string): Promise<Outcome> {
  await openDatabase();
  const schedule = await scheduleByName(name);
  const { jobId } = await runScheduleNow(SYSTEM, { scheduleId: schedule.id });
  return { ok: true, value: { job_id: jobId }, text: `${schedule.name}: job ${jobId} waits for a worker.` };
}

async function scheduleByName(name: string): Promise<ScheduleRow> {
  const { schedules } = await listSchedules(SYSTEM);
  const wanted = name.trim().toLowerCase();
  const found = schedules.find((schedule) => schedule.id === name || schedule.name.toLowerCase() === wanted);
  if (found) return found;
  const known = schedules.map((schedule) => schedule.name).join(", ");
  throw new AppError(
    "not_found",
    `There is no schedule "${name}". ${known ? `There are: ${known}.` : "There is none."}`,
  );
}
