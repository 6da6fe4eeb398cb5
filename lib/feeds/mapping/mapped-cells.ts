import { distinctNames } from "../headed-csv";
import type { Mapping } from "../mapping";

/** Takes the cells a mapping asks for out of a row; null when it asks for none that the file has. */
export function mappedCells(header: string[], mapping: Mapping | undefined) {
  const asked = new Set(mapping?.columns.flatMap(({ column, target }) => (target.to === "same" ? [] : column)));
  if (asked.size === 0) return null;
  const wanted = distinctNames(header).flatMap((column, position) => (asked.has(column) ? [{ column, position }] : []));
  if (wanted.length === 0) return null;
  return (fields: string[]): ReadonlyMap<string, string> =>
    new Map(wanted.map(({ column, position }) => [column, fields[position] ?? ""]));
}
