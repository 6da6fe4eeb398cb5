import type { FieldChange } from "@/lib/sync/change";

/**
 * Whether a line needs a person: the feed says other than a kept value, and other than when the person chose it.
 * The feed agreeing with the person, or going back to what it had said, needs nobody.
 */
export function asksPerson(line: FieldChange): boolean {
  if (!line.kept) return false;
  const said = line.field === "category" ? (line.afterId ?? line.after) : line.after;
  const mine = line.field === "category" ? line.beforeId : line.before;
  if (said === mine) return false;
  const keptOver = line.beforeSource?.keptOver;
  return keptOver === undefined || said !== keptOver;
}

/** The feed names a category that nobody knows: the product keeps its own. */
export function isUnknownCategory(line: FieldChange): boolean {
  return line.field === "category" && line.after !== null && !line.afterId;
}
