import { metafieldType, parseMetafield } from "@/lib/metafields/types";

/** Shopify: number_decimal has at most 13 digits before and 9 after the point. */
const DECIMAL = /^-?(0|[1-9]\d{0,12})(\.\d{1,9})?$/;
/** No leading zeros: `0012` is a code, not twelve. */
const INTEGER = /^-?(0|[1-9]\d{0,15})$/;
const YES_OR_NO = /^(yes|no)$/i;

/** What is known of all values of one attribute: each flag holds while no value broke it. */
export interface ValueStats {
  values: number;
  isInteger: boolean;
  isDecimal: boolean;
  isYesNo: boolean;
  hasLineBreak: boolean;
}

export function emptyStats(): ValueStats {
  return { values: 0, isInteger: true, isDecimal: true, isYesNo: true, hasLineBreak: false };
}

export function countValue(stats: ValueStats, text: string) {
  stats.values++;
  if (stats.isDecimal) {
    stats.isDecimal = DECIMAL.test(text);
    if (stats.isInteger) stats.isInteger = isInteger(text);
  } else if (stats.isInteger) stats.isInteger = isInteger(text);
  if (stats.isYesNo) stats.isYesNo = YES_OR_NO.test(text);
  if (!stats.hasLineBreak) stats.hasLineBreak = /[\r\n]/.test(text);
}

function isInteger(text: string) {
  return INTEGER.test(text) && Number.isSafeInteger(Number(text));
}

/** The narrowest Shopify type that every counted value fits. */
export function narrowestType(stats: ValueStats): string {
  if (stats.values > 0) {
    if (stats.isInteger) return "number_integer";
    if (stats.isDecimal) return "number_decimal";
    if (stats.isYesNo) return "boolean";
  }
  return stats.hasLineBreak ? "multi_line_text_field" : "single_line_text_field";
}

/** A feed's text as a value of that type, serialised as Shopify does; null when it doesn't fit. */
export function toMetafieldValue(type: string, text: string): string | null {
  switch (type) {
    case "number_integer":
      return isInteger(text) ? text : null;
    case "number_decimal":
      return DECIMAL.test(text) || isInteger(text) ? text : null;
    case "boolean":
      if (/^(yes|true)$/i.test(text)) return "true";
      return /^(no|false)$/i.test(text) ? "false" : null;
    case "single_line_text_field":
      return /[\r\n]/.test(text) ? null : text;
    case "multi_line_text_field":
      return text;
    case "list.single_line_text_field":
      return JSON.stringify(listElements(text));
    case "url":
      return isWebAddress(text) ? text : null;
    case "json":
      return asJson(text);
    default: {
      const parsed = metafieldType(type) === null ? null : parseMetafield(type, text);
      return parsed?.ok ? parsed.value : null;
    }
  }
}

/**
 * The elements of a list cell. Shopify writes lists as JSON; picture columns join addresses with semicolons.
 * A semicolon in prose ("110 V; 60 Hz") separates nothing: such a cell is one element.
 */
export function listElements(text: string): string[] {
  if (text.startsWith("[")) {
    const parsed = parseJson(text);
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every((element) => typeof element === "string"))
      return parsed;
  }
  if (text.includes(";")) {
    const parts = text.split(";").map((part) => part.trim());
    if (parts.every(isWebAddress)) return parts;
  }
  return [text];
}

function isWebAddress(text: string) {
  return /^https?:\/\/\S+$/i.test(text);
}

function asJson(text: string): string | null {
  const parsed = parseJson(text);
  return parsed === undefined ? null : JSON.stringify(parsed);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here: the caller keeps the cell as text.
    return undefined;
  }
}
