import { z } from "zod";
import { type Cursor, decodeCursor, encodeCursor } from "@/lib/catalog/cursor";
import { AppError } from "@/lib/errors";

/** A page number beyond this names no list of ours, and its rows could not be counted up to. */
const LAST_PAGE = 1_000_000;

/** How every list is asked for a part of itself. */
export const pageFields = {
  page: z.coerce
    .number("Send a whole number.")
    .int("Send a whole number.")
    .min(1, "Pages count from 1.")
    .max(LAST_PAGE, `There are at most ${LAST_PAGE} pages.`)
    .optional()
    .describe("Counts from 1. Pages may shift while the list changes; cursors don't."),
  per_page: z.coerce
    .number("Send a whole number.")
    .int("Send a whole number.")
    .min(1, "Ask for at least one row.")
    .max(200, "Ask for at most 200 rows.")
    .default(50)
    .describe("Rows a page."),
  cursor: z
    .string()
    .max(2_000, "This is no cursor.")
    .optional()
    .describe("The `next_cursor` of the page before, with the same filters and order; instead of `page`."),
};

export function isOnePlace(query: { page?: number; cursor?: string }): boolean {
  return query.page === undefined || query.cursor === undefined;
}
export const TWO_PLACES = { path: ["cursor"], message: "Send `page` or `cursor`, not both." };

/** The one shape of lists. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item),
    total: z.int().min(0).describe("All that match, exactly."),
    page: z.int().min(1),
    per_page: z.int().min(0),
    next_cursor: z.string().nullable().describe("Null on the last page."),
  });
}

/** A place in a list as text; it says which order it belongs to. */
export function writeCursor(order: string, cursor: Cursor): string {
  return `${order}.${encodeCursor(cursor)}`;
}

/** @throws {AppError} `invalid_input` for a cursor that is none of a list in this order: a script would begin anew without end. */
export function readCursor(
  text: string | undefined,
  order: string,
  fits: (cursor: Cursor) => boolean,
): Cursor | undefined {
  if (text === undefined) return undefined;
  const at = text.lastIndexOf(".");
  const cursor = text.slice(0, at) === order ? decodeCursor(text.slice(at + 1)) : null;
  if (cursor && fits(cursor)) return cursor;
  const message = "This cursor is not of this list in this order. Leave it out to begin at the first page.";
  throw new AppError("invalid_input", message, { fields: { cursor: message } });
}

/** For lists whose rows are numbered: a cursor is the last row's number. */
export function readNumberCursor(text: string | undefined, order: string) {
  const cursor = readCursor(text, order, ({ key }) => typeof key === "number" && key >= 0 && key < 2 ** 31);
  return cursor && { number: Number(cursor.key), rank: cursor.rank };
}

/** The number of the page that begins after `offset` rows. */
export function pageNumber(offset: number, perPage: number): number {
  return Math.floor(offset / perPage) + 1;
}
