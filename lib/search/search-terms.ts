import { words } from "./fold";
import { otherNumber } from "./inflections";
import { compactCode } from "./search-document";
import { otherWords } from "./thesaurus";

/** One word of the index, or the beginning of one. */
export interface Term {
  word: string;
  isPrefix: boolean;
}

/** All of its words; `typed` as somebody wrote it or as one code, `number` in singular or plural, `joined` two words as one, `other` by another name. */
export interface Spelling {
  words: Term[];
  kind: "typed" | "number" | "joined" | "other";
}

/** What has any of the spellings. */
export type Part = Spelling[];

/** All of its parts. */
export interface Way {
  parts: Part[];
  /** How much of what was typed it asks for: 1 is all. */
  share: number;
  /** Whether the words must stand in the title. */
  isTitleOnly?: boolean;
}

/** What a search asks for, for either engine: any of the ways. */
export type SearchTerms = Way[];

/** Words beyond these are not looked for. */
const MAX_CHUNKS = 8;
/** A single letter begins too many words to be a beginning. */
const SHORTEST_PREFIX = 2;
/** Digits of a UPC, an EAN and a GTIN-14. */
const BARCODE_LENGTHS = [12, 13, 14];
/** Beginnings up to this length stand in SQLite's index themselves. */
const INDEXED_PREFIX = 3;

/**
 * Reads what somebody typed: every word must be there, the last as far as it is typed; a code is found with its
 * punctuation, without it, and with blanks in it; a word in its singular and plural, as one with the next, and by other
 * names of the same thing. `isLiteral` leaves out the last. Null when there is no letter or digit to look for.
 */
export function searchTerms(typed: string, { isLiteral = false } = {}): SearchTerms | null {
  const chunks = chunksOf(typed);
  if (chunks.length === 0) return null;
  const isOpen = !/\s$/.test(typed);
  const parts = chunks.map((chunk, at) => spellings(chunk, isOpen && at === chunks.length - 1, isLiteral));
  const ways: SearchTerms = [{ parts, share: 1 }];
  for (let at = 0; at + 1 < chunks.length; at++) {
    const pair = pairSpellings(chunks[at] ?? "", chunks[at + 1] ?? "", isOpen && at + 2 === chunks.length, isLiteral);
    if (pair) ways.push({ parts: parts.toSpliced(at, 2, pair), share: 1 });
  }
  // "0 12345 67890 5" is a code as printed under its bars.
  if (chunks.length > 1 && chunks.every((chunk) => /\d/.test(chunk))) {
    const code = compactCode(chunks.join(""));
    ways.push({ parts: [[typedAs(code, isOpen), ...barcodes(code)]], share: 1 });
  }
  return ways;
}

/** The same search, content with all words but one; null when it has but one. */
export function withoutOneWord(terms: SearchTerms): SearchTerms | null {
  const parts = terms[0]?.parts ?? [];
  if (parts.length < 2) return null;
  const share = (parts.length - 1) / parts.length;
  return parts.map((_, at) => ({ parts: parts.toSpliced(at, 1), share }));
}

/** The same search, content with any of its words; null when it has but one. */
export function anyWord(terms: SearchTerms): SearchTerms | null {
  const parts = terms[0]?.parts ?? [];
  return parts.length < 2 ? null : parts.map((part) => ({ parts: [part], share: 1 / parts.length }));
}

/** What else a search looks for, in words: other names of the same things. */
export function otherNames(terms: SearchTerms): string[] {
  const spellings = terms.flatMap((way) => way.parts.flat());
  const names = spellings.filter(({ kind }) => kind === "other").map(({ words: name }) => name.map(({ word }) => word));
  return [...new Set(names.map((name) => name.join(" ")))];
}

/** Beginnings that SQLite finds only by gathering every word that begins so. */
export function longBeginnings(terms: SearchTerms): string[] {
  const asked = terms.flatMap((way) => way.parts.flatMap((part) => part.flatMap((spelling) => spelling.words)));
  const long = asked.filter(({ word, isPrefix }) => isPrefix && word.length > INDEXED_PREFIX);
  return [...new Set(long.map(({ word }) => word))];
}

/** The same search with long beginnings taken for whole words: themselves and `known` ones that begin so. */
export function wholeWords(terms: SearchTerms, known: readonly string[]): SearchTerms {
  const whole = (part: Part): Part =>
    part.flatMap((spelling) => {
      const last = spelling.words.at(-1);
      if (!last?.isPrefix || last.word.length <= INDEXED_PREFIX) return [spelling];
      const ends = [last.word, ...known.filter((word) => word !== last.word && word.startsWith(last.word))];
      return ends.map((word) => ({ ...spelling, words: [...spelling.words.slice(0, -1), term(word, false)] }));
    });
  return terms.map((way) => ({ ...way, parts: way.parts.map(whole) }));
}

/** The same search in titles alone. */
export function inTitles(terms: SearchTerms): SearchTerms {
  return terms.map((way) => ({ ...way, isTitleOnly: true }));
}

/** The same search where these words stand too, anywhere. */
export function besideWords(terms: SearchTerms, beside: readonly string[]): SearchTerms {
  const parts = beside.map((word): Part => [{ words: [term(word, false)], kind: "typed" }]);
  return terms.map((way) => ({ ...way, parts: [...way.parts, ...parts] }));
}

/** What is looked for, word by word as it was typed. */
export function chunksOf(typed: string): string[] {
  return typed
    .trim()
    .split(/\s+/)
    .filter((chunk) => compactCode(chunk) !== "")
    .slice(0, MAX_CHUNKS);
}

function spellings(chunk: string, isLast: boolean, isLiteral: boolean): Part {
  const parts = words(chunk);
  const asWords: Spelling = {
    words: parts.map((word, at) => term(word, isLast && at === parts.length - 1)),
    kind: "typed",
  };
  const [only] = asWords.words;
  if (!only || parts.length > 1) return [asWords, typedAs(compactCode(chunk), isLast)];
  const number = otherNumber(only.word);
  return [
    asWords,
    // A beginning holds its plural already.
    ...(number && !(only.isPrefix && number.startsWith(only.word)) ? [numbered(number)] : []),
    ...barcodes(only.word),
    ...(isLiteral ? [] : named([only.word])),
  ];
}

/** A UPC is an EAN with a nought before it: scanners and suppliers write as many as they like. */
function barcodes(word: string): Spelling[] {
  if (!/^\d{11,14}$/.test(word)) return [];
  const bare = word.replace(/^0+/, "");
  const written = BARCODE_LENGTHS.filter((length) => bare.length <= length).map((length) => bare.padStart(length, "0"));
  return written.filter((code) => code !== word).map((code) => typedAs(code, false));
}

/** Two words as one, "head set" and "headset", and what the two are also called; null for two numbers. */
function pairSpellings(first: string, second: string, isLast: boolean, isLiteral: boolean): Part | null {
  const [a, b] = [compactCode(first), compactCode(second)];
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return null;
  return [{ ...typedAs(a + b, isLast), kind: "joined" }, ...(isLiteral ? [] : named([a, b]))];
}

/** Other names of a thing, asked for in either number. */
function named(asked: string[]): Spelling[] {
  const last = otherNumber(asked.at(-1) ?? "");
  const names = [...otherWords(asked), ...(last ? otherWords([...asked.slice(0, -1), last]) : [])];
  return names.map((name) => ({ words: name.map((word) => term(word, false)), kind: "other" }));
}

function typedAs(word: string, mayGoOn: boolean): Spelling {
  return { words: [term(word, mayGoOn)], kind: "typed" };
}

function numbered(word: string): Spelling {
  return { words: [term(word, false)], kind: "number" };
}

function term(word: string, mayGoOn: boolean): Term {
  return { word, isPrefix: mayGoOn && word.length >= SHORTEST_PREFIX };
}
