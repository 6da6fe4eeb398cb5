import "server-only";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatShortDateTime } from "@/lib/format";
import { log } from "@/lib/log";
import { notify, peopleWho } from "@/lib/notifications/notify";
import type { JobSchedule } from "@/prisma/generated/sqlite/client";
import { nextTime } from "./cron";
import { ownerOf, ScheduleTakenError, StillOpenError, startSchedule } from "./start-schedule";

/** Schedules looked at in one go; the next look takes the rest. */
const LOOKED_AT = 100;
/** Later than this a time counts as missed, in milliseconds: a worker that is up looks every second. */
const MISSED_AFTER_MS = 5 * 60_000;
/** A database that is busy is asked again so long, in milliseconds, before the time is given up. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Starts the job of every schedule whose time has come, once, however many workers look. Times missed while nothing
 * ran are one job, or none where the schedule says `skip`.
 */
export async function startDueSchedules(now = new Date()): Promise<string[]> {
  const due = await db.jobSchedule.findMany({
    where: { isPaused: false, nextAt: { lte: now } },
    orderBy: [{ nextAt: "asc" }, { id: "asc" }],
    take: LOOKED_AT,
  });
  const started: string[] = [];
  for (const schedule of due) {
    const jobId = await startDue(schedule, now);
    if (!jobId) continue;
    log.info("schedule.started", { scheduleId: schedule.id, jobId });
    started.push(jobId);
  }
  return started;
}

async function startDue(schedule: JobSchedule, now: Date): Promise<string | null> {
  const nextAt = nextTime(schedule, now);
  const lateMs = now.getTime() - (schedule.nextAt?.getTime() ?? 0);
  if (schedule.missedPolicy === "skip" && lateMs > MISSED_AFTER_MS) {
    const at = schedule.nextAt && formatShortDateTime(schedule.nextAt, now, schedule.timeZone);
    await moveOn(schedule, { nextAt, problem: `${at} was missed: no worker was running then.` });
    return null;
  }
  try {
    const { jobId } = await startSchedule(await ownerOf(schedule), schedule, { lastAt: now, nextAt });
    return jobId;
  } catch (error) {
    if (error instanceof ScheduleTakenError) return null;
    if (error instanceof AppError && error.code === "unavailable" && lateMs < PATIENCE_MS) {
      log.warn("schedule.held-up", { scheduleId: schedule.id });
      return null;
    }
    // One schedule that can't start stops no other; its own line says why.
    if (!(error instanceof AppError)) log.error("schedule.failed", error, { scheduleId: schedule.id });
    const problem =
      error instanceof AppError
        ? error.message
        : `Something went wrong (ref ${schedule.id.slice(-8)}). The worker's log has the details.`;
    await moveOn(schedule, { nextAt, problem, isFailure: !(error instanceof StillOpenError) });
    return null;
  }
}

/** Its time is over without a job. Written once, as a start is. */
async function moveOn(
  schedule: JobSchedule,
  { nextAt, problem, isFailure = false }: { nextAt: Date | null; problem: string; isFailure?: boolean },
) {
  const { id, version, name, userId } = schedule;
  await transaction(async (tx) => {
    const { count } = await tx.jobSchedule.updateMany({
      where: { id, version, nextAt: schedule.nextAt },
      data: { nextAt, lastProblem: problem },
    });
    if (count === 0 || !isFailure || schedule.lastProblem === problem) return;
    const news = {
      kind: "schedule.failed" as const,
      title: `${name} could not be started`,
      body: problem,
      href: `/jobs/schedules/${id}`,
    };
    await notify(tx, news, [userId, ...(await peopleWho(tx, "settings:manage"))]);
  });
}
