import { codeRefusal } from "@/lib/catalog/codes";
import { INTEGER_MAX } from "@/lib/catalog/product-fields";
import type { FeedField, FeedFields } from "../feed-record";
import type { FileDialect, MappingTarget } from "../mapping";
import { parsePrice, priceProblem } from "../price";
import { parseQuantity } from "../quantity";
import type { RowProblem } from "../rows";
import { inStoredUnit } from "./units";

type FieldTarget = Extract<MappingTarget, { to: "field" }>;
type FieldValue = FeedFields[FeedField];

const STATUSES: Record<string, NonNullable<FeedFields["status"]>> = {
  draft: "draft",
  inactive: "draft",
  hidden: "draft",
  active: "active",
  published: "active",
  archived: "archived",
  discontinued: "archived",
};

/** A cell that is not empty, as the product field it is mapped to. */
export function readField(
  { field, unit }: FieldTarget,
  column: string,
  text: string,
  decimal: FileDialect["decimal"],
): { value: FieldValue } | { problem: RowProblem } {
  switch (field) {
    case "priceCents":
    case "compareAtPriceCents":
    case "costPriceCents": {
      const price = parsePrice(plainNumber(text, decimal) ?? text);
      if ("cents" in price) return { value: price.cents };
      // 0 in these two means that there is none; a price of 0 is a mistake.
      if (field !== "priceCents" && price.problem === "zero not allowed") return { value: null };
      return { problem: priceProblem(column, text, price.problem) };
    }
    case "inventoryQuantity": {
      const value = parseQuantity(plainNumber(text, decimal) ?? "");
      return value === undefined ? notANumber(column, text, "a whole number") : { value };
    }
    case "weightGrams":
    case "lengthMm":
    case "widthMm":
    case "heightMm": {
      const plain = plainNumber(text, decimal);
      const value =
        plain === null ? Number.NaN : Math.round(Number(plain.replaceAll(",", "")) * inStoredUnit(field, unit));
      const what = field === "weightGrams" ? "a weight" : "a length";
      return value >= 0 && value <= INTEGER_MAX ? { value } : notANumber(column, text, what);
    }
    case "status": {
      const value = Object.hasOwn(STATUSES, text.toLowerCase()) ? STATUSES[text.toLowerCase()] : undefined;
      const reason = `${column} "${text}" is no status. Write draft, active or archived.`;
      return value ? { value } : { problem: { code: "not_a_status", column, reason } };
    }
    case "upc": {
      const refusal = codeRefusal(text);
      return refusal
        ? { problem: { code: "code_too_short", column, reason: `${column} "${text}": ${refusal}.` } }
        : { value: text };
    }
    default:
      return { value: text };
  }
}

function notANumber(column: string, text: string, what: string) {
  return { problem: { code: "not_a_number", column, reason: `${column} "${text}" is not ${what}.` } };
}

/** Signs and codes of money around a number; nothing else is taken away. */
const CURRENCY = /^(?:[$€£¥]|[A-Z]{3}(?![A-Za-z]))\s*|\s*(?:[$€£¥]|(?<![A-Za-z])[A-Z]{3})$/g;
const POINT = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$/;
const COMMA = /^-?(?:\d{1,3}(?:[. \u00A0\u202F']\d{3})+|\d+)?(?:,\d+)?$/;

/**
 * A number as the file writes them, written with a decimal point; null when it is none. Never guesses: `1,5` with a
 * decimal point is no number, `1.234` with a decimal comma is one thousand two hundred and thirty-four.
 */
export function plainNumber(text: string, decimal: FileDialect["decimal"]): string | null {
  const bare = text.trim().replace(CURRENCY, "").trim();
  if (!/\d/.test(bare)) return null;
  if (decimal === "point") return POINT.test(bare) ? bare.replaceAll(",", "") : null;
  return COMMA.test(bare) ? bare.replace(/[. \u00A0\u202F']/g, "").replace(",", ".") : null;
}
