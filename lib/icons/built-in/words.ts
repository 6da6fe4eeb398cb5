import { fold } from "@/lib/search/fold";

/** Words that name no thing: `Accessories for Printers` is about printers. */
const EMPTY = new Set(
  [
    "and or the a an of in on to by at from s up non other others misc miscellaneous general various assorted",
    "accessories accessory supplies supply parts part replacement equipment products product items item sets set kits kit",
    "systems system components component materials material goods good essentials essential basics types more new all",
    "replacements refill refills spare spares universal standard professional pro compact portable mini",
  ].flatMap((line) => line.split(" ")),
);
/** What is there for something else: a guitar stand, a camera mount. */
const WEAK = new Set(
  [
    "stand mount mounting bracket handle holder cover case bag cap clip hook strap pad grip guard adapter controller knob",
    "rack tray control pump hose filter needle protector liner insert sleeve base cleaner treatment solution connector",
    "wire cord cable lead harness mold pattern counter organizer storage caddy wash driver unit module tape care machine",
  ].flatMap((line) => line.split(" ")),
);
/** What follows says for what, of what or with what: the thing itself stands before. */
const TURN = /\s(?:for|with|without|per|incl)\s/;

/** What the rules below would get wrong. */
const SINGULARS: Record<string, string> = Object.fromEntries(
  [
    "knives knife shelves shelf leaves leaf loaves loaf scarves scarf halves half wolves wolf calves calf mice mouse",
    "feet foot teeth tooth men man women woman children child people person geese goose axes axe shoes shoe",
    "cookies cookie hoodies hoodie movies movie beanies beanie brownies brownie smoothies smoothie calories calorie",
    "lens lens glasses glasses sunglasses sunglasses eyeglasses eyeglasses scissors scissors gas gas canvas canvas",
  ].flatMap((line) => [...line.matchAll(/(\S+) (\S+)/g)].map(([, many = "", one = ""]) => [many, one])),
);

/** The singular of an English word, near enough to compare words with: `batteries` → `battery`, `boxes` → `box`. */
export function singular(word: string): string {
  const known = SINGULARS[word];
  if (known) return known;
  if (word.length <= 3 || /(?:ss|us|is|ics)$/.test(word)) return word;
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** A word of a category's name. */
export interface NameWord {
  word: string;
  /** The two words together, as in `whiteboard marker`, where one follows the other directly. */
  withNext: string | null;
  /** Whether it names the thing: the last word of `Bird Cages`, both of `Pens & Pencils`. */
  isHead: boolean;
  /** Whether the word before it says more: a `stand` is drawn as what stands on it. */
  isWeak: boolean;
}

/** The words of a category's name that name something, in their order. */
export function nameWords(name: string): NameWord[] {
  const [thing = "", ...rest] = fold(name).replaceAll("'s", "").split(TURN);
  const found = thing.split(/[&,/+;()|]|\band\b|\bor\b/).flatMap((phrase) => phraseWords(phrase, true));
  return [...found, ...rest.flatMap((phrase) => phraseWords(phrase, false))];
}

function phraseWords(phrase: string, mayBeHead: boolean): NameWord[] {
  const all = (phrase.match(/[\p{L}\p{N}]+/gu) ?? []).map(singular);
  const last = all.findLastIndex((word) => !isEmpty(word));
  return all.flatMap((word, at) => {
    const next = all[at + 1];
    if (isEmpty(word)) return [];
    const withNext = next ? `${word} ${next}` : null;
    return [{ word, withNext, isHead: mayBeHead && at === last, isWeak: WEAK.has(word) }];
  });
}

function isEmpty(word: string) {
  return EMPTY.has(word) || /^\d+$/.test(word);
}
