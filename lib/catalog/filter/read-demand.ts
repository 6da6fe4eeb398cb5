import type { NumberColumn, ProductDemand, TextColumn, TimeColumn, ValueTest } from "@/lib/db/filter/demand";
import { codecOf } from "@/lib/metafields/types";
import { normalizeCode } from "../codes";
import { type Condition, isMetafieldId, metafieldOf } from "./condition";
import { type FieldKind, type FilterFieldId, filterField, kindOfMetafield, opOf, PERIODS, type Period } from "./fields";
import { addDays, dayOf, daysRange, isDay, lastDays, periodRange } from "./relative-dates";

/** What a condition is read by. */
export interface Reading {
  zone: string;
  now: Date;
  /** A metafield's type by `namespace.key`; undefined where there is no such metafield. */
  typeOf(name: string): string | undefined;
  /** By path, also an old one, or id. */
  category(idOrPath: string): { id: string; path: string } | undefined;
  run(number: number): { id: string; isLarge: boolean } | undefined;
}

const COLUMNS = {
  name: "name",
  brand: "brand",
  sku: "sku",
  manufacturer: "manufacturer",
  mpn: "manufacturerPartNumber",
  upc: "upc",
  variation: "variation",
  handle: "handle",
  description: "description",
  shortDescription: "shortDescription",
  seoTitle: "seoTitle",
  seoDescription: "seoDescription",
  price: "priceCents",
  compareAt: "compareAtPriceCents",
  cost: "costPriceCents",
  stock: "inventoryQuantity",
  weight: "weightGrams",
  length: "lengthMm",
  width: "widthMm",
  height: "heightMm",
  updated: "updatedAt",
  created: "createdAt",
  archived: "archivedAt",
} as const satisfies Partial<Record<FilterFieldId, TextColumn | NumberColumn | TimeColumn>>;

/** What one cannot filter by, in words; whoever reads the list is told. */
export class Unreadable {
  constructor(readonly reason: string) {}
}

/** Looks a condition up; an `Unreadable` says why it can't be asked. */
export function readDemand(condition: Condition, by: Reading): ProductDemand | Unreadable {
  const { field, op, values } = condition;
  if (isMetafieldId(field)) return readMetafield(condition, metafieldOf(field), by);
  const known = filterField(field);
  if (!known) return new Unreadable(`there is no field “${field}” to filter by`);
  const wrong = misfit(known.label, known.kind, op, values);
  if (wrong) return wrong;
  switch (field as FilterFieldId) {
    case "status":
    case "availability":
    case "image":
    case "grade":
    case "required":
      return readChoice(known.label, field as ChoiceField, known.choices ?? {}, condition);
    case "code":
      return readCode(condition);
    case "category":
      return readCategory(condition, by);
    case "changed": {
      const run = by.run(Number(values[0]));
      return run ? { on: "run", runId: run.id, isLarge: run.isLarge } : new Unreadable(`there is no run ${values[0]}`);
    }
    default: {
      const column = COLUMNS[field as keyof typeof COLUMNS];
      const read = readTest(known.label, known.kind, condition, by, known.kind === "money" ? readCents : readWhole);
      return read instanceof Unreadable ? read : { on: "column", column, ...read };
    }
  }
}

function misfit(label: string, kind: FieldKind, op: string, values: string[]): Unreadable | undefined {
  const known = opOf(kind, op);
  if (!known) return new Unreadable(`${label} cannot be asked for “${op}”`);
  const given = values.filter((value) => value.trim() !== "").length;
  const wanted = { none: 0, one: 1, two: 2, many: 1, count: 1, period: 1 }[known.takes];
  if (given < wanted) return new Unreadable(`${label} ${known.words}: the value is missing`);
  return undefined;
}

function readMetafield(condition: Condition, at: { namespace: string; key: string }, by: Reading) {
  const label = `${at.namespace}.${at.key}`;
  const type = by.typeOf(label);
  if (type === undefined) return new Unreadable(`there is no metafield ${label}`);
  const codec = codecOf(type);
  const kind = kindOfMetafield(type, codec.control);
  const wrong = misfit(label, kind, condition.op, condition.values);
  if (wrong) return wrong;
  const place = { on: "metafield", ...at } as const;
  if (kind === "list") {
    if (condition.op === "empty" || condition.op === "filled") {
      return { ...place, by: "value", test: { kind: "known" }, isNot: condition.op === "empty" } as const;
    }
    const text = JSON.stringify(condition.values[0] ?? "");
    // Numbers stand in a list as they are, texts in quotes.
    const element = /^list\.(number_integer|rating|dimension|weight|volume)$/.test(type) ? text.slice(1, -1) : text;
    return {
      ...place,
      by: "value",
      test: { kind: "contains", text: element },
      isNot: condition.op === "hasnt",
    } as const;
  }
  const number = (text: string) => {
    const plain = Number(text.replace(",", "."));
    if (kind !== "measure") return Number.isFinite(plain) ? plain : null;
    const typed = codec.parse(text);
    if (typed.ok) return codec.toNumber(typed.value);
    return (type === "money" || type === "rating") && Number.isFinite(plain) ? plain : null;
  };
  const read = readTest(label, kind, condition, by, (text) => number(text) ?? new Unreadable(codec.hint));
  if (read instanceof Unreadable) return read;
  const column = read.test.kind === "numbers" ? "numberValue" : read.test.kind === "times" ? "dateValue" : "value";
  return { ...place, by: column, ...read } as const;
}

type Read = { test: ValueTest; isNot?: boolean };
type ReadNumber = (text: string) => number | Unreadable;

function readTest(
  label: string,
  kind: FieldKind,
  condition: Condition,
  by: Reading,
  number: ReadNumber,
): Read | Unreadable {
  const { op, values } = condition;
  const [first = "", second = ""] = values.map((value) => value.trim());
  if (op === "empty") return { test: { kind: "known" }, isNot: true };
  if (op === "filled") return { test: { kind: "known" } };
  switch (kind) {
    case "text":
    case "code":
      return readText(
        op,
        values.map((value) => value.trim()).filter((value) => value !== ""),
      );
    case "yes-no":
      return { test: { kind: "numbers", ...(first === "yes" ? { from: 1, to: 1 } : { from: 0, to: 0 }) } };
    case "date":
      return readTimes(label, op, first, second, by.zone, by.now);
    case "day":
      // A calendar day is kept as its beginning in UTC, whatever the business's clock says.
      return readTimes(label, op, first, second, "UTC", new Date(`${dayOf(by.now, by.zone)}T12:00:00Z`));
    default:
      return readNumbers(label, op, first, second, number);
  }
}

function readText(op: string, values: string[]): Read {
  const [text = ""] = values;
  const isNot = op === "not" || op === "none" || op === "hasnt";
  if (op === "has" || op === "hasnt") return { test: { kind: "contains", text }, isNot };
  if (op === "starts") return { test: { kind: "begins", text } };
  return { test: { kind: "equals", values }, isNot };
}

function readNumbers(label: string, op: string, first: string, second: string, number: ReadNumber): Read | Unreadable {
  const value = number(first);
  if (value instanceof Unreadable) return new Unreadable(`${label}: “${first}” is no figure. ${value.reason}`.trim());
  if (op === "lt") return { test: { kind: "numbers", to: value, isToOpen: true } };
  if (op === "gt") return { test: { kind: "numbers", from: value, isFromOpen: true } };
  if (op !== "between") return { test: { kind: "numbers", from: value, to: value }, isNot: op === "not" };
  const other = number(second);
  if (other instanceof Unreadable) return new Unreadable(`${label}: “${second}” is no figure. ${other.reason}`.trim());
  return { test: { kind: "numbers", from: Math.min(value, other), to: Math.max(value, other) } };
}

/** Days that one may ask back: beyond it no calendar reaches. */
const MOST_DAYS = 36_500;

function readTimes(
  label: string,
  op: string,
  first: string,
  second: string,
  zone: string,
  now: Date,
): Read | Unreadable {
  if (op === "last" || op === "older") {
    const days = Number(first);
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
      return new Unreadable(`${label}: “${first}” is no number of days`);
    }
    const { from } = lastDays(days, zone, now);
    return { test: { kind: "times", ...(op === "last" ? { from } : { to: from }) } };
  }
  if (op === "in") {
    if (!Object.hasOwn(PERIODS, first)) return new Unreadable(`${label}: there is no period “${first}”`);
    return { test: { kind: "times", ...periodRange(first as Period, zone, now) } }; // checked above
  }
  const wrong = [first, ...(op === "between" ? [second] : [])].find((day) => !isDay(day));
  if (wrong !== undefined) return new Unreadable(`${label}: “${wrong}” is no day like 2026-11-07`);
  if (op === "before") return { test: { kind: "times", ...daysRange(undefined, addDays(first, -1), zone) } };
  if (op === "after") return { test: { kind: "times", ...daysRange(addDays(first, 1), undefined, zone) } };
  const [from = first, to = first] = op === "between" ? [first, second].toSorted() : [first, first];
  return { test: { kind: "times", ...daysRange(from, to, zone) } };
}

type ChoiceField = "status" | "availability" | "image" | "grade" | "required";

function readChoice(label: string, field: ChoiceField, choices: Record<string, string>, { op, values }: Condition) {
  const unknown = values.find((value) => !Object.hasOwn(choices, value));
  if (unknown !== undefined) return new Unreadable(`${label}: there is no “${unknown}”`);
  const isNot = op === "none";
  // Each value is one of the field's choices, as checked above.
  switch (field) {
    case "status":
      return { on: "status", statuses: values as ("active" | "draft" | "archived")[], isNot } as const;
    case "availability":
      return { on: "stock", words: values as ("in" | "out" | "unknown")[], isNot } as const;
    case "image":
      return { on: "image", words: values as ("has" | "none" | "broken" | "waiting")[], isNot } as const;
    case "grade":
      return { on: "grade", grades: values, isNot } as const;
    case "required":
      if (values.length > 1) return new Unreadable(`${label}: choose one`);
      return { on: "required", isMissing: values.includes("missing") !== isNot } as const;
    default:
      throw field satisfies never;
  }
}

function readCode({ op, values }: Condition): ProductDemand | Unreadable {
  const codes = values.map(normalizeCode).filter((code) => code !== "");
  if (op === "empty" || op === "filled") return { on: "code", test: { kind: "known" }, isNot: op === "empty" };
  const [text] = codes;
  if (text === undefined) return new Unreadable("Any code: there is no letter or digit in it");
  return { on: "code", test: op === "starts" ? { kind: "begins", text } : { kind: "equals", values: codes } };
}

function readCategory({ op, values }: Condition, by: Reading): ProductDemand | Unreadable {
  if (op === "empty" || op === "filled") return { on: "category", subtrees: [], ids: [], isNot: op === "filled" };
  const found = values.map((value) => ({ value, at: by.category(value) }));
  const gone = found.find(({ at }) => !at);
  if (gone) return new Unreadable(`there is no category “${gone.value}”`);
  const places = found.flatMap(({ at }) => at ?? []);
  if (op === "own") return { on: "category", subtrees: [], ids: places.map(({ id }) => id) };
  return { on: "category", subtrees: places.map(({ path }) => path), ids: [], isNot: op === "notin" };
}

/** Largest that the columns of figures hold. */
const LARGEST = 2 ** 31 - 1;

function readWhole(text: string): number | Unreadable {
  const value = Number(text.replace(",", "."));
  return Number.isInteger(value) && Math.abs(value) <= LARGEST
    ? value
    : new Unreadable("Enter a whole number like 12.");
}

function readCents(text: string): number | Unreadable {
  if (!/^\d{1,7}([.,]\d{1,2})?$/.test(text)) return new Unreadable("Enter a price like 12.50.");
  return Math.round(Number(text.replace(",", ".")) * 100);
}
