/** A whole string, or a sign that builds JSON up; all else of valid JSON lies between. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * The keys that stand more than once in the object `name` at the top of a valid JSON text, once for each time too many.
 * A parser keeps the last one and says nothing.
 */
export function repeatedKeys(text: string, name: string): string[] {
  const seen = new Set<string>();
  const repeated: string[] = [];
  let depth = 0;
  let isIn = false;
  let last = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ":" && depth === 1) isIn = JSON.parse(last) === name;
    if (token === ":" && depth === 2 && isIn) {
      const key: unknown = JSON.parse(last);
      if (typeof key !== "string") continue;
      if (seen.has(key)) repeated.push(key);
      seen.add(key);
    }
    if (token === "{" || token === "[") depth += 1;
    if (token === "}" || token === "]") depth -= 1;
    last = token;
  }
  return repeated;
}
