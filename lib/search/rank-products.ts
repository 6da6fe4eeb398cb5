import { words } from "./fold";
import { otherNumber } from "./inflections";
import type { Part, SearchTerms, Spelling } from "./search-terms";

/** What of a product its rank goes by: ProductSearch's columns, and what its words are words of. */
export interface Candidate {
  id: string;
  title: string;
  codes: string;
  body: string;
  brand: string | null;
  categoryId: string | null;
}

export interface Ranking {
  terms: SearchTerms;
  /** All that was typed as one code. */
  code: string;
  /** Names of a category from the top, itself last. */
  categoryNames: (id: string) => readonly string[];
  /** Products in the category itself. */
  categorySize: (id: string) => number;
}

/** What a word is worth by where it stands and how it is written there; found by `npm run bench -- search`. */
export const WEIGHTS = {
  title: 8,
  brand: 0.65,
  leaf: 2,
  above: 0.3,
  body: 2.2,
  number: 0.9,
  joined: 0.1,
  other: 0.4,
  prefix: 0.37,
  /** Words in a title of usual length, and how much of a word's worth goes by the length. */
  usualLength: 40,
  length: 0.5,
  /** Words that stand side by side as they were typed. */
  phrase: 1.1,
  /** Late in the title: "wall mount projector" is a projector. */
  late: 1.75,
  /** The category's name ends with it, and is nothing else. */
  leafHead: 1,
  leafWhole: 1,
  affinity: 5.7,
};
export type Weights = typeof WEIGHTS;

/** The candidates, the best first, equals in the order of their ids; those with exactly this code come before all. */
export function rankProducts<C extends Candidate>(
  candidates: readonly C[],
  ranking: Ranking,
  weights: Weights = WEIGHTS,
): C[] {
  const scorer = new Scorer(candidates, ranking, weights);
  const scored = candidates.map((candidate) => ({
    candidate,
    isCode: ` ${candidate.codes} `.includes(` ${ranking.code} `),
    ...scorer.score(candidate),
  }));
  const affinity = affinities(scored, ranking);
  const total = (one: (typeof scored)[number]) =>
    one.score + weights.affinity * one.share * (affinity.get(one.candidate.categoryId) ?? 0);
  return scored
    .map((one) => ({ ...one, score: total(one) }))
    .sort(
      (a, b) => Number(b.isCode) - Number(a.isCode) || b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .map(({ candidate }) => candidate);
}

class Scorer {
  readonly #ranking: Ranking;
  readonly #weights: Weights;
  readonly #rarity: Map<Part, number>;
  readonly #brands = new Map<string, string>();
  readonly #categories = new Map<string, { leaf: string; above: string }>();

  constructor(candidates: readonly Candidate[], ranking: Ranking, weights: Weights) {
    this.#ranking = ranking;
    this.#weights = weights;
    this.#rarity = rarities(candidates, ranking.terms);
  }

  /** By the best of the ways. `inTitle` is how much of it stands in the title, 0 to 1. */
  score(candidate: Candidate) {
    const title = ` ${candidate.title} `;
    const fields = {
      title,
      brand: this.#brand(candidate.brand ?? ""),
      ...this.#category(candidate.categoryId ?? ""),
      body: ` ${candidate.body} `,
    };
    let best = { score: 0, inTitle: 0, share: 0 };
    for (const { parts, share } of this.#ranking.terms) {
      const { score, inTitle } = this.#scoreParts(parts, fields);
      if (score * share > best.score) best = { score: score * share, inTitle: inTitle * share, share };
    }
    return best;
  }

  #scoreParts(parts: Part[], { title, brand, leaf, above, body }: Fields) {
    const w = this.#weights;
    const length = title.split(" ").length - 2;
    const shortness = 1 / (1 - w.length + (w.length * length) / w.usualLength);
    let score = 0;
    let inTitle = 0;
    let phrases = 0;
    let end = -1;
    for (const part of parts) {
      const found = this.#find(title, part);
      const inBody = this.#find(body, part);
      // Brand and categories stand in the body, too.
      const inLeaf = inBody.worth > 0 ? this.#find(leaf, part) : NOWHERE;
      const elsewhere =
        inBody.worth > 0
          ? w.brand * this.#find(brand, part).worth +
            w.leaf * inLeaf.worth +
            w.above * this.#find(above, part).worth +
            w.body * inBody.worth
          : 0;
      const isHead = inLeaf.worth > 0 && inLeaf.end === leaf.length - 1;
      const shape =
        (isHead ? w.leafHead * inLeaf.worth : 0) +
        (isHead && inLeaf.at === 0 ? w.leafWhole * inLeaf.worth : 0) +
        (found.worth > 0 ? (w.late * found.at) / title.length : 0);
      score += (w.title * found.worth * shortness + elsewhere) * (this.#rarity.get(part) ?? 1) + shape;
      inTitle += found.worth;
      if (found.worth > 0 && found.at === end) phrases++;
      end = found.end;
    }
    if (parts.length > 1) score += w.phrase * phrases;
    return { score: score / parts.length, inTitle: inTitle / parts.length };
  }

  /** The best a part's spellings do in a field: what it is worth, and from where to where it stands. */
  #find(field: string, part: Part): Found {
    let best = NOWHERE;
    for (const spelling of part) {
      const found = this.#findSpelling(field, spelling);
      if (found.worth > best.worth) best = found;
    }
    return best;
  }

  #findSpelling(field: string, { words: asked, kind }: Spelling): Found {
    const w = this.#weights;
    let worth = kind === "typed" ? 1 : w[kind];
    let at = -1;
    let end = -1;
    for (const { word, isPrefix } of asked) {
      let start = field.indexOf(` ${word} `);
      if (start < 0 && isPrefix) {
        start = field.indexOf(` ${word}`);
        if (start >= 0) worth *= isNumberOf(field, start + 1, word) ? w.number : w.prefix;
      }
      if (start < 0) return NOWHERE;
      if (at < 0) at = start;
      end = field.indexOf(" ", start + 1);
    }
    return { worth, at, end };
  }

  #brand(name: string) {
    const found = this.#brands.get(name) ?? spaced(words(name));
    this.#brands.set(name, found);
    return found;
  }

  #category(id: string) {
    let found = this.#categories.get(id);
    if (!found) {
      const names = id === "" ? [] : this.#ranking.categoryNames(id);
      found = { leaf: spaced(words(names.at(-1) ?? "")), above: spaced(names.slice(0, -1).flatMap(words)) };
      this.#categories.set(id, found);
    }
    return found;
  }
}

/** Words between blanks, one at either end. */
type Fields = Record<"title" | "brand" | "leaf" | "above" | "body", string>;

interface Found {
  worth: number;
  /** Of the blanks before and after it. */
  at: number;
  end: number;
}

const NOWHERE: Found = { worth: 0, at: -1, end: -1 };

function spaced(parts: readonly string[]) {
  return ` ${parts.join(" ")} `;
}

function isNumberOf(field: string, at: number, word: string) {
  return field.slice(at, field.indexOf(" ", at)) === otherNumber(word);
}

/** Words that few of the candidates have tell more than those which most have. */
function rarities(candidates: readonly Candidate[], terms: SearchTerms) {
  const rarity = new Map<Part, number>();
  const parts = new Set(terms.filter((way) => way.parts.length > 1).flatMap((way) => way.parts));
  if (terms.every((way) => way.share === 1)) return rarity;
  for (const part of parts) {
    const has = candidates.filter(({ title, codes, body }) => {
      const text = ` ${title} ${codes} ${body}`;
      return part.some((spelling) => spelling.words.every(({ word }) => text.includes(` ${word}`)));
    }).length;
    rarity.set(part, 0.5 + Math.log(1 + (candidates.length - has + 0.5) / (has + 0.5)));
  }
  return rarity;
}

/** How much of a category has the words in its title, 0 to 1: most of "headsets" are headsets, few of "cables" are. */
function affinities(
  scored: { candidate: Candidate; inTitle: number }[],
  { categorySize }: Pick<Ranking, "categorySize">,
) {
  const sums = new Map<string | null, number>();
  for (const { candidate, inTitle } of scored) {
    sums.set(candidate.categoryId, (sums.get(candidate.categoryId) ?? 0) + inTitle);
  }
  const affinity = new Map<string | null, number>();
  for (const [id, sum] of sums) if (id !== null) affinity.set(id, Math.min(1, sum / (categorySize(id) + 5)));
  return affinity;
}
