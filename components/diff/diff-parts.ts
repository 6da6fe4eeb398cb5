export interface DiffPart {
  text: string;
  changed: boolean;
}

/** Beyond this many comparisons of words the middle is marked as a whole: the marks would help nobody. */
const MAX_COMPARISONS = 160_000;

/**
 * Marks what differs between two texts: the common beginning and end by character, the middle word by word.
 * The parts of each side joined give that side again.
 */
export function diffParts(before: string, after: string): { before: DiffPart[]; after: DiffPart[] } {
  const a = Array.from(before);
  const b = Array.from(after);
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const straysBefore = strayLetters(a, b, head, tail);
  const straysAfter = strayLetters(a.toReversed(), b.toReversed(), tail, head);
  head -= straysBefore;
  tail -= straysAfter;

  const left = a.slice(0, head).join("");
  const right = tail ? a.slice(-tail).join("") : "";
  const middle = diffWords(a.slice(head, a.length - tail).join(""), b.slice(head, b.length - tail).join(""));
  const side = (parts: DiffPart[]) => joined([same(left), ...parts, same(right)]);
  return { before: side(middle.before), after: side(middle.after) };
}

/** Letters of a word that is common by chance: `e` of "true" and "false". They are marked with the rest of it. */
function strayLetters(a: string[], b: string[], head: number, tail: number) {
  const common = lettersFrom(a.slice(0, head).toReversed());
  const changed = (side: string[]) => lettersFrom(side.slice(head, side.length - tail));
  const rest = Math.max(changed(a), changed(b));
  return common < rest ? common : 0;
}

function lettersFrom(characters: string[]) {
  const end = characters.findIndex((character) => !/\p{L}/u.test(character));
  return end === -1 ? characters.length : end;
}

function diffWords(before: string, after: string): { before: DiffPart[]; after: DiffPart[] } {
  const a = words(before);
  const b = words(after);
  if (a.length * b.length > MAX_COMPARISONS) return { before: [changed(before)], after: [changed(after)] };
  const common = commonLengths(a, b);
  const beforeParts: DiffPart[] = [];
  const afterParts: DiffPart[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [wordA, wordB] = [a[i], b[j]];
    if (wordA !== undefined && wordA === wordB) {
      beforeParts.push(same(wordA));
      afterParts.push(same(wordA));
      i++;
      j++;
    } else if (wordB === undefined || (wordA !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))) {
      beforeParts.push(changed(wordA ?? ""));
      i++;
    } else {
      afterParts.push(changed(wordB));
      j++;
    }
  }
  return { before: beforeParts, after: afterParts };
}

/** Longest common subsequence of the rests, by position: the table of the textbook algorithm. */
function commonLengths(a: string[], b: string[]) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: Uint32Array[], i: number, j: number) {
  return table[i]?.[j] ?? 0;
}

/** Runs of letters and digits, runs of spaces, and every other character by itself. */
function words(text: string) {
  return text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];
}

function same(text: string): DiffPart {
  return { text, changed: false };
}

function changed(text: string): DiffPart {
  return { text, changed: true };
}

/** Neighbours of one kind become one part; empty ones go. */
function joined(parts: DiffPart[]) {
  const result: DiffPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (!part.text) continue;
    if (last?.changed === part.changed) last.text += part.text;
    else result.push({ ...part });
  }
  return result;
}
