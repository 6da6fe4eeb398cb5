import { words } from "./fold";
import { compactCode } from "./search-document";

/** One word of the index, or the beginning of one. */
export interface Term {
  word: string;
  isPrefix: boolean;
}

/**
 * What a search asks for, for either engine: any of the outer ways, each of which is all of its parts, each part any
 * of its spellings, each spelling all of its words.
 */
export type SearchTerms = Term[][][][];

/** Words beyond these are not looked for. */
const MAX_CHUNKS = 8;
/** A single letter begins too many words to be a beginning. */
const SHORTEST_PREFIX = 2;

/**
 * Reads what somebody typed: every word must be there, the last as far as it is typed; a code is found with its
 * punctuation, without it, and with blanks in it. Null when there is no letter or digit to look for.
 */
export function searchTerms(typed: string): SearchTerms | null {
  const chunks = typed
    .trim()
    .split(/\s+/)
    .filter((chunk) => compactCode(chunk) !== "")
    .slice(0, MAX_CHUNKS);
  if (chunks.length === 0) return null;
  const isOpen = !/\s$/.test(typed);
  const ways: SearchTerms = [chunks.map((chunk, at) => spellings(chunk, isOpen && at === chunks.length - 1))];
  // "0 12345 67890 5" is a code as printed under its bars.
  if (chunks.length > 1 && chunks.every((chunk) => /\d/.test(chunk)))
    ways.push([[[term(compactCode(chunks.join("")), isOpen)]]]);
  return ways;
}

function spellings(chunk: string, isLast: boolean): Term[][] {
  const parts = words(chunk);
  const asWords = parts.map((word, at) => term(word, isLast && at === parts.length - 1));
  if (parts.length < 2) return [asWords];
  return [asWords, [term(compactCode(chunk), isLast)]];
}

function term(word: string, mayGoOn: boolean): Term {
  return { word, isPrefix: mayGoOn && word.length >= SHORTEST_PREFIX };
}
