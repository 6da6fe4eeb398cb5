import "server-only";
import { z } from "zod";
import { type Actor, can } from "@/lib/auth/actor";
import { AppError, type FieldErrors } from "@/lib/errors";
import { readJob } from "../start-job";
import { schedulable } from "./schedulable";

const stored = z.record(z.string(), z.unknown());

/**
 * The kind of job and its parameters, as a schedule of `actor`'s may start them.
 * @throws {AppError} `forbidden`, `invalid_input` with a sentence per parameter, `not_found` for a kind that is gone
 */
export async function scheduledJob(actor: Actor, { jobType, parameters }: { jobType: string; parameters: unknown }) {
  const definition = schedulable(jobType);
  if (!definition) {
    const message = "No schedule can start this kind of job: it is done once.";
    throw new AppError("invalid_input", message, { fields: { jobType: message } });
  }
  if (!can(actor, definition.permission)) {
    throw new AppError("forbidden", `${definition.displayName}: ${actor.name}'s role does not allow this.`);
  }
  try {
    return await readJob(actor, { type: jobType, parameters: stored.parse(parameters) });
  } catch (error) {
    if (!(error instanceof AppError && error.fields)) throw error;
    const fields: FieldErrors = {};
    for (const [name, sentence] of Object.entries(error.fields)) fields[`parameters.${name}`] = sentence;
    throw new AppError(error.code, `${definition.displayName}: ${error.message}`, { fields, cause: error });
  }
}
