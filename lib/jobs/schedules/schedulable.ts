import "server-only";
import type { JobDefinition } from "../define-job";
import { type JobField, jobFields } from "../job-fields";
import type { ChoiceKind } from "../parameter";
import { jobDefinition, jobDefinitions } from "../registry";

/** What is there once: when the time comes again, it has been worked on. */
const THERE_ONCE: readonly ChoiceKind[] = ["run-in-review", "undoable-run", "category-run", "held-row"];

/** Kinds of job that a schedule can start. */
export function schedulableJobs(): JobDefinition[] {
  return jobDefinitions().filter(isSchedulable);
}

/** Undefined for a kind that is gone, or that no schedule can start. */
export function schedulable(jobType: string): JobDefinition | undefined {
  const definition = jobDefinition(jobType);
  return definition && isSchedulable(definition) ? definition : undefined;
}

/** Its parameters without uploads, which are there once. */
export function scheduledFields({ parameters }: JobDefinition): JobField[] {
  return jobFields(parameters).filter(({ control }) => control !== "uploads");
}

function isSchedulable({ parameters }: JobDefinition) {
  return jobFields(parameters).every(({ control, choose, isRequired }) => {
    const isOnce = control === "uploads" || (choose !== null && THERE_ONCE.includes(choose));
    return !(isRequired && isOnce);
  });
}
