import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/failure";
import { changeSchedule, createSchedule, deleteSchedule } from "@/lib/jobs/schedules/mutations";
import { getSchedule, listSchedules, type ScheduleRow } from "@/lib/jobs/schedules/queries";
import { runScheduleNow } from "@/lib/jobs/schedules/run-now";
import { newSchedule, scheduleChange } from "@/lib/jobs/schedules/schedule-input";
import { endpoint } from "./endpoint";
import { ids, iso, snakeCase, text, time } from "./fields";

const scheduleJson = z
  .object({
    id: z.uuid(),
    name: z.string(),
    job_type: z.string().describe("As in `GET /api/job-types`."),
    parameters: z.looseObject({}).describe("As the kind of job takes them."),
    cron: z.string().describe("Minute, hour, day of month, month, day of week."),
    time_zone: z.string().describe("An IANA name."),
    words: z.string().describe("The same for people."),
    missed_policy: z
      .string()
      .describe("`once`: one job makes up for times that were missed. `skip`: they are left out."),
    priority: z.int(),
    is_paused: z.boolean(),
    next_times: z.array(time).describe("The next five; none while it is paused."),
    last_at: time.nullable(),
    last_problem: z.string().nullable().describe("Why the last time brought no job."),
    last_job_id: z.uuid().nullable(),
    user_id: z.uuid().describe("Whose job it is, with that person's rights when it runs."),
    version: z.int(),
  })
  .meta({ id: "Schedule" });

const given = {
  name: text(80),
  job_type: text(60),
  parameters: z.record(z.string().max(60), z.unknown()).describe("As `POST /api/jobs` takes them."),
  cron: text(120),
  time_zone: text(60),
  missed_policy: z.enum(["once", "skip"], "Send once or skip."),
  priority: z.int("Send a whole number.").min(-100).max(100),
};

export const listSchedulesEndpoint = endpoint({
  method: "get",
  path: "/api/schedules",
  tag: "Jobs",
  summary: "Lists the schedules by name",
  description:
    "All of them: there are at most 200. Feeds that are fetched by a schedule of their own are not among them.",
  answer: { json: z.object({ data: z.array(scheduleJson) }).meta({ id: "Schedules" }) },
});

export const postScheduleEndpoint = endpoint({
  method: "post",
  path: "/api/schedules",
  tag: "Jobs",
  summary: "Makes a schedule",
  description: "Its jobs are yours, with your rights at the time they run.",
  body: z
    .strictObject({
      ...given,
      parameters: given.parameters.default({}),
      missed_policy: given.missed_policy.default("once"),
      priority: given.priority.default(0),
    })
    .meta({ id: "NewSchedule" }),
  answer: { json: scheduleJson, status: 201 },
  refusals: ["conflict"],
});

export const patchScheduleEndpoint = endpoint({
  method: "patch",
  path: "/api/schedules/{id}",
  tag: "Jobs",
  summary: "Changes a schedule, pauses it or lets it go on",
  description:
    "With a `version` that is no longer the schedule's the answer is 409 and nothing is saved. Whoever changes its job or parameters makes it theirs.",
  ...ids,
  body: z
    .strictObject({
      ...z.object(given).partial().shape,
      is_paused: z.boolean("Send true or false.").optional(),
      version: z.int(),
    })
    .meta({ id: "SchedulePatch" }),
  answer: { json: scheduleJson },
  refusals: ["conflict"],
});

export const deleteScheduleEndpoint = endpoint({
  method: "delete",
  path: "/api/schedules/{id}",
  tag: "Jobs",
  summary: "Deletes a schedule; its jobs stay",
  ...ids,
  query: z.object({ version: z.coerce.number("Send its version.").int("Send its version.") }),
  answer: { status: 204 },
  refusals: ["conflict"],
});

export const runScheduleEndpoint = endpoint({
  method: "post",
  path: "/api/schedules/{id}/run",
  tag: "Jobs",
  summary: "Starts a schedule's job now, as yours",
  ...ids,
  answer: { json: z.object({ job_id: z.uuid() }).meta({ id: "ScheduleRun" }) },
  refusals: ["conflict"],
});

export async function schedulePage(actor: Actor) {
  const { schedules } = await listSchedules(actor);
  return { data: schedules.map(toJson) };
}

export async function postSchedule(actor: Actor, body: z.output<typeof postScheduleEndpoint.body>) {
  const {
    name,
    parameters,
    priority,
    cron,
    job_type: jobType,
    time_zone: timeZone,
    missed_policy: missedPolicy,
  } = body;
  const input = { name, parameters, priority, jobType, missedPolicy, when: { cron, timeZone } };
  const { id } = await inApiNames(() => createSchedule(actor, parseInput(newSchedule, input)));
  return scheduleJsonOf(actor, id);
}

export async function patchSchedule(actor: Actor, id: string, body: z.output<typeof patchScheduleEndpoint.body>) {
  const { version, cron, time_zone: timeZone, job_type: jobType, missed_policy: missedPolicy, ...same } = body;
  const { is_paused: isPaused, ...rest } = same;
  const now = await getOrThrow(actor, id);
  const isMoved = cron !== undefined || timeZone !== undefined;
  const change = {
    ...rest,
    ...(jobType !== undefined && { jobType }),
    ...(missedPolicy !== undefined && { missedPolicy }),
    ...(isPaused !== undefined && { isPaused }),
    ...(isMoved && { when: { cron: cron ?? now.cron, timeZone: timeZone ?? now.timeZone } }),
  };
  await inApiNames(() => changeSchedule(actor, parseInput(scheduleChange, { scheduleId: id, version, change })));
  return scheduleJsonOf(actor, id);
}

export async function removeSchedule(actor: Actor, id: string, { version }: { version: number }) {
  await deleteSchedule(actor, { scheduleId: id, version });
  return new Response(null, { status: 204 });
}

export async function runSchedule(actor: Actor, id: string) {
  const { jobId } = await runScheduleNow(actor, { scheduleId: id });
  return { job_id: jobId };
}

/** What is refused is told by the names that the script sent. */
async function inApiNames<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError && error.fields)) throw error;
    const named = Object.entries(error.fields).map(([name, sentence]) => {
      const [first = "", ...rest] = name
        .replace(/^change\./, "")
        .replace(/^when\./, "")
        .split(".");
      return [[snakeCase(first), ...rest].join("."), sentence] as const;
    });
    throw new AppError(error.code, error.message, { fields: Object.fromEntries(named), cause: error });
  }
}

async function scheduleJsonOf(actor: Actor, id: string) {
  return toJson(await getOrThrow(actor, id));
}

async function getOrThrow(actor: Actor, id: string) {
  const schedule = await getSchedule(actor, id);
  if (!schedule) throw new AppError("not_found", "There is no such schedule.");
  return schedule;
}

function toJson(row: ScheduleRow): z.output<typeof scheduleJson> {
  const { id, name, cron, words, priority, version } = row;
  return {
    id,
    name,
    cron,
    words,
    priority,
    version,
    job_type: row.jobType,
    parameters: z.record(z.string(), z.unknown()).parse(row.parameters),
    time_zone: row.timeZone,
    missed_policy: row.missedPolicy,
    is_paused: row.isPaused,
    next_times: row.nextTimes.map((at) => iso(at)),
    last_at: iso(row.lastAt),
    last_problem: row.lastProblem,
    last_job_id: row.lastJob?.id ?? null,
    user_id: row.userId,
  };
}
