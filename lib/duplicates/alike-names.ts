/** From so much of all words on that two names have in common they may name one thing. */
const ALIKE = 0.7;

/** Whether two folded names say nearly the same, and all of the same sizes, packs and models: `0.4 mm` is not `0.8 mm`. */
export function areAlike(a: string, b: string): boolean {
  const [words, others] = [wordsOf(a), wordsOf(b)];
  const numbers = (of: Set<string>) =>
    [...of]
      .filter((word) => /\d/.test(word))
      .sort()
      .join(" ");
  if (words.size === 0 || numbers(words) !== numbers(others)) return false;
  const common = [...words].filter((word) => others.has(word)).length;
  return common / (words.size + others.size - common) >= ALIKE;
}

function wordsOf(name: string): Set<string> {
  return new Set(name.split(/[^\p{L}\p{N}.]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)));
}
