/**
 * Whether two folded names are of the same words, in whatever order: variants share a picture and differ by one (`fine`,
 * `medium`, `dozen`, `0.4`).
 */
export function areAlike(a: string, b: string): boolean {
  const words = wordsOf(a);
  return words !== "" && words === wordsOf(b);
}

function wordsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}.]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return [...new Set(words)].sort().join(" ");
}
