import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { getChoice } from "./choices";
import type { JobDefinition } from "./define-job";
import { type JobField, jobFields } from "./job-fields";
import { startedFrom } from "./origin";
import { givenValues, readParameters, wrongParameters } from "./read-parameters";
import { jobDefinition } from "./registry";

export const newJob = z.object({
  type: z.string("Name the kind of job.").min(1, "Name the kind of job.").max(60),
  /** By the names of the kind's parameters, in any of their spellings. */
  parameters: z.record(z.string().max(60), z.unknown(), "Send the parameters as an object.").default({}),
  /** The job it repeats. */
  clonedFromId: z.uuid().optional(),
});

/**
 * Starts a job of a kind by hand: from its form, its command or the API, all by this.
 * @throws {AppError} `forbidden`; `not_found` for a kind there is none of; `invalid_input` with a sentence that names
 * each wrong parameter; as the kind's own `start`
 */
export async function startJob(actor: Actor, input: z.input<typeof newJob>): Promise<{ jobId: string }> {
  const { type, parameters, clonedFromId } = newJob.parse(input);
  const { definition, given, checked } = await readJob(actor, { type, parameters });
  if (clonedFromId) await assertOfType(clonedFromId, definition);
  const { jobId } = await startedFrom({ clonedFromId, given }, () => definition.start(actor, checked));
  return { jobId };
}

/**
 * The kind of job that somebody asks for, with its parameters: as given, with the ids of what they name, and checked.
 * @throws {AppError} as startJob
 */
export async function readJob(
  actor: Actor,
  { type, parameters }: { type: string; parameters: Record<string, unknown> },
) {
  const definition = jobDefinitionOrThrow(type);
  assertCan(actor, definition.permission);
  const fields = jobFields(definition.parameters);
  const given = await resolved(actor, definition, fields, givenValues(fields, parameters));
  return { definition, given, checked: readParameters(definition.parameters, given) };
}

/** @throws {AppError} `not_found` */
export function jobDefinitionOrThrow(type: string): JobDefinition {
  const definition = jobDefinition(type);
  if (!definition) throw new AppError("not_found", `There is no kind of job "${type.slice(0, 60)}".`);
  return definition;
}

/** With the ids of what the parameters name. */
async function resolved(
  actor: Actor,
  { parameters }: JobDefinition,
  fields: readonly JobField[],
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const ids: Record<string, unknown> = {};
  const wrong: [string, string][] = [];
  for (const { name, choose } of fields) {
    if (!choose) continue;
    const value = values[name];
    const found = await Promise.all([value].flat().map((one) => idOf(actor, choose, one)));
    const lost = found.find((one) => one.isLost);
    if (lost) wrong.push([name, `There is none that is called "${String(lost.id).slice(0, 80)}", or more than one.`]);
    else if (value !== undefined) ids[name] = Array.isArray(value) ? found.map(({ id }) => id) : found[0]?.id;
  }
  if (wrong.length > 0) throw wrongParameters(parameters, wrong);
  return { ...values, ...ids };
}

/** What is no text is left for the schema to refuse. */
async function idOf(actor: Actor, kind: NonNullable<JobField["choose"]>, value: unknown) {
  if ((typeof value !== "string" && typeof value !== "number") || value === "") return { id: value, isLost: false };
  const choice = await getChoice(actor, kind, String(value));
  return choice ? { id: choice.value, isLost: false } : { id: value, isLost: true };
}

async function assertOfType(jobId: string, { name, displayName }: JobDefinition) {
  const job = await db.job.findUnique({ where: { id: jobId }, select: { jobType: true } });
  if (job?.jobType === name) return;
  const message = `The job to run again is not there, or is no "${displayName}".`;
  throw new AppError("not_found", message, { fields: { clonedFromId: message } });
}
