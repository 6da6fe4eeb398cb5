import "server-only";
import { db } from "@/lib/db/client";
import { hasMatch } from "@/lib/db/search-candidates";
import { editDistance } from "./edit-distance";
import { words } from "./fold";
import { chunksOf, searchTerms } from "./search-terms";

/** Shorter words are as often another word as a slip. */
const SHORTEST = 4;
/** Words up to this length may differ by one letter, longer ones by two. */
const ONE_EDIT = 7;
/** Known words compared with a typed one; those of most products. */
const COMPARED = 3_000;

/** What was typed with its unknown words written as the catalogue writes them; null when there is nothing to mend. */
export async function correctSpelling(typed: string): Promise<string | null> {
  const chunks = chunksOf(typed);
  const mended = await Promise.all(chunks.map(correctWord));
  if (mended.every((word) => word === null)) return null;
  return chunks.map((chunk, at) => mended[at] ?? chunk).join(" ");
}

/** Another spelling that finds something; null when what was typed is known, or nothing better is. */
export async function betterSpelling(typed: string): Promise<string | null> {
  const corrected = await correctSpelling(typed);
  const terms = corrected === null ? null : searchTerms(corrected);
  return terms && (await hasMatch(terms)) ? corrected : null;
}

/** The likeliest known word for one nobody knows; null for codes, short words and those that are known. */
async function correctWord(chunk: string): Promise<string | null> {
  const [word, ...others] = words(chunk);
  if (!word || others.length > 0 || word.length < SHORTEST || /\d/.test(word)) return null;
  if (await isKnown(word)) return null;
  const most = word.length <= ONE_EDIT ? 1 : 2;
  // People seldom miss the first letter, and an index finds those words.
  const first = word.slice(0, 1);
  const nearby = await closest(word, most, { gte: first, lt: `${first}\u{10ffff}` });
  return nearby ?? closest(word, most, {});
}

async function isKnown(word: string) {
  return (await db.searchWord.count({ where: { word } })) > 0;
}

async function closest(word: string, most: number, range: { gte?: string; lt?: string }) {
  const known = await db.searchWord.findMany({
    where: { word: range },
    orderBy: [{ products: "desc" }, { word: "asc" }],
    take: COMPARED,
  });
  let best: { word: string; distance: number } | null = null;
  // The most frequent come first: of equally near ones they win.
  for (const { word: candidate } of known) {
    const distance = editDistance(word, candidate, best ? best.distance - 1 : most);
    if (distance <= most && (!best || distance < best.distance)) best = { word: candidate, distance };
    if (best?.distance === 1) break;
  }
  return best?.word ?? null;
}
