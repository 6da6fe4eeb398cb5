import { z } from "zod";
import { fieldConflict } from "@/lib/catalog/product-changes";
import { AppError, ERROR_CODES } from "@/lib/errors";

const value = z.union([z.string(), z.number(), z.null()]);

const conflictJson = z.object({
  field: z.string().describe("As the request named it."),
  from: value.describe("What the caller saw."),
  yours: value.describe("What the caller sent; it was not saved."),
  theirs: value.describe("What stands."),
});

export const failureJson = z
  .object({
    error: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string().describe("A sentence for people."),
      fields: z.record(z.string(), z.string()).optional().describe("A sentence per field."),
      ref: z.string().optional().describe("Names the log's line of an unexpected failure."),
      details: z
        .looseObject({ conflicts: z.array(conflictJson).optional() })
        .optional()
        .describe("For `conflict` both values of each field."),
    }),
  })
  .meta({ id: "Error" });

type Value = z.output<typeof value>;

/** How a request spoke of a field: by which name, and in which form of its values. */
export interface FieldForm {
  name: string;
  write(value: Value): Value;
}

const conflictDetails = z.object({ conflicts: z.array(fieldConflict) });

/** Does `work`; a refusal that names fields leaves with the names and forms that the request used. */
export async function inRequestWords<T>(formOf: (field: string) => FieldForm, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Nothing is recovered: the same refusal goes on, in the caller's words.
    throw error instanceof AppError ? reworded(error, formOf) : error;
  }
}

function reworded(error: AppError, formOf: (field: string) => FieldForm): AppError {
  const collided = conflictDetails.safeParse(error.details).data?.conflicts;
  if (error.code === "conflict" && collided) {
    const conflicts = collided.map(({ field, from, yours, theirs }) => {
      const { name, write } = formOf(field);
      return { field: name, from: write(from), yours: write(yours), theirs: write(theirs) };
    });
    const fields = Object.fromEntries(conflicts.map((one) => [one.field, conflictWords(one)]));
    return new AppError("conflict", error.message, { cause: error, fields, details: { conflicts } });
  }
  if (!error.fields) return error;
  const fields = Object.entries(error.fields).map(([field, sentence]) => [formOf(field).name, sentence]);
  return new AppError(error.code, error.message, { cause: error, fields: Object.fromEntries(fields) });
}

function conflictWords({ from, yours, theirs }: { from: Value; yours: Value; theirs: Value }) {
  return `You saw ${said(from)} and sent ${said(yours)}; it is ${said(theirs)} now.`;
}

/** Descriptions can be long. */
function said(value: Value) {
  const words = value === null ? "nothing" : `“${value}”`;
  return words.length > 200 ? `${words.slice(0, 199)}…` : words;
}
