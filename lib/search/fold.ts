/** The longest sort key kept, in characters: beyond it names differ too late to matter on a screen. */
export const SORT_KEY_LENGTH = 120;

/** Lower case, without accents and compatibility forms: the same letters compare equal on both engines. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** What names are sorted by: folded, white space collapsed, leading punctuation dropped. Compared byte by byte. */
export function sortKey(text: string): string {
  return fold(text)
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, SORT_KEY_LENGTH);
}

/** The words of a text as the search index holds them: folded runs of letters and digits. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
