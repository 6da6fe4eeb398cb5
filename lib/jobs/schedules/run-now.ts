import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { noSuchSchedule } from "./mutations";
import { ownerOf, ScheduleTakenError, startSchedule } from "./start-schedule";

/**
 * Starts a schedule's job at once; its times stay as they are. The job is whoever's pressed the button, with their
 * rights; asked for by the command line it is the owner's.
 * @throws {AppError} `not_found`, `forbidden`, `conflict` while its own earlier job is open
 */
export async function runScheduleNow(actor: Actor, { scheduleId }: { scheduleId: string }) {
  assertCan(actor, "job:control");
  const schedule = await db.jobSchedule.findUnique({ where: { id: scheduleId } });
  if (!schedule) throw noSuchSchedule();
  const as = actor.kind === "system" ? await ownerOf(schedule) : actor;
  try {
    const learnt = { lastAt: new Date(), nextAt: schedule.nextAt };
    return await startSchedule(as, schedule, learnt, (tx, jobId) =>
      recordAudit(tx, actor, "schedule.run", { entity: "JobSchedule", entityId: scheduleId }, { after: { jobId } }),
    );
  } catch (error) {
    if (!(error instanceof ScheduleTakenError)) throw error;
    throw new AppError("conflict", `${schedule.name} was started or changed at the same moment. Look again.`);
  }
}
