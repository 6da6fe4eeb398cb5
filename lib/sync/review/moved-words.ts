import { fieldLabel, fieldValue } from "../field-words";
import type { MovedLine } from "./compare-lines";

/** Fields named one by one before "and 4 more fields". */
const MOST_NAMED = 3;
/** Longer values are not repeated in a sentence, in characters. */
const LONGEST_VALUE = 60;

/** Why an approved change waits again: "Price was 12.50 when this was approved and is 13.00 now: look again." */
export function movedWords(moved: MovedLine[]): string {
  const told = moved.slice(0, MOST_NAMED).map(wordsFor);
  const more = moved.length - told.length;
  const rest = more > 0 ? [`${more} more ${more === 1 ? "field" : "fields"} changed`] : [];
  return `${[...told, ...rest].join("; ")}: look again.`;
}

function wordsFor({ shown, now, isKept }: MovedLine): string {
  const label = fieldLabel(shown.field);
  const before = spoken(shown, shown.before);
  const present = spoken(shown, now);
  const keeper = isKept && !shown.kept ? ", kept by a person" : "";
  if (before === present || before === null || present === null) {
    return keeper ? `${label} is kept by a person since this was approved` : `${label} changed since this was approved`;
  }
  return `${label} was ${before} when this was approved and is ${present} now${keeper}`;
}

/** Null for what is too long to be read in a sentence. */
function spoken({ field, type }: MovedLine["shown"], value: MovedLine["now"]): string | null {
  const text = fieldValue(field, value, type) ?? "empty";
  return text.length > LONGEST_VALUE ? null : text || "empty";
}
