import { type Rules, readJson } from "../codec";
import { compilePattern } from "../linear-regex";
import { codecOf } from "../types";

/** One validation a definition can have, as its form names it. */
export interface ValidationField {
  /** As Shopify names it: `min`, `regex`, `list.max` … */
  name: string;
  label: string;
  help: string;
  control: "text" | "number" | "lines";
}

const MIN_MAX_TEXT: ValidationField[] = [
  { name: "min", label: "Fewest characters", help: "", control: "number" },
  { name: "max", label: "Most characters", help: "", control: "number" },
];
const TEXT: ValidationField[] = [
  ...MIN_MAX_TEXT,
  {
    name: "regex",
    label: "Pattern",
    help: "A regular expression the text must match, like ^[A-Z]{2}-[0-9]+$.",
    control: "text",
  },
  { name: "choices", label: "Choices", help: "One per line. Nothing else can be entered.", control: "lines" },
];
const LIST: ValidationField[] = [
  { name: "list.min", label: "Fewest values", help: "", control: "number" },
  { name: "list.max", label: "Most values", help: "At most 128.", control: "number" },
];

/** The validations that fit a type, in the order of its form. */
export function validationsOf(type: string): ValidationField[] {
  if (type.startsWith("list.")) return [...LIST, ...validationsOf(type.slice("list.".length))];
  const bounds: ValidationField[] = [
    { name: "min", label: "Least", help: codecOf(type).hint, control: "text" },
    { name: "max", label: "Most", help: "", control: "text" },
  ];
  switch (type) {
    case "single_line_text_field":
    case "multi_line_text_field":
      return TEXT;
    case "number_decimal":
      return [...bounds, { name: "max_precision", label: "Decimal places", help: "At most 9.", control: "number" }];
    case "number_integer":
    case "date":
    case "date_time":
    case "dimension":
    case "weight":
    case "volume":
      return bounds;
    case "rating":
      return [
        { name: "scale_min", label: "Lowest rating", help: "", control: "number" },
        { name: "scale_max", label: "Highest rating", help: "", control: "number" },
      ];
    case "url":
      return [{ name: "allowed_domains", label: "Domains", help: "One per line, like example.com.", control: "lines" }];
    default:
      return [];
  }
}

/** What is wrong with validations for a type, a sentence per name; nothing when they can be saved. */
export function wrongValidations(type: string, rules: Rules): Record<string, string> {
  const fields = new Map(validationsOf(type).map((field) => [field.name, field]));
  const wrong: Record<string, string> = {};
  for (const [name, value = ""] of Object.entries(rules)) {
    const field = fields.get(name);
    const error = field ? wrongValue(type, field, value) : `This type has no validation "${name}".`;
    if (error) wrong[name] = error;
  }
  for (const [low, high] of [
    ["min", "max"],
    ["list.min", "list.max"],
    ["scale_min", "scale_max"],
  ] as const) {
    if (!wrong[low] && !wrong[high] && isAbove(type, rules[low], rules[high]))
      wrong[high] = "Enter more than the least.";
  }
  if (type.endsWith("rating") && Boolean(rules.scale_min) !== Boolean(rules.scale_max)) {
    wrong[rules.scale_min ? "scale_max" : "scale_min"] = "Enter both ends of the scale.";
  }
  return wrong;
}

function wrongValue(type: string, { name, control }: ValidationField, value: string): string | null {
  if (name === "regex") {
    const compiled = compilePattern(value);
    return compiled.ok ? null : compiled.error;
  }
  if (control === "lines") {
    const lines = readJson(value);
    const isList = Array.isArray(lines) && lines.length > 0 && lines.every((line) => typeof line === "string");
    return isList ? null : "Enter one per line.";
  }
  if (control === "number") {
    const isScale = name.startsWith("scale_");
    if (!(isScale ? /^-?\d{1,6}(\.\d{1,4})?$/ : /^\d{1,6}$/).test(value)) return "Enter a number like 3.";
    if (name === "list.max" && Number(value) > 128) return "Shopify takes at most 128 values.";
    return name === "max_precision" && Number(value) > 9 ? "Shopify takes at most 9 decimal places." : null;
  }
  const parsed = codecOf(elementOf(type)).parse(value);
  return parsed.ok ? null : parsed.error;
}

function isAbove(type: string, low: string | undefined, high: string | undefined) {
  if (!low || !high) return false;
  const element = codecOf(elementOf(type));
  const [a, b] = [low, high].map((text) => rank(element, text));
  return a !== undefined && b !== undefined && a > b;
}

function rank(codec: ReturnType<typeof codecOf>, text: string) {
  const value = codec.toNumber(text) ?? codec.toDate(text)?.getTime() ?? Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function elementOf(type: string) {
  return type.replace(/^list\./, "");
}
