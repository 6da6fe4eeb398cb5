import { fold } from "./fold";
import type { SearchTerms } from "./search-terms";

/** From where to where, in characters of the text. */
export type Mark = [from: number, to: number];

/** Where in a text the words stand that a search asked for; of a beginning only as far as it was asked. */
export function markWords(text: string, terms: SearchTerms): Mark[] {
  const asked = terms.flatMap((way) => way.parts.flatMap((part) => part.flatMap((spelling) => spelling.words)));
  const marks: Mark[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const written = match[0];
    const folded = fold(written);
    const isWhole = asked.some(({ word }) => word === folded);
    const begun = asked.filter(({ word, isPrefix }) => isPrefix && folded.startsWith(word));
    if (!isWhole && begun.length === 0) continue;
    const longest = Math.max(0, ...begun.map(({ word }) => word.length));
    // Folding may change how long a word is: then all of it is marked.
    const length = isWhole || folded.length !== written.length ? written.length : longest;
    marks.push([match.index, match.index + length]);
  }
  return marks;
}
