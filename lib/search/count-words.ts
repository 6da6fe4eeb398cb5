import { type CategoryTree, trail } from "@/lib/categories/category-tree";
import type { WordSource } from "@/lib/db/search-words";
import { words } from "./fold";

/** Longer words with a digit are models and numbers: codes, which nobody has to spell. */
const LONGEST_WITH_DIGIT = 4;
const LONGEST = 40;
/** Words held at once; beyond them those seen but once are let go. */
const MOST_WORDS = 250_000;

/** In how many products each word of their names, brands and categories stands; for one walk through the catalogue. */
export class WordCount {
  readonly #products = new Map<string, number>();
  readonly #ofCategory = new Map<string, string[]>();
  readonly #tree: CategoryTree;

  constructor(tree: CategoryTree) {
    this.#tree = tree;
  }

  add(rows: readonly WordSource[]) {
    for (const row of rows) {
      for (const word of this.#wordsOf(row)) this.#products.set(word, (this.#products.get(word) ?? 0) + 1);
    }
    if (this.#products.size > MOST_WORDS) {
      for (const [word, products] of this.#products) if (products === 1) this.#products.delete(word);
    }
  }

  /** The counts so far. */
  get products(): ReadonlyMap<string, number> {
    return this.#products;
  }

  #wordsOf({ title, sku, brand, categoryId }: WordSource): Set<string> {
    const ofSku = new Set(words(sku));
    const own = title.split(" ").filter((word) => !ofSku.has(word));
    const ofBrand = brand === null ? [] : words(brand);
    const ofCategory = categoryId === null ? [] : this.#categoryWords(categoryId);
    return new Set([...own, ...ofBrand, ...ofCategory].filter(isWord));
  }

  #categoryWords(id: string) {
    let found = this.#ofCategory.get(id);
    if (!found) {
      const node = this.#tree.byId.get(id);
      found = node ? trail(this.#tree, node).flatMap(({ name }) => words(name)) : [];
      this.#ofCategory.set(id, found);
    }
    return found;
  }
}

/** Whether somebody would write it: letters, and hardly a number. */
export function isWord(word: string): boolean {
  if (word.length < 2 || word.length > LONGEST || !/\p{L}/u.test(word)) return false;
  return word.length <= LONGEST_WITH_DIGIT || !/\p{N}/u.test(word);
}
