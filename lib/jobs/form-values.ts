import type { JobField } from "./job-fields";

/** What a control of a form holds. */
export type FormValue = string | boolean | string[];
export type FormValues = Record<string, FormValue>;

/** What a form shows when it opens: the usual values, or those given. */
export function formValues(fields: readonly JobField[], given: Record<string, unknown> = {}): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, shown(field, given[field.name] ?? field.usual)]));
}

function shown({ control }: JobField, value: unknown): FormValue {
  if (control === "switch") return value === true;
  if (control === "lines" || control === "choices" || control === "uploads") {
    return Array.isArray(value) ? value.map(String) : [];
  }
  return value === undefined || value === null ? "" : String(value);
}

/** The fields that belong to what is chosen elsewhere in the form. */
export function shownFields(fields: readonly JobField[], values: FormValues): JobField[] {
  return fields.filter(({ shownWhen }) =>
    Object.entries(shownWhen ?? {}).every(([name, wanted]) => wanted.includes(String(values[name]))),
  );
}
