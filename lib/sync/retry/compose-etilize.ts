import "server-only";
import { csvBatches, rawOf } from "@/lib/feeds/csv";
import { type EtilizeTable, etilizeTableOf } from "@/lib/feeds/etilize-tables";
import type { SourceFile } from "@/lib/feeds/source-files";
import { type ComposedFile, nameOf, type RowToTry, type TriedRow } from "./compose-retry";
import { shapeOf, splitRecords } from "./raw-records";

/** Tables that name what the others refer to: read whole. */
const REFERENCE: readonly EtilizeTable[] = ["category", "categoryName", "attributeName", "manufacturer"];
const SHAPE = shapeOf("etilize", null);

/**
 * The tables of an Etilize feed as far as they speak of the products whose rows are tried: a mended row is joined with
 * its product's other rows as it would have been in the feed.
 */
export async function composeEtilize(
  originals: SourceFile[],
  rows: RowToTry[],
  added: { file: string; text: string }[],
  tried: TriedRow[],
  signal: AbortSignal,
): Promise<ComposedFile[]> {
  const keys = new Set<string>();
  const replaced = new Set<string>();
  for (const row of rows) {
    if (row.externalKey && /^\d{1,15}$/.test(row.externalKey)) keys.add(row.externalKey);
    for (const text of [row.raw, row.text])
      for (const line of text.split(/\r?\n/)) {
        const id = idOf(line);
        if (id) keys.add(id);
      }
    for (const line of splitRecords(row.raw, SHAPE)) replaced.add(line);
  }
  for (const { text } of added) {
    const id = idOf(text);
    if (id) keys.add(id);
  }
  return originals.map((file) => {
    const table = etilizeTableOf(file.name);
    const name = nameOf(file);
    async function* lines() {
      let line = 1;
      for await (const batch of csvBatches(file, "backslash", signal)) {
        for (const record of batch) {
          const isWanted = (table && REFERENCE.includes(table)) || keys.has(record.fields[0] ?? "");
          if (!isWanted) continue;
          const raw = rawOf(file, record);
          if (replaced.has(raw)) continue;
          yield raw;
          line += raw.split("\n").length;
        }
      }
      for (const { id, text } of rows.filter((row) => row.file === file.name)) {
        tried.push([name, line, id]);
        if (text === "") continue;
        yield text;
        line += text.split("\n").length;
      }
      for (const { text } of added.filter((row) => row.file === file.name)) yield text;
    }
    return { name, lines: lines() };
  });
}

function idOf(line: string) {
  return /^"?(\d{1,15})"?\s*(,|$)/.exec(line)?.[1] ?? null;
}
