import { parseMetafield } from "@/lib/metafields/types";
import type { FeedKind } from "../feed-record";
import type { Mapping } from "../mapping";
import { readField } from "./read-cell";
import { READER_FIELD } from "./row-mapper";
import { targetId } from "./target-rules";

/** What contradicts in a mapping, as a sentence for the person who wrote it; null when nothing does. */
export function mappingProblem(
  kind: FeedKind,
  { columns, keyColumn, skuColumn, dialect, mode }: Mapping,
): string | null {
  if (kind === "csv" && !keyColumn) return "Choose the column that holds the supplier's own key: a row is known by it.";
  if (kind === "csv" && !skuColumn && mode === "create")
    return "Choose the column that holds the SKU: a source that only adds products needs one.";
  if (dialect && dialect.decimal === "comma" && dialect.delimiter === "," && dialect.quote === "")
    return "A file with decimal commas can't have commas between its columns without quotes. Choose another separator.";
  const seenColumns = new Set<string>();
  const fedBy = new Map<string, string>();
  for (const { column, target, empty, list } of columns) {
    if (seenColumns.has(column)) return `${column} is mapped twice. Leave one.`;
    seenColumns.add(column);
    const id = targetId(target);
    const other = id === null ? undefined : fedBy.get(id);
    if (id !== null && other !== undefined)
      return `${other} and ${column} both go to ${id}. Choose another target for one.`;
    if (id !== null) fedBy.set(id, column);
    if (list && !(target.to === "metafield" && target.type.startsWith("list.")))
      return `${column}: only a list can be added to. Choose a list type, or leave the list rule out.`;
    if (empty?.policy !== "default") continue;
    if (target.to === "same" && !column.startsWith(READER_FIELD))
      return `${column}: say which metafield it goes to before you give it a default.`;
    if (target.to === "ignore")
      return `${column} is left out, so a default for it means nothing. Take the default away.`;
    const problem = defaultProblem(target, column, empty.value);
    if (problem) return problem;
  }
  return null;
}

function defaultProblem(target: Mapping["columns"][number]["target"], column: string, value: string): string | null {
  if (target.to === "field") {
    const read = readField(target, column, value, "point");
    return "problem" in read ? `The default for ${read.problem.reason}` : null;
  }
  if (target.to === "metafield") {
    const parsed = parseMetafield(target.type, value);
    return parsed.ok ? null : `The default for ${column} is no ${target.type}: ${parsed.error}`;
  }
  return null;
}
