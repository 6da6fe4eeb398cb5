import "server-only";
import { engine } from "../client";
import { METAFIELD_TEXT_LENGTH, metafieldTextKey } from "../metafield-text-key";
import type { MetafieldColumn, ValueTest } from "./demand";

export interface ConditionSql {
  sql: string;
  parameters: (string | number | Date)[];
}

export function plain(sql: string): ConditionSql {
  return { sql, parameters: [] };
}

export function marks(values: readonly unknown[]) {
  return values.map(() => "?").join(", ") || "NULL";
}

export function joined(parts: ConditionSql[], join: "all" | "any"): ConditionSql | undefined {
  if (parts.length <= 1) return parts[0];
  const by = join === "all" ? " AND " : " OR ";
  return {
    sql: `(${parts.map(({ sql }) => sql).join(by)})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** A column, or an expression, held against a test; texts whatever the case of plain letters. */
export function valueSql(column: string, test: ValueTest, { isText }: { isText: boolean }): ConditionSql {
  // Both engines lower ASCII alone: PostgreSQL's columns compare by bytes.
  const text = isText ? `lower(${column})` : column;
  const asked = (value: string) => (isText ? lowerAscii(value) : value);
  switch (test.kind) {
    case "equals":
      return { sql: `${text} IN (${marks(test.values)})`, parameters: test.values.map(asked) };
    case "contains":
      return holds(text, asked(test.text));
    case "begins":
      return { sql: `(${text} >= ? AND ${text} < ?)`, parameters: [asked(test.text), beyond(asked(test.text))] };
    case "numbers":
      return range(column, test.from, test.to, test.isFromOpen ? ">" : ">=", test.isToOpen ? "<" : "<=");
    case "times":
      return range(column, test.from, test.to, ">=", "<");
    case "known":
      return plain(isText ? `(${text} IS NOT NULL AND ${text} <> '')` : `${column} IS NOT NULL`);
    default:
      throw test satisfies never;
  }
}

/** `text` with `part` somewhere in it, to the letter. */
export function holds(text: string, part: string): ConditionSql {
  return { sql: `${engine() === "sqlite" ? "instr" : "strpos"}(${text}, ?) > 0`, parameters: [part] };
}

/** A metafield's own value, named by `alias`, held against a test: answered by the index where texts are short enough. */
export function metafieldValueSql(alias: string, by: MetafieldColumn["by"], test: ValueTest): ConditionSql {
  if (by !== "value") return valueSql(`${alias}."${by}"`, test, { isText: false });
  const key = metafieldTextKey(alias);
  const whole = valueSql(`${alias}."value"`, test, { isText: true });
  switch (test.kind) {
    case "known":
      return plain(`${key} <> ''`);
    case "equals": {
      const values = test.values.map(lowerAscii);
      const short = valueSql(key, { kind: "equals", values: values.map(cut) }, { isText: false });
      return isCut(values) ? both(short, whole) : short;
    }
    case "begins": {
      const text = lowerAscii(test.text);
      const short = valueSql(key, { kind: "begins", text: cut(text) }, { isText: false });
      return isCut([text]) ? both(short, whole) : short;
    }
    case "contains": {
      if (engine() === "postgresql") return whole;
      const inKey = holds(key, lowerAscii(test.text));
      // Only a longer text is looked for in its row; said apart, so that the index decides on all others.
      const candidate = {
        sql: `(${inKey.sql} OR length(${key}) >= ${METAFIELD_TEXT_LENGTH})`,
        parameters: inKey.parameters,
      };
      return both(candidate, joined([inKey, whole], "any") ?? whole);
    }
    default:
      return whole;
  }
}

function both(one: ConditionSql, other: ConditionSql): ConditionSql {
  return { sql: `(${one.sql} AND ${other.sql})`, parameters: [...one.parameters, ...other.parameters] };
}

function cut(text: string) {
  return [...text].slice(0, METAFIELD_TEXT_LENGTH).join("");
}

function isCut(texts: string[]) {
  return texts.some((text) => [...text].length >= METAFIELD_TEXT_LENGTH);
}

function range<V extends number | Date>(
  column: string,
  from: V | undefined,
  to: V | undefined,
  lower: string,
  upper: string,
): ConditionSql {
  const parts = [
    ...(from === undefined ? [] : [`${column} ${lower} ?`]),
    ...(to === undefined ? [] : [`${column} ${upper} ?`]),
  ];
  const parameters = [from, to].filter((end) => end !== undefined);
  return { sql: `(${parts.join(" AND ") || `${column} IS NOT NULL`})`, parameters };
}

function lowerAscii(text: string) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The first text, byte by byte, that no longer begins so: both engines hold UTF-8. */
function beyond(text: string) {
  return `${text}\u{10FFFF}`;
}
