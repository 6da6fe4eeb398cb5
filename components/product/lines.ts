import type { MetafieldView, MissingMetafield, ProductView } from "@/lib/catalog/get-product";
import {
  editField,
  type FieldValue,
  fieldInfo,
  isProductField,
  type ProductField,
  parseField,
} from "@/lib/catalog/product-fields";
import type { SourceWords } from "@/lib/catalog/source-words";
import { formatCount, formatMoney } from "@/lib/format";
import { choicesOf } from "@/lib/metafields/text-codecs";
import { codecOf, parseMetafield } from "@/lib/metafields/types";

export type LineControl =
  | "text"
  | "multiline"
  | "html"
  | "money"
  | "number"
  | "status"
  | "category"
  | "yes-no"
  | "choice"
  | "date"
  | "date-time"
  | "url"
  | "color"
  | "list";

export type Parsed = { ok: true; value: FieldValue } | { ok: false; error: string };

/** One value of the page: how it is called, shown, typed and checked, and where it came from. */
export interface Line {
  /** A product field's name, or `metafield:<namespace>.<key>`. */
  key: string;
  label: string;
  control: LineControl;
  choices: string[];
  unit?: string;
  help?: string;
  stored: FieldValue;
  source: SourceWords;
  metafield: { namespace: string; key: string; type: string } | null;
  /** A template or the registry asks for it. */
  isRequired?: boolean;
  /** Of a metafield: the shop does not show it. */
  isHidden?: boolean;
  /** Of a metafield: what is noted about this product's value. */
  note?: string;
  /** What a form shows for a value. */
  edit(value: FieldValue): string;
  /** What is read when nobody edits. */
  show(value: FieldValue): string;
  parse(typed: string): Parsed;
}

const CONTROLS: Record<string, LineControl> = { integer: "number" };

export function fieldLine(product: ProductView, field: ProductField): Line {
  const { label, control, unit } = fieldInfo(field);
  return {
    key: field,
    label,
    control: CONTROLS[control] ?? (control as LineControl), // every other name is the same in both
    choices: [],
    unit: control === "money" ? product.currency : unit,
    stored: product.values[field],
    source: product.sources[field],
    metafield: null,
    edit: (value) => editField(field, value),
    show: (value) => showField(product, field, value),
    parse: (typed) => parseField(field, typed),
  };
}

function showField(product: ProductView, field: ProductField, value: FieldValue): string {
  if (value === null || value === "") return "";
  const { control, unit } = fieldInfo(field);
  if (control === "money") return formatMoney(Number(value), product.currency);
  if (control === "integer") return unit ? `${formatCount(Number(value))} ${unit}` : formatCount(Number(value));
  if (control === "status") return statusWords(String(value));
  if (control === "category") return value === product.category?.id ? product.category.name : String(value);
  return String(value);
}

export function statusWords(status: string) {
  return status.charAt(0).toUpperCase() + status.slice(1);
}

export function metafieldLine(metafield: MetafieldView): Line {
  const { namespace, key, name, editType, rules, value, source, description } = metafield;
  const codec = codecOf(editType);
  const choices = choicesOf(rules);
  return {
    key: metafieldKey(metafield),
    label: name,
    control: choices ? "choice" : codec.control,
    choices: choices ?? [],
    help: description || undefined,
    isRequired: metafield.isRequired,
    isHidden: !metafield.isVisible,
    note: metafield.note || undefined,
    stored: value,
    source,
    metafield: { namespace, key, type: editType },
    edit: (stored) => (stored === null ? "" : codec.edit(String(stored))),
    show: (stored) => (stored === null ? "" : codecOf(metafield.type).display(String(stored))),
    parse: (typed) => parseMetafield(editType, typed, rules),
  };
}

export function metafieldKey({ namespace, key }: { namespace: string; key: string }) {
  return `metafield:${namespace}.${key}`;
}

/** A metafield that the product shall have and lacks: filled in, it is added. */
export function missingLine(missing: MissingMetafield, source: SourceWords): Line {
  const empty = { ...missing, type: missing.editType, value: "", source, note: "", isVisible: true };
  return { ...metafieldLine(empty), stored: null };
}

/** Every value of the page that can be edited, by its key. */
export function linesOf(product: ProductView): Map<string, Line> {
  const fields = Object.keys(product.values).filter(isProductField);
  const lines = [
    ...fields.map((field) => fieldLine(product, field)),
    ...product.metafields.map(metafieldLine),
    ...product.missing.map((missing) => missingLine(missing, product.sources.name)),
  ];
  return new Map(lines.map((line) => [line.key, line]));
}
