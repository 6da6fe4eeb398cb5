import "server-only";
import { type Actor, can } from "@/lib/auth/actor";
import { AppError, type FieldErrors } from "@/lib/errors";
import type { JobDefinition } from "../define-job";
import { jobDefinition } from "../registry";

/**
 * The kind of job and its parameters, as a schedule of `actor`'s may start them.
 * @throws {AppError} `forbidden`, `invalid_input` with a sentence per parameter, `not_found` for a kind that is gone
 */
export function scheduledJob(
  actor: Actor,
  { jobType, parameters }: { jobType: string; parameters: unknown },
): { definition: JobDefinition; parameters: Record<string, unknown> } {
  const definition = jobDefinition(jobType);
  if (!definition) {
    const message = `There is no kind of job "${jobType}".`;
    throw new AppError("not_found", message, { fields: { jobType: message } });
  }
  if (!can(actor, definition.permission)) {
    throw new AppError("forbidden", `${definition.displayName}: ${actor.name}'s role does not allow this.`);
  }
  const parsed = definition.parameters.safeParse(parameters);
  if (parsed.success) return { definition, parameters: parsed.data };
  const fields: FieldErrors = {};
  for (const issue of parsed.error.issues) fields[`parameters.${issue.path.join(".")}`] ??= issue.message;
  const first = parsed.error.issues[0];
  const message = `${definition.displayName} does not take these settings: ${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`;
  throw new AppError("invalid_input", message, { fields });
}
