/** A place in the product list, as the address carries it. */
export interface Cursor {
  /** What the row is sorted by: times as milliseconds, null where it has none. */
  key: string | number | null;
  id: string;
  /** How many rows stand before it, as far as the reader has seen: for "51–100 of 821". */
  rank: number;
}

export function encodeCursor({ key, id, rank }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([key, id, rank]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Null when the text is no cursor. */
export function decodeCursor(text: string): Cursor | null {
  const parts = parseArray(text);
  if (!parts) return null;
  const [key, id, rank] = parts;
  const isKey = key === null || typeof key === "string" || Number.isFinite(key);
  if (!isKey || typeof id !== "string" || !Number.isSafeInteger(rank) || Number(rank) < 0) return null;
  // Checked above: text, null or a number.
  return { key: key as Cursor["key"], id, rank: Number(rank) };
}

function parseArray(text: string): unknown[] | null {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const parts: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return Array.isArray(parts) ? parts : null;
  } catch {
    // An address that somebody cut or made up: the list begins at its first page.
    return null;
  }
}

const LARGEST_INTEGER = 2 ** 31 - 1;

/** Whether a cursor can be a place in a list sorted so: one of another sort is none. */
export function fitsSort({ key, id }: Cursor, sort: string): boolean {
  if (`${key}${id}`.includes("\0")) return false;
  switch (sort) {
    case "relevance":
      return key === null;
    case "name":
    case "sku":
      return typeof key === "string";
    case "brand":
    case "value":
      return key === null || typeof key === "string";
    case "updated":
      return isTime(key);
    case "dateValue":
      return key === null || isTime(key);
    case "numberValue":
      return key === null || typeof key === "number";
    default:
      return key === null || (Number.isInteger(key) && Math.abs(Number(key)) <= LARGEST_INTEGER);
  }
}

function isTime(key: Cursor["key"]) {
  return typeof key === "number" && !Number.isNaN(new Date(key).getTime());
}
