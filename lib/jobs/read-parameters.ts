import type { z } from "zod";
import { AppError, type FieldErrors } from "@/lib/errors";
import { type JobField, jobFields } from "./job-fields";

/**
 * What a form, a command or the API gave, by the names of the parameters, with texts made what they stand for.
 * Names may be written as the command line (`dry-run`) or the API (`dry_run`) writes them.
 * @throws {AppError} `invalid_input` for a name that is none of the job's
 */
export function givenValues(fields: readonly JobField[], given: Record<string, unknown>): Record<string, unknown> {
  const byName = new Map(
    fields.flatMap((field) => [field.name, field.flag, field.apiName].map((name) => [name, field])),
  );
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = byName.get(name);
    if (!field) {
      const known = fields.map((one) => one.apiName).join(", ");
      const message = `There is no parameter "${name}". ${known ? `This job takes ${known}.` : "This job takes none."}`;
      throw new AppError("invalid_input", message, { fields: { [name]: message } });
    }
    const read = readValue(field, value);
    if (read !== undefined) values[field.name] = read;
  }
  return values;
}

/** Undefined is nothing: the usual is taken. What is no such value is left for the schema to refuse. */
function readValue({ control, isRequired, usual }: JobField, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  switch (control) {
    case "switch":
      return value === "true" ? true : value === "false" ? false : value;
    case "number":
      if (typeof value !== "string") return value;
      if (value.trim() === "") return undefined;
      return Number.isNaN(Number(value)) ? value : Number(value);
    case "lines":
    case "choices":
    case "uploads":
      return listOf(value);
    default:
      // An empty box means nothing; where nothing is no answer, the schema says so.
      return value === "" && !isRequired && usual !== "" ? undefined : value;
  }
}

function listOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/**
 * The parameters, checked.
 * @throws {AppError} `invalid_input` with a sentence that names each wrong parameter
 */
export function readParameters<S extends z.ZodObject>(schema: S, values: Record<string, unknown>): z.output<S> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw wrongParameters(
    schema,
    parsed.error.issues.map((issue) => [String(issue.path[0] ?? ""), sentence(issue)] as const),
  );
}

/** The schema's own sentence, or one for what it leaves to the library. */
function sentence(issue: z.core.$ZodIssue): string {
  if (!LIBRARY_WORDS.test(issue.message)) return issue.message;
  if (issue.code === "invalid_value") return `Choose one of ${issue.values.join(", ")}.`;
  if (issue.code === "invalid_type") return WANTED[issue.expected] ?? "This is no such value.";
  const isSize = issue.code === "too_small" || issue.code === "too_big";
  if (!isSize) return "This is no such value.";
  const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  if (issue.origin === "string") return `Use ${bound} characters.`;
  return issue.origin === "array" ? `Give ${bound}.` : `Enter ${bound}.`;
}

const LIBRARY_WORDS = /^(Invalid|Too small|Too big|Unrecognized)/;
const WANTED: Record<string, string> = {
  string: "Enter a text.",
  number: "Enter a number.",
  int: "Enter a whole number.",
  boolean: "Say true or false.",
  array: "Give a list.",
};

/** A refusal that names the parameters by their titles. */
export function wrongParameters(schema: z.ZodObject, wrong: readonly (readonly [string, string])[]): AppError {
  const fields: FieldErrors = {};
  for (const [name, message] of wrong) fields[name] ??= message;
  const titles = new Map(jobFields(schema).map(({ name, title }) => [name, title]));
  const sentences = Object.entries(fields).map(([name, message]) => {
    const title = titles.get(name);
    return title ? `${title}: ${message}` : message;
  });
  return new AppError("invalid_input", sentences.join(" "), { fields });
}
