import { fieldLabel } from "@/lib/sync/field-words";
import type { FileDialect, MappedColumn, Mapping, MappingTarget } from "../mapping";
import { defaultEmpty } from "./target-rules";

export interface MappingDifference {
  what: string;
  before: string | null;
  after: string | null;
}

const RULES: [keyof Mapping, string][] = [
  ["keyColumn", "The supplier's own key"],
  ["skuColumn", "SKU of new products"],
  ["mode", "Products it may touch"],
  ["stockedOnly", "Add only what an ERP list holds"],
  ["images", "Pictures"],
  ["codes", "Codes"],
  ["dialect", "How the file is written"],
];

/** What one version says otherwise than another, rule by rule and column by column; null before: the first one. */
export function mappingDifferences(before: Mapping | null, after: Mapping): MappingDifference[] {
  const rules = RULES.flatMap(([key, what]) => difference(what, before && words(before[key]), words(after[key])));
  const columnsBefore = new Map(before?.columns.map((column) => [column.column, columnWords(column)]));
  const columnsAfter = new Map(after.columns.map((column) => [column.column, columnWords(column)]));
  const names = new Set([...columnsBefore.keys(), ...columnsAfter.keys()]);
  const columns = [...names].flatMap((name) =>
    difference(name, columnsBefore.get(name) ?? null, columnsAfter.get(name) ?? null),
  );
  return [...rules, ...columns];
}

function difference(what: string, before: string | null, after: string | null): MappingDifference[] {
  return before === after ? [] : [{ what, before, after }];
}

function words(value: unknown): string | null {
  if (value === null || value === undefined || value === false) return null;
  if (value === true) return "yes";
  if (typeof value === "string") return value;
  return Object.entries(value as FileDialect) // the one rule that is an object
    .map(([name, said]) => `${name} ${said === "\t" ? "tab" : said === "" ? "none" : said}`)
    .join(", ");
}

function columnWords({ target, empty, list }: MappedColumn): string {
  const policy = empty?.policy ?? defaultEmpty(target);
  const emptyWords = empty?.policy === "default" ? `empty: ${empty.value}` : `empty: ${policy}`;
  const hasPolicy = target.to !== "ignore" && target.to !== "code" && target.to !== "same";
  return [targetWords(target), hasPolicy || empty ? emptyWords : null, list].filter(Boolean).join(", ");
}

function targetWords(target: MappingTarget): string {
  switch (target.to) {
    case "same":
      return "as it is";
    case "ignore":
      return "left out";
    case "field":
      return target.unit ? `${fieldLabel(target.field)} in ${target.unit}` : fieldLabel(target.field);
    case "metafield":
      return `${target.namespace}.${target.key} (${target.type})`;
    case "code":
      return `${target.type} code${target.matches ? ", finds the product" : ""}`;
    case "category":
      return `category by ${target.by === "create" ? `path with ${target.separator}` : "address"}`;
    case "image":
      return target.separator ? `pictures between ${target.separator}` : "picture";
    default:
      return target satisfies never;
  }
}
