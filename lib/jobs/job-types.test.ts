import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parametersSchema } from "@/lib/api/job-types";
import { can } from "@/lib/auth/actor";
import { readJobFlags, writeJobFlags } from "@/lib/cli/job-flags";
import { AppError } from "@/lib/errors";
import { actor } from "@/lib/testing/factories";
import { formValues } from "./form-values";
import { type JobField, jobFields } from "./job-fields";
import { givenValues, readParameters } from "./read-parameters";
import { jobDefinitions } from "./registry";

const TYPES = jobDefinitions().map((definition) => ({ name: definition.name, definition }));
/** Words of the command itself. */
const TAKEN = ["wait", "json", "help"];

/** Any value that a person could enter for a field, as its control or its flag has it. */
function anyValue(field: JobField): fc.Arbitrary<unknown> {
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() !== "");
  switch (field.control) {
    case "switch":
      return fc.boolean();
    case "number":
      return fc.integer({ min: field.min ?? -1_000, max: field.max ?? 1_000 });
    case "select":
      return fc.constantFrom(...field.options.map(({ value }) => value));
    case "uploads":
      return fc.array(fc.uuid({ version: 7 }), { minLength: 1, maxLength: 3 });
    case "lines":
    case "choices":
      return fc.array(
        text.map((value) => `a=${value}`.replaceAll("\n", " ").trim()),
        { minLength: 1, maxLength: 4 },
      );
    case "path":
      return text.map((value) => `/${value.replaceAll(/[\s/.]/g, "x")}`);
    default:
      return text;
  }
}

function anyValues(fields: JobField[]): fc.Arbitrary<Record<string, unknown>> {
  const entries = fields.map((field) => [field.name, fc.option(anyValue(field), { nil: undefined })] as const);
  return fc.record(Object.fromEntries(entries));
}

const given = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function outcome(read: () => unknown) {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof AppError) return { refused: error.fields };
    throw error;
  }
}

describe.each(TYPES)("$name", ({ definition }) => {
  const fields = jobFields(definition.parameters);

  test("says what it does, who may start it and what happens when it runs twice", () => {
    expect(definition.description).toMatch(/^[A-Z].*\.$/s);
    expect(definition.idempotency).toMatch(/^[A-Z].*\.$/s);
    expect(definition.stages.length).toBeGreaterThan(0);
    expect(can(actor("admin"), definition.permission)).toBe(true);
    expect(definition.concurrency).toBeGreaterThan(0);
  });

  test("has a form, flags and a schema of the very same parameters", () => {
    const names = Object.keys(definition.parameters.shape);
    expect(fields.map(({ name }) => name)).toEqual(names);
    expect(Object.keys(formValues(fields))).toEqual(names);
    expect(Object.keys(parametersSchema(definition.parameters).properties ?? {})).toEqual(
      fields.map(({ apiName }) => apiName),
    );
    expect(fields.filter(({ flag }) => TAKEN.includes(flag))).toEqual([]);
    expect(
      new Set(fields.flatMap(({ flag, control }) => (control === "switch" ? [flag, `no-${flag}`] : [flag]))).size,
    ).toBe(fields.length + fields.filter(({ control }) => control === "switch").length);
    for (const { title, name, options, control } of fields) {
      expect(title, name).toMatch(/^[A-Z]/);
      if (control === "select") expect(options.every(({ label }) => label !== "")).toBe(true);
    }
  });

  test("reads its flags as they were written, and a form's texts as the same", () => {
    fc.assert(
      fc.property(anyValues(fields), (values) => {
        const flags = readJobFlags(definition, writeJobFlags(fields, values));
        expect(flags).toMatchObject({ wait: false, json: false });
        expect(givenValues(fields, flags.values)).toEqual(given(values));
        const read = (raw: Record<string, unknown>) =>
          outcome(() => readParameters(definition.parameters, givenValues(fields, raw)));
        const byFlags = read(flags.values);
        expect(read(given(values))).toEqual(byFlags);
        // A box left empty is the usual, as a flag left out is.
        expect(read(formValues(fields, given(values)))).toEqual(byFlags);
        const byApi = fields.map(({ name, apiName }) => [apiName, given(values)[name]]);
        expect(read(given(Object.fromEntries(byApi)))).toEqual(byFlags);
      }),
      { numRuns: 30 },
    );
  });

  test("names every wrong parameter in a sentence, and those there are when one is unknown", () => {
    for (const { name, title } of fields) {
      const told = outcome(() => readParameters(definition.parameters, { [name]: { no: "value" } }));
      expect(told).toHaveProperty(["refused", name], expect.stringMatching(/^[A-Z].*\.$/s));
      try {
        readParameters(definition.parameters, { [name]: { no: "value" } });
      } catch (error) {
        expect(String(error)).toContain(`${title}: `);
      }
    }
    const unknown = outcome(() => givenValues(fields, { colour: "red" }));
    expect(unknown).toEqual({
      refused: { colour: expect.stringMatching(/^There is no parameter "colour"\. This job takes .*\.$/) },
    });
  });
});

test("a schedule can start what there is a use in again and again, not what is done for good or about what is there once", () => {
  const once = jobDefinitions().filter(({ recurs }) => !recurs);
  expect(once.map(({ name }) => name).sort()).toEqual([
    "category.merge",
    "category.words",
    "database.compact",
    "feed.sample",
    "products.purge-plan",
    "sample.edits",
    "sync.answer",
    "sync.apply",
    "sync.plan-undo",
    "sync.undo",
  ]);
  const thereOnce = ["run-in-review", "undoable-run", "category-run", "held-row"];
  for (const { name, recurs, parameters } of jobDefinitions()) {
    const needsOnce = jobFields(parameters).some(
      ({ control, choose, isRequired }) => isRequired && (control === "uploads" || thereOnce.includes(choose ?? "")),
    );
    expect(recurs && needsOnce, name).toBe(false);
  }
});

test("a number, a yes or no and a list are read from texts; bounds and choices refuse in words", () => {
  const schema = z.object({
    count: z.number().int().min(1).max(5).default(2).meta({ title: "Count" }),
    isFast: z.boolean().default(true).meta({ title: "Fast" }),
    names: z.array(z.string()).max(2).default([]).meta({ title: "Names" }),
    size: z.enum(["s", "l"]).meta({ title: "Size" }),
  });
  const read = (values: Record<string, unknown>) =>
    outcome(() => readParameters(schema, givenValues(jobFields(schema), values)));
  expect(read({ count: "4", "is-fast": "false", names: "a\n\n b ", size: "s" })).toEqual({
    read: { count: 4, isFast: false, names: ["a", "b"], size: "s" },
  });
  expect(read({ count: "", size: "l" })).toEqual({ read: { count: 2, isFast: true, names: [], size: "l" } });
  expect(read({ count: "9", is_fast: "perhaps", names: ["a", "b", "c"] })).toEqual({
    refused: {
      count: "Enter at most 5.",
      isFast: "Say true or false.",
      names: "Give at most 2.",
      size: "Choose one of s, l.",
    },
  });
});

test("a definition that no form could ask for is found at once", () => {
  expect(() => jobFields(z.object({ when: z.date() }))).toThrow("No form can ask for the parameter when");
});
