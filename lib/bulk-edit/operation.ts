import { z } from "zod";
import { FIELD_NAMES, fieldInfo, isProductField, type ProductField } from "@/lib/catalog/product-fields";

const DECIMAL = /^-?\d{1,9}(\.\d{1,6})?$/;
/** How a price may end. */
export const ENDINGS = [".99", ".95", ".90", ".49", ".00"] as const;

const field = z.enum(FIELD_NAMES);
const metafield = z
  .string()
  .max(330)
  .regex(/^metafield:[^.]{1,255}\..{1,255}$/s, "Choose a metafield from the list.");
/** A product's field, or `metafield:<namespace>.<key>`. */
const anyField = z.union([field, metafield]);
const typed = z.string("Enter the new value.").max(200_000, "Shorten this to 200,000 characters.");
const text = z.string("Enter the text.").max(5_000, "Shorten this to 5,000 characters.");
const decimal = z
  .string("Enter a number like 10 or -2.5.")
  .trim()
  .transform((value) => value.replace(",", ".").replace(/^\+/, "").replace(/^[−–]/, "-"))
  .refine((value) => DECIMAL.test(value), "Enter a number like 10 or -2.5.");

const set = z.object({ kind: z.literal("set"), field: anyField, value: typed.min(1, "Enter the new value.") });
const math = z.object({
  kind: z.literal("math"),
  field: anyField,
  how: z.enum(["percent", "add", "times"]),
  by: decimal,
  /** Prices alone: to the nearest one with this ending. */
  ending: z.enum(ENDINGS).optional(),
});
const round = z.object({ kind: z.literal("round"), field: anyField, ending: z.enum(ENDINGS) });
const replace = z.object({
  kind: z.literal("replace"),
  field: anyField,
  find: text.min(1, "Enter the text to find."),
  with: text,
  matchCase: z.boolean().default(true),
});
const affix = { field: anyField, text: text.min(1, "Enter the text.") };
const prefix = z.object({ kind: z.literal("prefix"), ...affix });
const suffix = z.object({ kind: z.literal("suffix"), ...affix });
const template = z.object({ kind: z.literal("template"), field: anyField, text: text.min(1, "Enter the template.") });
const letters = z.object({
  kind: z.literal("case"),
  field: anyField,
  to: z.enum(["upper", "lower", "title", "sentence"]),
});
const clear = z.object({ kind: z.literal("clear"), field: anyField });
/** Null takes it out of its category. */
const move = z.object({ kind: z.literal("move"), categoryId: z.uuid("Choose a category.").nullable() });
const status = z.object({ kind: z.literal("status"), to: z.enum(["draft", "active", "archived"]) });
/** Sets a metafield only where a product has none. */
const add = z.object({ kind: z.literal("add"), field: metafield, value: typed.min(1, "Enter the value.") });
const keep = z.object({ kind: z.literal("keep"), field: anyField });
const release = z.object({ kind: z.literal("release"), field: anyField });

/** One thing that is done to every product of a selection. */
export const operation = z
  .discriminatedUnion("kind", [
    set,
    clear,
    math,
    round,
    replace,
    prefix,
    suffix,
    template,
    letters,
    move,
    status,
    add,
    keep,
    release,
  ])
  .superRefine((of, context) => {
    const why = "field" in of ? whyNotOn(of.kind, of.field) : null;
    if (why) context.addIssue({ code: "custom", message: why, path: ["field"] });
    const wrong = of.kind === "template" ? wrongPlaceholder(of.text) : null;
    if (wrong) context.addIssue({ code: "custom", message: wrong, path: ["text"] });
  });
export type Operation = z.output<typeof operation>;
export type OperationKind = Operation["kind"];

/** What the changes of one field are named after: `category`, `priceCents`, `metafield:custom.grip`. */
export function changedField(of: Operation): string {
  if (of.kind === "move") return "category";
  if (of.kind === "status") return "status";
  return of.field === "categoryId" ? "category" : of.field;
}

const NUMBERS: readonly OperationKind[] = ["math", "round"];
const TEXTS: readonly OperationKind[] = ["replace", "prefix", "suffix", "template", "case"];

/** Why a kind of operation can't be done on a field, in words; null when it can. Metafields depend on their type. */
function whyNotOn(kind: OperationKind, name: string): string | null {
  if (!isProductField(name)) return null;
  const { control, label, required } = fieldInfo(name);
  const isNumber = control === "money" || control === "integer";
  if (kind === "keep" || kind === "release") return null;
  if (control === "category" || control === "status") return `${label} is changed by its own operation.`;
  if (kind === "clear" && required) return `Every product needs a ${label.toLowerCase()}: it can't be cleared.`;
  if (NUMBERS.includes(kind) && !isNumber) return `${label} is no number.`;
  if (kind === "round" && control !== "money") return `${label} is no price.`;
  if (TEXTS.includes(kind) && isNumber) return `${label} is a number: text can't be put into it.`;
  return null;
}

/** What a template can name beside metafields (`{namespace.key}`). */
export const PLACEHOLDERS: Record<string, ProductField | "sku" | "category"> = {
  name: "name",
  sku: "sku",
  brand: "brand",
  manufacturer: "manufacturer",
  mpn: "manufacturerPartNumber",
  category: "category",
  price: "priceCents",
};

const PLACEHOLDER = /\{([^{}]*)\}/g;

export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = ""]) => name.trim());
}

export function fillTemplate(template: string, fill: (name: string) => string): string {
  return template.replace(PLACEHOLDER, (_, name: string) => fill(name.trim()));
}

function wrongPlaceholder(template: string): string | null {
  const wrong = placeholdersOf(template).find((name) => !Object.hasOwn(PLACEHOLDERS, name) && !name.includes("."));
  if (wrong === undefined) return null;
  const known = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`);
  return `There is no {${wrong}}. Use ${known.join(", ")} or a metafield like {custom.colour}.`;
}

/** Operations of one bulk edit: each on a field of its own. */
export const operations = z
  .array(operation)
  .min(1, "Choose what to change.")
  .max(10, "Do at most 10 things at once.")
  .superRefine((all, context) => {
    const fields = all.map(changedField);
    const twice = fields.findIndex((name, at) => fields.indexOf(name) !== at);
    if (twice >= 0) {
      context.addIssue({ code: "custom", message: "Change each field once.", path: [twice] });
    }
  });
