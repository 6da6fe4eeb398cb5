import type { RowProblem } from "./rows";

/** Money in a feed: an optional $, thousands by comma, at most two decimals by point. */
const PRICE = /^\$?\s*(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d+))?$/;

/** What the database's integer columns hold. */
const MOST_CENTS = 2_147_483_647;

export type PriceProblem =
  | "price missing"
  | "not a number"
  | "zero not allowed"
  | "negative not allowed"
  | "more than two decimals"
  | "too large";

export type Price = { cents: number } | { problem: PriceProblem };

/** Reads a price as integer cents. Never guesses: `12,49` could be 12.49 or 1249 and is not a number. */
export function parsePrice(text: string): Price {
  const trimmed = text.trim();
  if (trimmed === "") return { problem: "price missing" };
  const unsigned = trimmed.replace(/^(\$?)-/, "$1");
  const match = PRICE.exec(unsigned);
  const [, whole, decimals] = match ?? [];
  if (whole === undefined && decimals === undefined) return { problem: "not a number" };
  if (unsigned !== trimmed) return { problem: "negative not allowed" };
  if (decimals !== undefined && /[^0]/.test(decimals.slice(2))) return { problem: "more than two decimals" };
  const cents = Number((whole ?? "0").replaceAll(",", "")) * 100 + Number((decimals ?? "").slice(0, 2).padEnd(2, "0"));
  if (cents === 0) return { problem: "zero not allowed" };
  if (cents > MOST_CENTS) return { problem: "too large" };
  return { cents };
}

const PROBLEM_CODES: Record<PriceProblem, string> = {
  "price missing": "price_missing",
  "not a number": "price_not_a_number",
  "zero not allowed": "price_zero",
  "negative not allowed": "price_negative",
  "more than two decimals": "price_decimals",
  "too large": "price_too_large",
};

/** A price that can't be taken, said in one way by every reader. */
export function priceProblem(column: string, text: string, problem: PriceProblem): RowProblem {
  return {
    code: PROBLEM_CODES[problem],
    column,
    reason: text === "" ? `${column}: ${problem}.` : `${column} "${text}": ${problem}.`,
  };
}
