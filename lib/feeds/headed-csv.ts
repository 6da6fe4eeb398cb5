import { csvBatches } from "./csv";
import type { CsvRecord, CsvShape } from "./csv-record";
import { FeedError } from "./feed-error";
import type { FileDialect } from "./mapping";
import type { SourceFile } from "./source-files";

/**
 * The rows of a CSV file with a header line, in batches; at least one batch, so that the header is seen. What stands
 * above the header is no row; without a header (line 0) columns are called Column 1, Column 2 …
 * @throws {FeedError} when there is no header to read.
 */
export async function* headedBatches(
  file: SourceFile,
  signal?: AbortSignal,
  dialect?: FileDialect | null,
): AsyncGenerator<{ header: string[]; rows: CsvRecord[] }> {
  const shape: CsvShape = dialect ?? "doubled";
  const headerLine = dialect?.headerLine ?? 1;
  let header: string[] | null = null;
  for await (const records of csvBatches(file, shape, signal)) {
    if (header) {
      yield { header, rows: records };
      continue;
    }
    const at = headerLine > 1 ? records.findIndex((record) => record.line >= headerLine) : 0;
    const first = records[at];
    if (!first) continue;
    if (headerLine === 0) {
      const columns = Math.max(...records.map((record) => record.fields.length));
      header = Array.from({ length: columns }, (_, position) => `Column ${position + 1}`);
      yield { header, rows: records };
      continue;
    }
    if (first.problem)
      throw new FeedError(`${file.name}: the header on line ${first.line} can't be read. Mend it and send it again.`);
    header = first.fields.map((name) => name.trim());
    yield { header, rows: records.slice(at + 1) };
  }
  if (header) return;
  throw new FeedError(
    headerLine > 1
      ? `${file.name} ends before line ${headerLine}, where its header should stand. Fetch the file again, or correct the line in the source's mapping.`
      : `${file.name} is empty: it has no header line. Fetch the file again.`,
  );
}

/** The position of each named column, compared by letters and digits alone; the first of repeated ones. */
export function columnIndex(header: string[]): Map<string, number> {
  const index = new Map<string, number>();
  header.forEach((name, position) => {
    const plain = plainName(name);
    if (!index.has(plain)) index.set(plain, position);
  });
  return index;
}

/** Columns by their names; one without a name is called by its place, the second of two alike `Size #2`. */
export function distinctNames(header: string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return header.map((name, position) => {
    const base = name || `Column ${position + 1}`;
    let number = (counts.get(base) ?? 0) + 1;
    while (taken.has(number === 1 ? base : `${base} #${number}`)) number++;
    counts.set(base, number);
    const distinct = number === 1 ? base : `${base} #${number}`;
    taken.add(distinct);
    return distinct;
  });
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
