import { editField, fieldInfo, isProductField } from "@/lib/catalog/product-fields";
import { codecOf } from "@/lib/metafields/types";
import type { CatalogueProduct } from "@/lib/sync/diff-product";
import { addDecimals, multiplyDecimals, readDecimal, roundDecimal, toEnding, writeDecimal } from "./decimal";
import { type EditWorld, labelOf, presentColumn } from "./edited";
import { fillTemplate, type Operation, PLACEHOLDERS, placeholdersOf } from "./operation";

type Made = { text: string | null } | { refused: string };

/** The new value as a person would type it; null for none. */
export function newText(
  of: Operation,
  field: string,
  present: string,
  product: CatalogueProduct,
  world: EditWorld,
  type?: string,
): Made {
  switch (of.kind) {
    case "set":
    case "add":
      return { text: of.value };
    case "clear":
      return { text: null };
    case "math":
    case "round":
      return calculate(of, field, present, type);
    default:
      if (type !== undefined && !TEXT_TYPES.includes(type)) {
        return { refused: `${field} is no text: it is ${codecOf(type).label.toLowerCase()}.` };
      }
      return rewrite(of, labelOf(field), present, product, world);
  }
}

const TEXT_TYPES: readonly string[] = ["single_line_text_field", "multi_line_text_field", "url", "string"];
const NUMBER_DIGITS: Record<string, number> = { number_integer: 0, integer: 0, number_decimal: 9, float: 9 };

function calculate(
  of: Extract<Operation, { kind: "math" | "round" }>,
  field: string,
  present: string,
  type: string | undefined,
): Made {
  const label = labelOf(field);
  const isMoney = isProductField(field) && fieldInfo(field).control === "money";
  const digits = type === undefined ? (isMoney ? 2 : 0) : NUMBER_DIGITS[type];
  if (digits === undefined) return { refused: `${label} is no number.` };
  if (of.kind === "round" && !isMoney) return { refused: `${label} is no price.` };
  if (present === "") return { refused: `${label} is not known: there is nothing to calculate from.` };
  const value = readDecimal(present);
  if (!value) return { refused: `${label} is no plain number.` };
  let next = value;
  if (of.kind === "math") {
    const by = readDecimal(of.by) ?? { units: 0n, scale: 0 };
    if (of.how === "add") next = addDecimals(value, by);
    else if (of.how === "times") next = multiplyDecimals(value, by);
    else next = multiplyDecimals(value, addDecimals({ units: 1n, scale: 0 }, { ...by, scale: by.scale + 2 }));
  }
  const rounded = roundDecimal(next, digits);
  if (rounded.units < 0n) return { refused: `${label} would be ${writeDecimal(rounded)}: below 0.` };
  if (isMoney && rounded.units === 0n && field !== "costPriceCents") {
    return { refused: `${label} would be 0, which is not a price.` };
  }
  if (of.ending === undefined || !isMoney) return { text: writeDecimal(rounded) };
  return { text: writeDecimal({ units: BigInt(toEnding(Number(rounded.units), of.ending)), scale: 2 }) };
}

type TextOperation = Extract<Operation, { kind: "replace" | "prefix" | "suffix" | "template" | "case" }>;

function rewrite(of: Operation, label: string, present: string, product: CatalogueProduct, world: EditWorld): Made {
  const text = of as TextOperation; // newText has dealt with the others
  if (text.kind === "template") return fill(text.text, product, world);
  if (present === "") return { refused: `${label} is empty: there is no text to change.` };
  if (text.kind === "prefix") return { text: present.startsWith(text.text) ? present : text.text + present };
  if (text.kind === "suffix") return { text: present.endsWith(text.text) ? present : present + text.text };
  if (text.kind === "case") return { text: inCase(present, text.to) };
  return { text: replaced(present, text) };
}

function replaced(present: string, { find, with: by, matchCase }: Extract<Operation, { kind: "replace" }>) {
  if (matchCase) return present.replaceAll(find, () => by);
  const pattern = new RegExp(find.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu");
  return present.replace(pattern, () => by);
}

function inCase(text: string, to: "upper" | "lower" | "title" | "sentence") {
  if (to === "upper") return text.toUpperCase();
  const lower = text.toLowerCase();
  if (to === "lower") return lower;
  const first = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return to === "sentence"
    ? first(lower)
    : lower.replace(/(^|[\s(/-])(\S)/g, (_, gap: string, letter: string) => gap + letter.toUpperCase());
}

function fill(template: string, product: CatalogueProduct, world: EditWorld): Made {
  const values = new Map<string, string>();
  for (const name of placeholdersOf(template)) {
    const value = placeholder(name, product, world);
    if (!value) return { refused: `Has no ${name}, which the template needs.` };
    values.set(name, value);
  }
  return { text: fillTemplate(template, (name) => values.get(name) ?? "") };
}

function placeholder(name: string, product: CatalogueProduct, world: EditWorld): string | null {
  const field = Object.hasOwn(PLACEHOLDERS, name) ? PLACEHOLDERS[name] : undefined;
  if (field === "sku") return product.sku;
  if (field === "category") return product.categoryId ? lastName(world.categoryName(product.categoryId)) : null;
  if (field) return editField(field, presentColumn(field, product)) || null;
  const metafield = product.metafields.get(name);
  return metafield ? codecOf(metafield.type).display(metafield.value) : null;
}

function lastName(path: string | undefined) {
  return path?.split(" > ").at(-1) ?? null;
}
