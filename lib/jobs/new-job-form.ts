import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type Choice, getChoice, listChoices } from "./choices";
import { type FormValues, formValues } from "./form-values";
import { type JobField, jobFields } from "./job-fields";
import { jobDefinitionOrThrow } from "./start-job";

/** What the form of a kind of job shows when it opens. */
export interface JobForm {
  fields: JobField[];
  values: FormValues;
  /** What is chosen, by field. */
  chosen: Record<string, Choice[]>;
}

/**
 * The form of a kind of job, with `given` filled in. What is gone by now is left out; where a choice must be made and
 * there is only one, it is made.
 */
export async function newJobForm(actor: Actor, type: string, given: Record<string, unknown> = {}): Promise<JobForm> {
  const fields = jobFields(jobDefinitionOrThrow(type).parameters);
  const chosen = Object.fromEntries(
    await Promise.all(
      fields.map(async (field) => [field.name, await chosenOf(actor, field, given[field.name])] as const),
    ),
  );
  const values = formValues(fields, given);
  for (const { name, control } of fields) {
    const ids = (chosen[name] ?? []).map(({ value }) => value);
    if (control === "choice") values[name] = ids[0] ?? "";
    if (control === "choices") values[name] = ids;
    // Uploads are taken by the job they were sent for.
    if (control === "uploads") values[name] = [];
  }
  return { fields, values, chosen };
}

async function chosenOf(actor: Actor, { choose, isRequired, usual }: JobField, given: unknown): Promise<Choice[]> {
  if (!choose) return [];
  const wanted = [given ?? usual ?? []]
    .flat()
    .filter((value) => typeof value === "string" || typeof value === "number");
  const found = await Promise.all(wanted.map((value) => getChoice(actor, choose, String(value))));
  const there = found.filter((choice) => choice !== null);
  if (there.length > 0 || !isRequired) return there;
  const [only, ...others] = await listChoices(actor, { kind: choose, q: "" });
  return only && others.length === 0 ? [only] : [];
}
