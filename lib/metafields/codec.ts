import { fold } from "@/lib/search/fold";

/** A definition's validations by name, as Shopify names them: `min`, `max`, `regex`, `choices`, `max_precision` … */
export type Rules = Partial<Record<string, string>>;

export type Parsed = { ok: true; value: string } | { ok: false; error: string };

export type Control = "text" | "multiline" | "number" | "yes-no" | "date" | "date-time" | "url" | "color" | "list";

/** One metafield type. Values go in and out as the text Shopify stores; what a person types is only read by `parse`. */
export interface Codec {
  readonly label: string;
  /** What to type, as a sentence: also the error when it is something else. */
  readonly hint: string;
  readonly control: Control;
  /** The stored text is JSON: a list holds it bare instead of quoted. */
  readonly isJson: boolean;
  /** Reads what a person typed, or a stored value, and checks it against the rules. */
  parse(typed: string, rules?: Rules): Parsed;
  /** What a form shows for a stored value; a value that misfits is shown as it stands. */
  edit(stored: string): string;
  display(stored: string): string;
  /** For filters and sorts; measures in millimetres, grams and millilitres. Null when the type has none. */
  toNumber(stored: string): number | null;
  toDate(stored: string): Date | null;
  compare(a: string, b: string): number;
}

/** What makes up a type; `V` is its value in memory. */
export interface Shape<V> {
  label: string;
  hint: string;
  control: Control;
  /** Null: this is no such value. */
  read(text: string, rules: Rules): V | null;
  store(value: V): string;
  edit?(value: V): string;
  display?(value: V): string;
  number?(value: V): number;
  date?(value: V): Date;
  /** What `min` and `max` count, and in which words; a number or date by default. */
  size?: { of(value: V): number; unit: string };
  check?(value: V, rules: Rules): string | null;
  isJson?: boolean;
  /** Shopify's limit, in characters of the stored text. */
  maxLength?: number;
}

/** Shopify's limit for every type but JSON, in characters. */
const MAX_LENGTH = 65_535;

export function codec<V>(shape: Shape<V>): Codec {
  const read = (stored: string) => shape.read(stored, {});
  const orAsStored = (stored: string, show: (value: V) => string) => {
    const value = read(stored);
    return value === null ? stored : show(value);
  };
  const edit = shape.edit ?? shape.store;
  const display = shape.display ?? edit;
  const toNumber = (stored: string) => measure(read(stored), shape.number);
  const toDate = (stored: string) => measure(read(stored), shape.date);
  return {
    label: shape.label,
    hint: shape.hint,
    control: shape.control,
    isJson: shape.isJson ?? false,
    parse(typed, rules = {}) {
      if (typed.trim() === "") return { ok: false, error: "Enter a value, or remove the metafield." };
      const value = shape.read(typed, rules);
      if (value === null) return { ok: false, error: shape.hint };
      const error = shape.check?.(value, rules) ?? outOfBounds(shape, value, rules);
      if (error) return { ok: false, error };
      const stored = shape.store(value);
      const limit = shape.maxLength ?? MAX_LENGTH;
      if (stored.length > limit) {
        return {
          ok: false,
          error: `Shorten this to ${limit.toLocaleString("en")} characters; it has ${stored.length}.`,
        };
      }
      return { ok: true, value: stored };
    },
    edit: (stored) => orAsStored(stored, edit),
    display: (stored) => orAsStored(stored, display),
    toNumber,
    toDate,
    compare(a, b) {
      const [first, second] = [rank(a), rank(b)];
      if (first !== null && second !== null) return first - second;
      return compareText(fold(a), fold(b)) || compareText(a, b);
    },
  };

  function rank(stored: string) {
    return toNumber(stored) ?? toDate(stored)?.getTime() ?? null;
  }
}

function measure<V, T>(value: V | null, of: ((value: V) => T) | undefined): T | null {
  return value === null || !of ? null : of(value);
}

function outOfBounds<V>(shape: Shape<V>, value: V, rules: Rules): string | null {
  const size = sizeOf(shape, value);
  if (size === null) return null;
  const unit = shape.size ? ` ${shape.size.unit}` : "";
  for (const bound of ["min", "max"] as const) {
    const rule = rules[bound];
    if (rule === undefined) continue;
    const limit = shape.size ? Number(rule) : limitOf(shape, rule);
    if (limit === null || Number.isNaN(limit)) continue;
    const shown = shape.size ? rule : (shape.display ?? shape.edit ?? shape.store)(shape.read(rule, rules) ?? value);
    if (bound === "min" && size < limit) return `Enter ${shown}${unit} or more.`;
    if (bound === "max" && size > limit) return `Enter ${shown}${unit} or less.`;
  }
  return null;
}

function limitOf<V>(shape: Shape<V>, rule: string): number | null {
  const limit = shape.read(rule, {});
  return limit === null ? null : sizeOf(shape, limit);
}

function sizeOf<V>(shape: Shape<V>, value: V): number | null {
  if (shape.size) return shape.size.of(value);
  return shape.number?.(value) ?? shape.date?.(value).getTime() ?? null;
}

function compareText(a: string, b: string) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The value of a JSON text, or undefined when it is not JSON: the only question asked of a parse error here. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
