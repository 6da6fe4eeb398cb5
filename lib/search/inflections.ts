/** Shorter words have no number one could tell. */
const SHORTEST = 3;

/** The same English word in the other number: `batteries` for `battery`, `case` for `cases`. Null for what has none. */
export function otherNumber(word: string): string | null {
  if (word.length < SHORTEST || !/^[a-z]+$/.test(word)) return null;
  if (/(ss|us|is)$/.test(word)) return `${word}es`;
  if (word.endsWith("s")) return singular(word);
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function singular(word: string) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(sses|shes|ches|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.length > SHORTEST ? word.slice(0, -1) : null;
}
