import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { formatPlural } from "@/lib/format";
import { getChoice } from "./choices";
import { formValues, shownFields } from "./form-values";
import { getGivenParameters } from "./given-parameters";
import { type JobField, jobFields } from "./job-fields";
import { listOf, type ReadableEntry, type ReadableValue } from "./readable-values";
import { jobDefinition } from "./registry";

/**
 * What a job was given, as its form calls it and with the names of what it is about; null where only its payload is
 * known.
 */
export async function parametersInWords(actor: Actor, jobId: string): Promise<ReadableEntry[] | null> {
  assertCan(actor, "job:read");
  const given = await getGivenParameters(actor, jobId);
  const definition = given && jobDefinition(given.type);
  if (!definition || !given?.values) return null;
  const fields = jobFields(definition.parameters);
  // With what is usual where nothing was given; as it was given where the kind wants other parameters by now.
  const values: Record<string, unknown> = definition.parameters.safeParse(given.values).data ?? given.values;
  const shown = shownFields(fields, formValues(fields, values));
  const entries = await Promise.all(shown.map((field) => entryOf(actor, field, values[field.name])));
  return entries.filter((entry) => entry !== null);
}

async function entryOf(actor: Actor, field: JobField, value: unknown): Promise<ReadableEntry | null> {
  if (value === undefined || value === null || value === "") return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return { name: field.name, label: field.title, value: await toValue(actor, field, value) };
}

async function toValue(actor: Actor, { control, choose, options }: JobField, value: unknown): Promise<ReadableValue> {
  if (choose) {
    const found = await Promise.all([value].flat().map((one) => getChoice(actor, choose, String(one))));
    const [only] = found;
    if (found.length === 1) return { kind: "text", text: only?.label ?? "is gone by now", href: only?.href };
    return listOf(found.map((choice) => choice?.label ?? "one that is gone by now"));
  }
  if (Array.isArray(value)) {
    return control === "uploads"
      ? { kind: "text", text: formatPlural(value.length, "file") }
      : listOf(value.map(String));
  }
  if (typeof value === "boolean") return { kind: "text", text: value ? "yes" : "no" };
  if (typeof value === "number") return { kind: "number", value, isBytes: false };
  return { kind: "text", text: options.find((one) => one.value === value)?.label ?? String(value) };
}
