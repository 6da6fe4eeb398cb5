import { z } from "zod";

// What requests and answers of the API are made of.

/** PostgreSQL takes every character but this one. */
export function hasNoNul(value: unknown): boolean {
  return typeof value !== "string" || !value.includes("\0");
}

export const NUL_REFUSAL = "Leave out the character U+0000.";

export function text(max: number) {
  return z.string("Send a text.").max(max, `Send at most ${max} characters.`).refine(hasNoNul, NUL_REFUSAL);
}

/** A yes or no of the query string. */
export function flag(usual: "true" | "false") {
  return z
    .enum(["true", "false"], "Send true or false.")
    .default(usual)
    .transform((word) => word === "true");
}

/** One value or several, as a repeated name of the query string or an array of a body. */
export function oneOrMore<T extends z.ZodType>(item: T, most: number) {
  return z
    .preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).max(most, `Send at most ${most}.`))
    .optional();
}

export const ids = { params: z.object({ id: z.uuid() }) };

export const time = z.iso.datetime().describe("UTC.");

export function iso(at: Date): string;
export function iso(at: Date | null): string | null;
export function iso(at: Date | null) {
  return at?.toISOString() ?? null;
}

/** `priceCents` as `price_cents`; names that are none of our own (`metafield:custom.Size`) stay as they are. */
export function snakeCase(name: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) return name;
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
