import { csvBatches } from "./csv";
import type { CsvRecord } from "./csv-record";
import { FeedError } from "./feed-error";
import type { SourceFile } from "./source-files";

/**
 * The rows of a CSV file with a header line, in batches; at least one batch, so that the header is seen.
 * @throws {FeedError} when there is no header to read.
 */
export async function* headedBatches(
  file: SourceFile,
  signal?: AbortSignal,
): AsyncGenerator<{ header: string[]; rows: CsvRecord[] }> {
  let header: string[] | null = null;
  for await (const records of csvBatches(file, "doubled", signal)) {
    if (header) {
      yield { header, rows: records };
      continue;
    }
    const [first, ...rows] = records;
    if (!first) continue;
    if (first.problem)
      throw new FeedError(`${file.name}: the header on line ${first.line} can't be read. Mend it and send it again.`);
    header = first.fields.map((name) => name.trim());
    yield { header, rows };
  }
  if (!header) throw new FeedError(`${file.name} is empty: it has no header line. Fetch the file again.`);
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

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
