import { codec, type Rules, readJson } from "./codec";

/** Shopify's bounds: ±9,999,999,999,999 and nine decimal places. */
const INTEGER_MAX = 9_999_999_999_999;
const DECIMAL = /^([+-]?)0*(\d{1,13})(\.\d{1,9})?$/;

/** Digits without grouping, a plus or leading zeros; null when the text is no decimal number. */
export function readDecimal(text: string): string | null {
  const ungrouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text.trim()) ? text.replaceAll(",", "") : text;
  const [, sign = "", whole, fraction = ""] = DECIMAL.exec(ungrouped.trim()) ?? [];
  if (whole === undefined) return null;
  const isZero = Number(whole + fraction) === 0;
  return `${sign === "-" && !isZero ? "-" : ""}${whole}${fraction}`;
}

export const integer = codec<number>({
  label: "Whole number",
  hint: "Enter a whole number like 12.",
  control: "number",
  read(text) {
    const digits = readDecimal(text);
    if (digits === null || digits.includes(".")) return null;
    const value = Number(digits);
    return Math.abs(value) <= INTEGER_MAX ? value : null;
  },
  store: String,
  number: (value) => value,
  isJson: true,
});

export const decimal = codec<string>({
  label: "Decimal number",
  hint: "Enter a number like 12.5.",
  control: "number",
  read: readDecimal,
  store: (digits) => digits,
  number: Number,
  check(digits, rules) {
    const places = digits.split(".")[1]?.length ?? 0;
    const most = Number(rules.max_precision ?? Number.POSITIVE_INFINITY);
    return places > most ? `Enter at most ${most} decimal places.` : null;
  },
});

const YES = new Set(["true", "yes", "1"]);
const NO = new Set(["false", "no", "0"]);

export const boolean = codec<boolean>({
  label: "Yes or no",
  hint: "Choose yes or no.",
  control: "yes-no",
  read(text) {
    const word = text.trim().toLowerCase();
    if (YES.has(word)) return true;
    return NO.has(word) ? false : null;
  },
  store: String,
  display: (value) => (value ? "Yes" : "No"),
  number: Number,
  isJson: true,
});

interface Money {
  amount: string;
  currency: string;
}

export const money = codec<Money>({
  label: "Money",
  hint: 'Enter an amount and its currency like "12.50 EUR".',
  control: "text",
  read(text) {
    const stored = readJson(text);
    if (isRecord(stored)) return moneyOf(String(stored.amount), String(stored.currency_code));
    const [, before, amount, after] = /^\s*([a-z]{3})?\s*([\d.,+-]+)\s*([a-z]{3})?\s*$/i.exec(text) ?? [];
    return moneyOf(amount ?? "", before ?? after ?? "");
  },
  store: ({ amount, currency }) => JSON.stringify({ amount, currency_code: currency }),
  edit: ({ amount, currency }) => `${amount} ${currency}`,
  number: ({ amount }) => Number(amount),
  isJson: true,
});

function moneyOf(amount: string, currency: string): Money | null {
  const digits = readDecimal(amount);
  return digits !== null && /^[a-z]{3}$/i.test(currency) ? { amount: digits, currency: currency.toUpperCase() } : null;
}

interface Rating {
  value: string;
  min: string;
  max: string;
}

export const rating = codec<Rating>({
  label: "Rating",
  hint: 'Enter a rating and its scale like "4.5 of 1 to 5".',
  control: "text",
  read(text, rules) {
    const stored = readJson(text);
    if (isRecord(stored)) return ratingOf([stored.value, stored.scale_min, stored.scale_max].map(String));
    const [, value = "", min = scale(rules, "min", "1"), max = scale(rules, "max", "")] =
      /^\s*([\d.]+)(?:\s*(?:of|\/)\s*(?:([\d.]+)\s*(?:to|-|–)\s*)?([\d.]+))?\s*$/i.exec(text) ?? [];
    return ratingOf([value, min, max]);
  },
  store: ({ value, min, max }) => JSON.stringify({ value, scale_min: min, scale_max: max }),
  edit: ({ value, min, max }) => `${value} of ${min} to ${max}`,
  number: ({ value }) => Number(value),
  check({ value, min, max }, rules) {
    const [low, high] = [Number(scale(rules, "min", min)), Number(scale(rules, "max", max))];
    if (Number(min) !== low || Number(max) !== high) return `This rating's scale is ${low} to ${high}.`;
    return Number(value) < low || Number(value) > high ? `Enter a rating from ${low} to ${high}.` : null;
  },
  isJson: true,
});

function scale(rules: Rules, end: "min" | "max", otherwise: string) {
  return rules[`scale_${end}`] ?? otherwise;
}

function ratingOf(texts: string[]): Rating | null {
  const [value, min, max] = texts.map(readDecimal);
  return value && min && max ? { value, min, max } : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
