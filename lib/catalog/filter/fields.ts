import type { Control } from "@/lib/metafields/codec";

/** What kind of value a field holds; it decides the operators. */
export type FieldKind =
  | "text"
  | "code"
  | "number"
  | "money"
  | "measure"
  | "choice"
  | "yes-no"
  | "date"
  | "day"
  | "list"
  | "category"
  | "run";

/** How many values an operator takes, and of what. */
type Takes = "none" | "one" | "two" | "many" | "count" | "period";

interface Op {
  words: string;
  takes: Takes;
}

const EMPTY = { empty: { words: "is empty", takes: "none" }, filled: { words: "is filled", takes: "none" } } as const;
const RANGE = {
  is: { words: "is", takes: "one" },
  not: { words: "is not", takes: "one" },
  lt: { words: "less than", takes: "one" },
  gt: { words: "more than", takes: "one" },
  between: { words: "between", takes: "two" },
  ...EMPTY,
} as const;
const DATES = {
  last: { words: "in the last … days", takes: "count" },
  older: { words: "longer ago than … days", takes: "count" },
  on: { words: "on", takes: "one" },
  before: { words: "before", takes: "one" },
  after: { words: "after", takes: "one" },
  between: { words: "between", takes: "two" },
  in: { words: "in", takes: "period" },
  ...EMPTY,
} as const;

export const PERIODS = {
  today: "today",
  yesterday: "yesterday",
  week: "this week",
  month: "this month",
  "last-month": "last month",
  year: "this year",
} as const;
export type Period = keyof typeof PERIODS;

export const OPS: Record<FieldKind, Record<string, Op>> = {
  text: {
    has: { words: "contains", takes: "one" },
    hasnt: { words: "does not contain", takes: "one" },
    is: { words: "is", takes: "one" },
    not: { words: "is not", takes: "one" },
    starts: { words: "begins with", takes: "one" },
    any: { words: "is any of", takes: "many" },
    none: { words: "is none of", takes: "many" },
    ...EMPTY,
  },
  code: {
    is: { words: "is", takes: "one" },
    any: { words: "is any of", takes: "many" },
    starts: { words: "begins with", takes: "one" },
    ...EMPTY,
  },
  number: RANGE,
  money: RANGE,
  measure: RANGE,
  choice: { any: { words: "is any of", takes: "many" }, none: { words: "is none of", takes: "many" } },
  "yes-no": { is: { words: "is", takes: "one" }, ...EMPTY },
  date: DATES,
  day: DATES,
  list: { has: { words: "has", takes: "one" }, hasnt: { words: "has not", takes: "one" }, ...EMPTY },
  category: {
    in: { words: "is in", takes: "many" },
    notin: { words: "is not in", takes: "many" },
    own: { words: "is exactly", takes: "many" },
    ...EMPTY,
  },
  run: { by: { words: "by run", takes: "one" } },
};

export interface FilterField {
  label: string;
  group: "Product" | "Price and stock" | "Size" | "Codes" | "Pictures and quality" | "Where and when" | "Texts";
  kind: FieldKind;
  /** Of a choice: value and words. */
  choices?: Record<string, string>;
  /** What figures are counted in. */
  unit?: string;
}

/** Everything a product can be filtered by, metafields aside. */
export const FILTER_FIELDS = {
  name: { label: "Name", group: "Product", kind: "text" },
  brand: { label: "Brand", group: "Product", kind: "text" },
  manufacturer: { label: "Manufacturer", group: "Product", kind: "text" },
  variation: { label: "Variation", group: "Product", kind: "text" },
  status: {
    label: "Status",
    group: "Product",
    kind: "choice",
    choices: { active: "active", draft: "draft", archived: "archived" },
  },
  price: { label: "Price", group: "Price and stock", kind: "money" },
  compareAt: { label: "Compare-at price", group: "Price and stock", kind: "money" },
  cost: { label: "Cost", group: "Price and stock", kind: "money" },
  stock: { label: "Stock", group: "Price and stock", kind: "number" },
  availability: {
    label: "Availability",
    group: "Price and stock",
    kind: "choice",
    choices: { in: "in stock", out: "out of stock", unknown: "unknown" },
  },
  sku: { label: "SKU", group: "Codes", kind: "code" },
  code: { label: "Any code", group: "Codes", kind: "code" },
  upc: { label: "UPC or EAN", group: "Codes", kind: "text" },
  mpn: { label: "Manufacturer's number", group: "Codes", kind: "text" },
  image: {
    label: "Picture",
    group: "Pictures and quality",
    kind: "choice",
    choices: { has: "has one", none: "has none", broken: "is broken", waiting: "is not fetched yet" },
  },
  grade: {
    label: "Quality",
    group: "Pictures and quality",
    kind: "choice",
    choices: { A: "A", B: "B", C: "C", D: "D", E: "E" },
  },
  required: {
    label: "Required fields",
    group: "Pictures and quality",
    kind: "choice",
    choices: { missing: "some are missing", complete: "all are there" },
  },
  category: { label: "Category", group: "Where and when", kind: "category" },
  updated: { label: "Updated", group: "Where and when", kind: "date" },
  created: { label: "Added", group: "Where and when", kind: "date" },
  archived: { label: "Archived", group: "Where and when", kind: "date" },
  changed: { label: "Changed", group: "Where and when", kind: "run" },
  weight: { label: "Weight", group: "Size", kind: "number", unit: "g" },
  length: { label: "Length", group: "Size", kind: "number", unit: "mm" },
  width: { label: "Width", group: "Size", kind: "number", unit: "mm" },
  height: { label: "Height", group: "Size", kind: "number", unit: "mm" },
  description: { label: "Description", group: "Texts", kind: "text" },
  shortDescription: { label: "Short description", group: "Texts", kind: "text" },
  seoTitle: { label: "SEO title", group: "Texts", kind: "text" },
  seoDescription: { label: "SEO description", group: "Texts", kind: "text" },
  handle: { label: "Handle", group: "Texts", kind: "text" },
} as const satisfies Record<string, FilterField>;
export type FilterFieldId = keyof typeof FILTER_FIELDS;

export function filterField(id: string): FilterField | undefined {
  return Object.hasOwn(FILTER_FIELDS, id) ? FILTER_FIELDS[id as FilterFieldId] : undefined; // checked in the line itself
}

export function opOf(kind: FieldKind, op: string): Op | undefined {
  return Object.hasOwn(OPS[kind], op) ? OPS[kind][op] : undefined;
}

/** The kind of a metafield's type: a type nobody knows is text. */
export function kindOfMetafield(type: string, control: Control): FieldKind {
  if (type.startsWith("list.")) return "list";
  if (["money", "dimension", "weight", "volume", "rating"].includes(type)) return "measure";
  switch (control) {
    case "number":
      return "number";
    case "yes-no":
      return "yes-no";
    case "date":
      return "day";
    case "date-time":
      return "date";
    case "list":
      return "list";
    default:
      return "text";
  }
}
