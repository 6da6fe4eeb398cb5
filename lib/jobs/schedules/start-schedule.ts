import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { actorUser, userActor } from "@/lib/auth/sessions";
import { db, type Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatShortDateTime } from "@/lib/format";
import type { JobSchedule } from "@/prisma/generated/sqlite/client";
import { startedFrom } from "../origin";
import { scheduledJob } from "./scheduled-job";

/** Somebody else started it, or changed the schedule, since it was read: nothing was written. */
export class ScheduleTakenError extends Error {
  override name = "ScheduleTakenError";
}

/**
 * Starts a schedule's job as `actor`. What the row learns is written in the transaction that puts the job on the queue,
 * and only onto the row that was read: of all who try, on any number of workers, one succeeds, and a kill loses nothing.
 * @throws {ScheduleTakenError}
 * @throws {AppError} why there is no job
 */
export async function startSchedule(
  actor: Actor,
  schedule: JobSchedule,
  learnt: { lastAt: Date; nextAt: Date | null },
  alsoWrite?: (tx: Tx, jobId: string) => Promise<void>,
): Promise<{ jobId: string }> {
  const { definition, given, checked } = await scheduledJob(actor, schedule);
  await assertNotOpen(schedule);
  let hasStarted = false;
  const { id, version, nextAt, lastAt, priority } = schedule;
  const origin = {
    scheduleId: id,
    given,
    ...(priority !== 0 && { priority }),
    alsoWrite: async (tx: Tx, jobId: string) => {
      const { count } = await tx.jobSchedule.updateMany({
        where: { id, version, nextAt, lastAt },
        data: { ...learnt, lastProblem: null },
      });
      if (count === 0) throw new ScheduleTakenError(schedule.name);
      await alsoWrite?.(tx, jobId);
      hasStarted = true;
    },
  };
  const started = await startedFrom(origin, () => definition.start(actor, checked));
  if (hasStarted) return started;
  throw new StillOpenError("conflict", "The same job waits or runs already, so no other was started.");
}

/** Whose job it is, with that person's rights as they are now. @throws {AppError} `forbidden` once they are switched off */
export async function ownerOf(schedule: Pick<JobSchedule, "userId">): Promise<Actor> {
  const user = await db.user.findUnique({ where: { id: schedule.userId }, select: actorUser });
  if (!user) throw new AppError("forbidden", "Its owner is not there any more. Save it anew to make it yours.");
  const owner = userActor(user, null, ["read", "write"]);
  if (user.isActive) return owner;
  throw new AppError(
    "forbidden",
    `${owner.name}, whose schedule it is, is switched off. Save it anew to make it yours.`,
  );
}

async function assertNotOpen({ id, timeZone }: JobSchedule) {
  const open = await db.job.findFirst({
    where: { scheduleId: id, status: { in: ["pending", "running", "paused"] } },
    select: { createdAt: true, status: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!open) return;
  const at = formatShortDateTime(open.createdAt, new Date(), timeZone);
  const state = { pending: "waits", paused: "is paused", running: "runs" }[open.status as "pending"]; // one of the three asked for
  throw new StillOpenError("conflict", `Its job of ${at} still ${state}, so no other was started beside it.`);
}

/** Its own earlier job has not ended: no failure, and nobody is told of it but on the schedule itself. */
export class StillOpenError extends AppError {
  override name = "StillOpenError";
}
