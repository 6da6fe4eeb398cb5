import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { hasMatch } from "@/lib/db/search-candidates";
import { selectBrandsBeginning } from "@/lib/db/search-words";
import { sortKey, words } from "./fold";
import { otherNumber } from "./inflections";
import { chunksOf, searchTerms } from "./search-terms";

const WORDS = 6;
const BRANDS = 3;

export interface Suggestions {
  /** What one may be about to type, whole. */
  words: string[];
  brands: string[];
}

/**
 * How what is typed may go on: the most frequent words that begin so (after other words only those that stand beside
 * them), and brands. @throws {AppError} `forbidden`
 */
export async function suggest(actor: Actor, typed: string): Promise<Suggestions> {
  assertCan(actor, "catalog:read");
  const key = sortKey(typed);
  if (key === "") return { words: [], brands: [] };
  const [found, brands] = await Promise.all([goOn(typed), selectBrandsBeginning(key, BRANDS)]);
  return { words: found, brands };
}

async function goOn(typed: string) {
  const chunks = chunksOf(typed);
  const [last, ...more] = words(chunks.at(-1) ?? "");
  if (!last || more.length > 0 || /\s$/.test(typed)) return [];
  const known = await db.searchWord.findMany({
    where: { word: { gte: last, lt: `${last}\u{10ffff}` } },
    orderBy: [{ products: "desc" }, { word: "asc" }],
    take: WORDS,
  });
  const before = chunks.slice(0, -1);
  const own = known.filter(({ word }, at) => !known.slice(0, at).some((kept) => kept.word === otherNumber(word)));
  const whole = own.map(({ word }) => [...before, word].join(" "));
  if (before.length === 0) return whole;
  const isFound = await Promise.all(
    whole.map(async (text) => {
      const terms = searchTerms(`${text} `, { isLiteral: true });
      return terms !== null && (await hasMatch(terms));
    }),
  );
  return whole.filter((_, at) => isFound[at]);
}
