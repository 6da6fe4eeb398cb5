import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CSV_LIMITS, csvBatches, rawOf } from "@/lib/feeds/csv";
import type { CsvLimits } from "@/lib/feeds/csv-reader";
import type { CsvRecord, CsvShape } from "@/lib/feeds/csv-record";
import { openSourceFiles } from "@/lib/feeds/source-files";

type ReadRecord = CsvRecord & { raw: string };

/** A file's records with what stands in the file for each. */
export async function readCsvFile(path: string, dialect: CsvShape, limits = CSV_LIMITS): Promise<ReadRecord[]> {
  const scratchFolder = await mkdtemp(join(tmpdir(), "stockroom-csv-"));
  try {
    const files = [{ path, name: basename(path) }];
    const [file] = await openSourceFiles({ files, scratchFolder, knownDefinitions: new Map() }, () => true);
    const records: ReadRecord[] = [];
    if (!file) return records;
    for await (const batch of csvBatches(file, dialect, undefined, limits))
      for (const record of batch) records.push({ ...record, raw: rawOf(file, record) });
    return records;
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

/** The same of a file with that content. */
export async function readCsvText(content: string | Buffer, dialect: CsvShape, limits: Partial<CsvLimits> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "stockroom-csv-"));
  try {
    await writeFile(join(folder, "test.csv"), content);
    return await readCsvFile(join(folder, "test.csv"), dialect, { ...CSV_LIMITS, ...limits });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
