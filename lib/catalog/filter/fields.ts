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

type Group = "Product" | "Price and stock" | "Size" | "Codes" | "Pictures and quality" | "Where and when" | "Texts";

export interface FilterField {
  label: string;
  group: Group;
  kind: FieldKind;
  /** Of a choice: value and words. */
  choices?: Record<string, string>;
  /** What figures are counted in. */
  unit?: string;
}
type Described = Omit<FilterField, "group">;

/** Everything a product can be filtered by, metafields aside. */
export const FILTER_FIELDS = {
  ...inGroup("Product", {
    name: field("text", "Name"),
    brand: field("text", "Brand"),
    manufacturer: field("text", "Manufacturer"),
    variation: field("text", "Variation"),
    status: choice("Status", { active: "active", draft: "draft", archived: "archived" }),
  }),
  ...inGroup("Price and stock", {
    price: field("money", "Price"),
    compareAt: field("money", "Compare-at price"),
    cost: field("money", "Cost"),
    stock: field("number", "Stock"),
    availability: choice("Availability", { in: "in stock", out: "out of stock", unknown: "unknown" }),
  }),
  ...inGroup("Codes", {
    sku: field("code", "SKU"),
    code: field("code", "Any code"),
    upc: field("text", "UPC or EAN"),
    mpn: field("text", "Manufacturer's number"),
  }),
  ...inGroup("Pictures and quality", {
    image: choice("Picture", { has: "has one", none: "has none", broken: "is broken", waiting: "is not fetched yet" }),
    grade: choice("Quality", { A: "A", B: "B", C: "C", D: "D", E: "E" }),
    required: choice("Required fields", { missing: "some are missing", complete: "all are there" }),
  }),
  ...inGroup("Where and when", {
    category: field("category", "Category"),
    updated: field("date", "Updated"),
    created: field("date", "Added"),
    archived: field("date", "Archived"),
    changed: field("run", "Changed"),
  }),
  ...inGroup("Size", {
    weight: field("number", "Weight", "g"),
    length: field("number", "Length", "mm"),
    width: field("number", "Width", "mm"),
    height: field("number", "Height", "mm"),
  }),
  ...inGroup("Texts", {
    description: field("text", "Description"),
    shortDescription: field("text", "Short description"),
    seoTitle: field("text", "Search title"),
    seoDescription: field("text", "Search description"),
    handle: field("text", "Handle"),
  }),
};
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

function inGroup<Id extends string>(group: Group, fields: Record<Id, Described>): Record<Id, FilterField> {
  const grouped = Object.entries<Described>(fields).map(([id, field]) => [id, { ...field, group }]);
  return Object.fromEntries(grouped) as Record<Id, FilterField>; // the ids given
}

function field(kind: FieldKind, label: string, unit?: string): Described {
  return { label, kind, ...(unit && { unit }) };
}

function choice(label: string, choices: Record<string, string>): Described {
  return { label, kind: "choice", choices };
}
