import "server-only";
import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import type { JobSchedule, Prisma } from "@/prisma/generated/sqlite/client";
import { cronSchedule, nextTime } from "./cron";
import type { NewSchedule, ScheduleChange } from "./schedule-input";
import { scheduledJob } from "./scheduled-job";

/** More than a list that is shown whole could hold; schedules are made by hand. */
const MOST_SCHEDULES = 200;

/**
 * Makes a schedule. Its jobs are the actor's, with the actor's rights at the time they run.
 * @throws {AppError} `conflict` when the name is taken, `invalid_input` by parameter
 */
export async function createSchedule(actor: Actor, given: NewSchedule) {
  assertCan(actor, "job:control");
  const userId = actorUserId(actor);
  if (!userId) throw new AppError("forbidden", "A schedule belongs to a person: sign in to make one.");
  const { given: parameters } = await scheduledJob(actor, given);
  const { when, parameters: _, ...facts } = given;
  return transaction(async (tx) => {
    await lockName(tx, "schedules");
    if ((await tx.jobSchedule.count()) >= MOST_SCHEDULES) {
      throw new AppError("conflict", `There are ${MOST_SCHEDULES} schedules already. Delete one that nobody needs.`);
    }
    await assertNameFree(tx, given.name);
    const { id } = await tx.jobSchedule.create({
      data: { ...facts, ...when, parameters: asJson(parameters), nextAt: nextTime(when), userId },
      select: { id: true },
    });
    const after = { ...facts, ...when, parameters: asJson(parameters) };
    await recordAudit(tx, actor, "schedule.create", { entity: "JobSchedule", entityId: id }, { after });
    return { id };
  });
}

/**
 * Changes a schedule, pauses it or lets it go on. Whoever changes what it starts, or how, makes it theirs.
 * @throws {AppError} `not_found`, `conflict` when somebody changed it meanwhile
 */
export async function changeSchedule(actor: Actor, { scheduleId, version, change }: ScheduleChange) {
  assertCan(actor, "job:control");
  const parameters = await changedParameters(actor, scheduleId, change);
  return transaction(async (tx) => {
    await lockName(tx, "schedules");
    const schedule = await tx.jobSchedule.findUnique({ where: { id: scheduleId } });
    if (!schedule) throw noSuchSchedule();
    if (change.name !== undefined) await assertNameFree(tx, change.name, scheduleId);
    const before = factsOf(schedule);
    const { when, parameters: _, ...rest } = change;
    const after = { ...before, ...rest, ...when, ...(parameters && { parameters: asJson(parameters) }) };
    const isOther = !isDeepStrictEqual(workOf(before), workOf(after));
    const isMoved = after.cron !== before.cron || after.timeZone !== before.timeZone;
    const isStarted = before.isPaused && !after.isPaused;
    const { count } = await tx.jobSchedule.updateMany({
      where: { id: scheduleId, version },
      data: {
        ...after,
        ...(after.isPaused ? { nextAt: null } : isMoved || isStarted ? { nextAt: nextOf(after) } : {}),
        ...(isOther && actorUserId(actor) ? { userId: actorUserId(actor) ?? schedule.userId } : {}),
        ...(isOther || isMoved || isStarted ? { lastProblem: null } : {}),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw changedMeanwhile(schedule);
    const target = { entity: "JobSchedule", entityId: scheduleId };
    await recordAudit(tx, actor, actionOf(before, after), target, { before, after });
    return { id: scheduleId };
  });
}

/** What it is to start from now on, checked; null where that does not change. */
async function changedParameters(actor: Actor, scheduleId: string, change: ScheduleChange["change"]) {
  if (change.jobType === undefined && change.parameters === undefined) return null;
  const schedule = await db.jobSchedule.findUnique({ where: { id: scheduleId } });
  if (!schedule) throw noSuchSchedule();
  const { given } = await scheduledJob(actor, {
    jobType: change.jobType ?? schedule.jobType,
    parameters: change.parameters ?? schedule.parameters,
  });
  return given;
}

/** Its jobs stay in the list. @throws {AppError} `not_found`, `conflict` when somebody changed it meanwhile */
export async function deleteSchedule(actor: Actor, { scheduleId, version }: { scheduleId: string; version: number }) {
  assertCan(actor, "job:control");
  await transaction(async (tx) => {
    const schedule = await tx.jobSchedule.findUnique({ where: { id: scheduleId } });
    if (!schedule) throw noSuchSchedule();
    const { count } = await tx.jobSchedule.deleteMany({ where: { id: scheduleId, version } });
    if (count === 0) throw changedMeanwhile(schedule);
    const target = { entity: "JobSchedule", entityId: scheduleId };
    await recordAudit(tx, actor, "schedule.delete", target, { before: factsOf(schedule) });
  });
}

function factsOf(schedule: JobSchedule) {
  const { name, jobType, cron, timeZone, missedPolicy, priority, isPaused } = schedule;
  // Stored as it was given: plain JSON.
  return { name, jobType, parameters: asJson(schedule.parameters), cron, timeZone, missedPolicy, priority, isPaused };
}

function workOf({ jobType, parameters }: { jobType: string; parameters: unknown }) {
  return { jobType, parameters };
}

function nextOf({ cron, timeZone }: { cron: string; timeZone: string }) {
  return nextTime(cronSchedule.parse({ cron, timeZone }));
}

function actionOf(before: { isPaused: boolean }, after: { isPaused: boolean }) {
  if (before.isPaused === after.isPaused) return "schedule.change";
  return after.isPaused ? "schedule.pause" : "schedule.resume";
}

async function assertNameFree(tx: Tx, name: string, ownId?: string) {
  const taken = await tx.jobSchedule.findFirst({ where: { name, NOT: { id: ownId ?? "" } }, select: { id: true } });
  if (!taken) return;
  throw new AppError("conflict", `There is a schedule named ${name} already. Choose another name.`, {
    fields: { name: "This name is taken." },
  });
}

export function noSuchSchedule() {
  return new AppError("not_found", "There is no such schedule.");
}

function changedMeanwhile({ name }: JobSchedule) {
  return new AppError("conflict", `Somebody changed ${name} meanwhile. Load the page again and look before you save.`);
}

/** Plain values by their schema; JSON leaves out what is undefined. */
function asJson(value: unknown) {
  return JSON.parse(JSON.stringify(value ?? {})) as Prisma.InputJsonObject;
}
