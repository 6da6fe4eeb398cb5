import { lexicon } from "./lexicon";
import type { SymbolSet } from "./symbols";
import { type NameWord, nameWords, singular } from "./words";

/** A symbol that suits a category, and why. */
export interface Candidate {
  symbol: string;
  score: number;
  /** The word that led to it. */
  word: string;
  /** 0: by the category's own name; 1 by its parent's, and so on up. */
  levelsUp: number;
}

/** Most candidates told. */
const MOST = 12;
/** What the shop's own list says counts for more than what the symbols' makers thought of. */
const WEIGHT = { phrase: 14, listed: 8, name: 7, tag: 3, namePart: 2 } as const;
/** The last word of a name says what the thing is, the ones before of which kind. */
const HEAD = 1.5;
/** A word for what serves another thing. */
const WEAK = 0.5;
/** Of `Pens & Pencils` the first is drawn: what each further one counts for. */
const LATER = 0.85;
/** What a parent's words count for, once for each level up. */
const LEVEL_UP = 0.65;
/** Signs of screens and of writing, which show no goods. */
const SIGN =
  /^(?:a-|align|arrow|badge-[^p]|baseline|between|case-|chevron|circle|columns|copy|corner|decimals|delete|diff|fold-|git|grid-2|grip-|heading|indent|layout-|letter|list|log-|loader|map-pin-|maximize|message|minimize|mouse-pointer|move|octagon|panel|refresh|rotate|rows|scan-|separator|shield-[^c]|signal|square|step|strikethrough|table-|text-|toggle|undo|redo|unfold|user-|view|zodiac|zoom)|-(?:off|x|plus|minus|check|alert|sign|rupee|cog|up|down|pen|search|lock|key|dot|2)$/;

interface Index {
  names: ReadonlySet<string>;
  byNamePart: ReadonlyMap<string, readonly string[]>;
  byTag: ReadonlyMap<string, readonly string[]>;
}
const indexes = new WeakMap<SymbolSet, Index>();

/**
 * The symbols that suit a category, the best first: by the words of its own name, and by its parents' for less. The
 * same path gives the same list. Empty where no word of the path means anything that can be drawn.
 * @param path the names from the top
 */
export function pickSymbols(symbols: SymbolSet, path: readonly string[]): Candidate[] {
  const index = indexOf(symbols);
  const levels = path.toReversed().map((name) => nameWords(name));
  const context = new Set(levels.flatMap((words) => words.map(({ word }) => word)));
  const best = new Map<string, Candidate>();
  for (const [levelsUp, words] of levels.entries()) {
    for (const { symbol, score, word } of ofWords(symbols, index, words)) {
      const candidate = {
        symbol,
        score: score * LEVEL_UP ** levelsUp + inContext(symbols, symbol, context),
        word,
        levelsUp,
      };
      if (candidate.score > (best.get(symbol)?.score ?? 0)) best.set(symbol, candidate);
    }
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1)).slice(0, MOST);
}

interface Found {
  symbol: string;
  score: number;
  /** The word that counted most. */
  word: string;
}

function ofWords(symbols: SymbolSet, index: Index, words: readonly NameWord[]): Found[] {
  const best = new Map<string, Found & { most: number }>();
  let headsBefore = 0;
  for (const nameWord of words) {
    const found = ofWord(index, nameWord, nameWord.isHead ? LATER ** headsBefore : 1);
    if (nameWord.isHead) headsBefore += 1;
    for (const { symbol, score, word } of found) {
      if (!(symbol in symbols.nodes)) continue;
      const before = best.get(symbol);
      const isMore = !before || score > before.most;
      // A second word that means the same symbol confirms it.
      const sum = before ? Math.max(before.score, score) + 0.2 * Math.min(before.score, score) : score;
      best.set(symbol, { symbol, score: sum, word: isMore ? word : before.word, most: isMore ? score : before.most });
    }
  }
  return [...best.values()];
}

function ofWord(index: Index, { word, withNext, isHead, isWeak }: NameWord, place: number): Found[] {
  const rank = (isHead ? HEAD : 1) * (isWeak ? WEAK : 1) * place;
  const best = new Map<string, Found>();
  const add = (symbol: string, score: number, by: string) => {
    if (score > (best.get(symbol)?.score ?? 0)) best.set(symbol, { symbol, score, word: by });
  };
  for (const symbol of withNext ? (lexicon().get(withNext) ?? []) : [])
    add(symbol, WEIGHT.phrase * place, withNext ?? word);
  if (withNext && index.names.has(withNext.replace(" ", "-")))
    add(withNext.replace(" ", "-"), WEIGHT.phrase * place, withNext);
  for (const symbol of lexicon().get(word) ?? []) add(symbol, WEIGHT.listed * rank, word);
  if (index.names.has(word)) add(word, WEIGHT.name * rank, word);
  for (const symbol of index.byTag.get(word) ?? []) add(symbol, WEIGHT.tag * rank, word);
  for (const symbol of index.byNamePart.get(word) ?? []) add(symbol, WEIGHT.namePart * rank, word);
  return [...best.values()];
}

/** Of two that fit, the one whose tags speak of the department. */
function inContext(symbols: SymbolSet, symbol: string, context: ReadonlySet<string>) {
  const about = new Set([...symbol.split("-"), ...(symbols.tags[symbol] ?? [])].map(singular));
  return Math.min(0.6, [...context].filter((word) => about.has(word)).length * 0.15);
}

function indexOf(symbols: SymbolSet): Index {
  const known = indexes.get(symbols);
  if (known) return known;
  const byNamePart = new Map<string, string[]>();
  const byTag = new Map<string, string[]>();
  const usable = symbols.names.filter((name) => !SIGN.test(name));
  for (const symbol of usable) {
    for (const part of new Set(symbol.split("-").map(singular))) put(byNamePart, part, symbol);
    for (const tag of new Set((symbols.tags[symbol] ?? []).map((tag) => singular(tag.toLowerCase())))) {
      put(byTag, tag, symbol);
    }
  }
  const index = { names: new Set(usable), byNamePart, byTag };
  indexes.set(symbols, index);
  return index;
}

function put(map: Map<string, string[]>, key: string, symbol: string) {
  map.set(key, [...(map.get(key) ?? []), symbol]);
}
