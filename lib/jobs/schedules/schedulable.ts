import "server-only";
import type { JobDefinition } from "../define-job";
import { type JobField, jobFields } from "../job-fields";
import { jobDefinition, jobDefinitions } from "../registry";

/** Kinds of job that a schedule can start. */
export function schedulableJobs(): JobDefinition[] {
  return jobDefinitions().filter(({ recurs }) => recurs);
}

/** Undefined for a kind that is gone, or that no schedule can start. */
export function schedulable(jobType: string): JobDefinition | undefined {
  const definition = jobDefinition(jobType);
  return definition?.recurs ? definition : undefined;
}

/** Its parameters without uploads, which are there once. */
export function scheduledFields({ parameters }: JobDefinition): JobField[] {
  return jobFields(parameters).filter(({ control }) => control !== "uploads");
}
