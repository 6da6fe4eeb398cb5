import { z } from "zod";
import { CHOICE_KINDS, type ChoiceKind } from "./parameter";

/** How a parameter is entered. */
export type JobControl =
  | "text"
  | "long"
  | "path"
  | "number"
  | "switch"
  | "select"
  | "choice"
  | "choices"
  | "uploads"
  | "lines";

/** One parameter of a job type: what its form, its flag and its part of the API's document are made of. */
export interface JobField {
  /** As the parameters have it: `dryRun`. */
  name: string;
  /** As the command line has it: `dry-run`. */
  flag: string;
  /** As the API has it: `dry_run`. */
  apiName: string;
  title: string;
  help: string;
  control: JobControl;
  /** What `choice` and `choices` choose from. */
  choose: ChoiceKind | null;
  options: { value: string; label: string }[];
  isRequired: boolean;
  /** What is taken where nothing is given; undefined is nothing. */
  usual: unknown;
  min: number | null;
  max: number | null;
  /** A form shows it only while each of these has one of its values; null: always. */
  shownWhen: Record<string, string[]> | null;
}

const told = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  choose: z.enum(CHOICE_KINDS).optional(),
  control: z.enum(["uploads", "lines", "long", "path"]).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  shownWhen: z.record(z.string(), z.array(z.string())).optional(),
});

/**
 * The fields of a job's parameters, in their order.
 * @throws {Error} for a parameter that no form could ask for: the definition is wrong
 */
export function jobFields(parameters: z.ZodObject): JobField[] {
  return Object.entries(parameters.shape).map(([name, schema]) => jobField(name, schema));
}

function jobField(name: string, schema: z.core.$ZodType): JobField {
  const { inner, isOptional, usual, meta } = unwrap(schema);
  const { title, description, choose, control, labels, shownWhen } = told.parse(meta);
  const kind = kindOf(name, inner, { choose, control });
  const options = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
  const { min, max } = boundsOf(inner);
  return {
    name,
    flag: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    apiName: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    title: title ?? name,
    help: description ?? "",
    control: kind,
    choose: choose ?? null,
    options: options.map((value) => ({ value, label: labels?.[value] ?? value })),
    isRequired: !isOptional && usual === undefined,
    usual,
    min,
    max,
    shownWhen: shownWhen ?? null,
  };
}

/** Below its defaults and options; what it says of itself may stand on any of them, the outermost counts. */
function unwrap(schema: z.core.$ZodType) {
  let inner = schema;
  let isOptional = false;
  let usual: unknown;
  let meta: Record<string, unknown> = {};
  for (;;) {
    meta = { ...z.globalRegistry.get(inner), ...meta };
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
      usual ??= inner.def.defaultValue;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
      isOptional = true;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodPipe) {
      inner = inner.def.in;
    } else {
      return { inner, isOptional, usual, meta };
    }
  }
}

function kindOf(
  name: string,
  inner: z.core.$ZodType,
  { choose, control }: { choose?: ChoiceKind; control?: string },
): JobControl {
  if (inner instanceof z.ZodArray) return control === "uploads" ? "uploads" : choose ? "choices" : "lines";
  if (choose) return "choice";
  if (inner instanceof z.ZodBoolean) return "switch";
  if (inner instanceof z.ZodNumber) return "number";
  if (inner instanceof z.ZodEnum) return "select";
  if (inner instanceof z.ZodString || inner instanceof z.ZodStringFormat)
    return control === "long" || control === "path" ? control : "text";
  throw new Error(`No form can ask for the parameter ${name}: give it a text, number, yes or no, choice or list.`);
}

function boundsOf(inner: z.core.$ZodType) {
  if (!(inner instanceof z.ZodNumber)) return { min: null, max: null };
  const finite = (bound: number | null) =>
    bound !== null && Number.isSafeInteger(bound) && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : null;
  return { min: finite(inner.minValue), max: finite(inner.maxValue) };
}
