import { fold, words } from "./fold";

/** Words kept of a product's body: beyond it a text is prose, not something one searches a catalogue by. */
const BODY_WORDS = 600;
/** Longer runs are not words (hashes, encoded pictures), in characters. */
const WORD_LENGTH = 60;

export interface SearchSubject {
  name: string;
  sku: string;
  brand?: string | null;
  /** The category's name and those above it. */
  categoryNames?: readonly string[];
  /** Every code of the product, as received. */
  codes: readonly string[];
  metafieldValues: readonly string[];
}

/** The columns of ProductSearch: words separated by one space, already folded. */
export interface SearchDocument {
  title: string;
  codes: string;
  body: string;
}

/** What of a product the search box finds. Each word stands once per column: its weight is where it stands. */
export function searchDocument(subject: SearchSubject): SearchDocument {
  const codes = [subject.sku, ...subject.codes].map(compactCode);
  return {
    title: unique([...words(subject.name), ...words(subject.sku)]).join(" "),
    codes: unique(codes).join(" "),
    body: unique(bodyWords(subject)).slice(0, BODY_WORDS).join(" "),
  };
}

/** A code as one word of the index: `A-12/3.b` and `a123B` are the same. */
export function compactCode(code: string): string {
  return fold(code).replace(/[^\p{L}\p{N}]+/gu, "");
}

function bodyWords({ brand, categoryNames = [], metafieldValues }: SearchSubject) {
  return [brand ?? "", ...categoryNames, ...metafieldValues].flatMap(words);
}

function unique(found: string[]) {
  return [...new Set(found)].filter((word) => word !== "" && word.length <= WORD_LENGTH);
}
