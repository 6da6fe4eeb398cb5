import "server-only";
import { hasMatch } from "@/lib/db/search-candidates";
import { anyWord, type SearchTerms, searchTerms, withoutOneWord } from "./search-terms";
import { correctSpelling } from "./spelling";

/** How a search was taken. */
export interface Reading {
  terms: SearchTerms;
  /** `corrected` when nothing matches as typed, `someWords` when nothing has all of the words. */
  kind: "asTyped" | "corrected" | "someWords";
  /** What is shown results for. */
  shown: string;
}

/** What is typed, to the letter: every word or code, in either number, without other names or spellings. */
export interface QueryOptions {
  isLiteral?: boolean;
}

/**
 * What a search asks for. Where nothing in the whole catalogue matches it, its unknown words are corrected, then one of
 * them may be missing: filters do not change how words are read. Null when there is nothing to look for.
 */
export async function readQuery(typed: string, { isLiteral = false }: QueryOptions = {}): Promise<Reading | null> {
  const terms = searchTerms(typed, { isLiteral });
  if (!terms) return null;
  const asTyped: Reading = { terms, kind: "asTyped", shown: typed.trim() };
  if (isLiteral || (await hasMatch(terms))) return asTyped;
  return (await correctedReading(typed)) ?? (await someWords(terms, typed)) ?? asTyped;
}

async function correctedReading(typed: string): Promise<Reading | null> {
  const shown = await correctSpelling(typed);
  const terms = shown === null ? null : searchTerms(shown);
  if (!shown || !terms) return null;
  if (await hasMatch(terms)) return { terms, kind: "corrected", shown };
  return someWords(terms, shown);
}

async function someWords(terms: SearchTerms, shown: string): Promise<Reading | null> {
  for (const fewer of [withoutOneWord(terms), anyWord(terms)]) {
    if (fewer && (await hasMatch(fewer))) return { terms: fewer, kind: "someWords", shown };
  }
  return null;
}
