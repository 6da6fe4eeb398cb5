import "server-only";
import { fold, SORT_KEY_LENGTH, sortKey } from "@/lib/search/fold";
import { engine } from "../client";
import type { NumberColumn, TextColumn, TimeColumn, ValueTest } from "./demand";
import { type ConditionSql, holds, joined, plain, valueSql } from "./value-sql";

type Column = TextColumn | NumberColumn | TimeColumn;

/** Columns in which an empty text can't stand. */
const FIGURES_AND_TIMES: Record<NumberColumn | TimeColumn, true> = {
  priceCents: true,
  compareAtPriceCents: true,
  costPriceCents: true,
  inventoryQuantity: true,
  weightGrams: true,
  lengthMm: true,
  widthMm: true,
  heightMm: true,
  updatedAt: true,
  createdAt: true,
  archivedAt: true,
};

/** Names and brands are held against their folded keys, which have an index; SKUs as they are usually written. */
export function columnSql(column: Column, test: ValueTest): ConditionSql {
  if (column === "name" || column === "brand") return foldedSql(column, test);
  if (column !== "sku" || test.kind === "contains") {
    return valueSql(`p."${column}"`, test, { isText: !(column in FIGURES_AND_TIMES) });
  }
  const sku = `p."sku"`;
  if (test.kind === "equals") {
    return valueSql(sku, { kind: "equals", values: test.values.flatMap(writings) }, { isText: false });
  }
  if (test.kind !== "begins") return valueSql(sku, test, { isText: false });
  const ways = writings(test.text).map((text) => valueSql(sku, { kind: "begins", text }, { isText: false }));
  return joined(ways, "any") ?? plain("false");
}

/** Written so that an index of the column answers it. */
export function emptySql(column: Column): ConditionSql {
  if (column in FIGURES_AND_TIMES) return plain(`p."${column}" IS NULL`);
  if (column === "brand") return plain(`p."brandKey" IS NULL`);
  if (column === "description") return plain(`coalesce(p."description", '') = ''`);
  return plain(`(lower(p."${column}") IS NULL OR lower(p."${column}") = '')`);
}

function foldedSql(column: "name" | "brand", test: ValueTest): ConditionSql {
  const key = `p."${column}Key"`;
  if (test.kind === "equals") {
    return valueSql(key, { kind: "equals", values: test.values.map(sortKey) }, { isText: false });
  }
  if (test.kind === "begins") return valueSql(key, { kind: "begins", text: sortKey(test.text) }, { isText: false });
  const ways = waysOf(column, test);
  const found = ways && joined(ways, "any");
  if (!found || test.kind !== "contains") return valueSql(`p."${column}"`, test, { isText: true });
  if (engine() === "postgresql") return found;
  // Said apart, so that SQLite passes over all others without a look at their rows.
  const candidate = holds(key, sortKey(test.text));
  return {
    sql: `((${candidate.sql} OR octet_length(${key}) >= ${SORT_KEY_LENGTH}) AND ${found.sql})`,
    parameters: [...candidate.parameters, ...found.parameters],
  };
}

/**
 * In which places a name or brand may hold a text, each for itself; undefined of other columns and tests. A key has no
 * punctuation in front and may be cut: then the whole is looked into.
 */
export function waysOf(column: Column, test: ValueTest): ConditionSql[] | undefined {
  if ((column !== "name" && column !== "brand") || test.kind !== "contains") return undefined;
  return [holds(`p."${column}Key"`, fold(test.text)), valueSql(`p."${column}"`, test, { isText: true })];
}

/** A code as typed, in capitals and in small letters: an index can look for each. */
function writings(text: string) {
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
}
