import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type {
  FeedCategory,
  FeedDefinition,
  FeedFileRead,
  FeedProduct,
  FeedReader,
  FeedRecord,
  FeedRejection,
  ReaderInput,
} from "@/lib/feeds/feed-record";
import { oneByOne } from "@/lib/feeds/record-batches";

/** Everything a reader said, sorted by kind; `products` without those it took back. */
export interface FeedRead {
  records: FeedRecord[];
  files: FeedFileRead[];
  definitions: FeedDefinition[];
  categories: FeedCategory[];
  products: FeedProduct[];
  rejections: FeedRejection[];
  /** Per product key, its row as it stands: asked for at once, as it can only be while the files are there. */
  raws: Record<string, string>;
  /** Per file: rows read less rows told of. All zero when each row was counted once. */
  uncounted: Record<string, number>;
}

type Options = Partial<Pick<ReaderInput, "knownDefinitions" | "mapping" | "signal">>;

/** Reads files that lie on disk. */
export async function readFeedFiles(reader: FeedReader, paths: string[], options: Options = {}): Promise<FeedRead> {
  const scratchFolder = await mkdtemp(join(tmpdir(), "stockroom-feed-"));
  try {
    const files = paths.map((path) => ({ path, name: basename(path) }));
    const records: FeedRecord[] = [];
    const raws: FeedRead["raws"] = {};
    for await (const record of oneByOne(reader({ files, scratchFolder, knownDefinitions: new Map(), ...options }))) {
      records.push(record);
      if (record.record === "product") raws[record.key] = record.raw?.() ?? "";
    }
    return { ...sortRecords(records), raws };
  } finally {
    await rm(scratchFolder, { recursive: true, force: true });
  }
}

/** Reads files given by their content. */
export async function readFeedText(
  reader: FeedReader,
  contents: Record<string, string | Buffer>,
  options: Options = {},
): Promise<FeedRead> {
  const folder = await mkdtemp(join(tmpdir(), "stockroom-input-"));
  try {
    const paths: string[] = [];
    for (const [name, content] of Object.entries(contents)) {
      paths.push(join(folder, name));
      await writeFile(join(folder, name), content);
    }
    return await readFeedFiles(reader, paths, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sortRecords(records: FeedRecord[]): Omit<FeedRead, "raws"> {
  const read: Omit<FeedRead, "raws"> = {
    records,
    files: [],
    definitions: [],
    categories: [],
    products: [],
    rejections: [],
    uncounted: {},
  };
  const count = (rows: Record<string, number>) => {
    for (const [file, number] of Object.entries(rows)) read.uncounted[file] = (read.uncounted[file] ?? 0) - number;
  };
  const takenBack = new Set(records.filter((record) => record.record === "retract").map(({ key }) => key));
  for (const record of records) {
    if (record.record === "file") {
      read.files.push(record);
      count({ [record.name]: record.rowsReference - record.rowsRead });
    } else if (record.record === "definition") read.definitions.push(record);
    else if (record.record === "category") {
      read.categories.push(record);
      count(record.rows);
    } else if (record.record === "product") {
      if (!takenBack.has(record.key)) read.products.push(record);
      count(record.rows);
    } else if (record.record === "rejection") {
      read.rejections.push(record);
      count(record.counted?.rows ?? {});
    }
  }
  return read;
}
