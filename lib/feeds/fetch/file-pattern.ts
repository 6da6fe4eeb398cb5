/**
 * Does a file's name fit one of the patterns? `*` stands for any characters, `?` for one; commas part patterns; case
 * does not matter. No pattern fits everything.
 */
export function fitsPattern(name: string, patterns: string): boolean {
  const each = patterns
    .split(",")
    .map((pattern) => pattern.trim().toLowerCase())
    .filter(Boolean);
  return each.length === 0 || each.some((pattern) => fits(name.toLowerCase(), pattern));
}

/** Walks back to the last star only, so that no pattern takes longer than name × pattern. */
function fits(name: string, pattern: string) {
  let at = 0;
  let next = 0;
  let star = -1;
  let resumeAt = 0;
  while (at < name.length) {
    if (next < pattern.length && pattern[next] === "*") {
      star = next++;
      resumeAt = at;
    } else if (next < pattern.length && (pattern[next] === "?" || pattern[next] === name[at])) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (pattern[next] === "*") next++;
  return next === pattern.length;
}

/** Names that uploading programs use until a file is whole. */
const UNFINISHED = /(\.(part|partial|tmp|temp|filepart|crdownload|download|swp|writing)|~)$|^\./i;

export function isUnfinishedName(name: string) {
  return UNFINISHED.test(name);
}
