import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { byteTextDecoder, EncodingDetector, utf8Transcoder } from "../encoding";
import type { FeedKind, FeedProduct } from "../feed-record";
import { distinctNames, headedBatches } from "../headed-csv";
import { type FileDialect, fileDialect, type Mapping, mapping } from "../mapping";
import { isReaderColumn } from "../reader-columns";
import { readerOf } from "../readers";
import { oneByOne } from "../record-batches";
import { withScratchFolder } from "../scratch-folder";
import { openSourceFiles } from "../source-files";
import { detectDialect, dialectWords } from "./detect-dialect";
import { type FileHead, readFileHead } from "./file-head";
import { guessMapping } from "./guess-mapping";
import { mapRecords } from "./map-records";
import { ColumnCounter, type SampleColumn } from "./sample-columns";
import { loadSample } from "./sample-file";

const ROWS_SHOWN = 25;
const PROBLEMS_SHOWN = 100;

export const previewMappingInput = z.object({ sourceId: z.uuid(), mapping });
export const inspectFileInput = z.object({ sourceId: z.uuid(), dialect: fileDialect.nullable() });

export interface PreviewRow {
  line: number;
  file: string;
  key: string;
  sku: string | null;
  /** Fields, `category`, `codes`, `images`, `metafield:ns.key` → the value as text; null: there is none. */
  values: Record<string, string | null>;
}

export interface PreviewProblem {
  line: number;
  column: string | null;
  reason: string;
  isError: boolean;
  key: string | null;
}

export interface MappingPreview {
  rows: PreviewRow[];
  problems: PreviewProblem[];
  /** Rows looked at for this. */
  looked: number;
}

export interface InspectedFile {
  name: string;
  receivedAt: Date;
  isCut: boolean;
  /** Null for formats that are no CSV. */
  dialect: FileDialect | null;
  /** What was found, as a sentence. */
  dialectWords: string | null;
  columns: SampleColumn[];
  /** What the columns likely are; for kind `csv` alone. */
  guess: Mapping | null;
}

/**
 * The columns of the last file a source received, read from its beginning; null when there is none to read.
 * @throws {AppError} `not_found`; `invalid_input` with the reader's sentence
 */
export async function inspectFile(
  actor: Actor,
  { sourceId, dialect }: z.output<typeof inspectFileInput>,
): Promise<InspectedFile | null> {
  assertCan(actor, "sync:read");
  const { kind } = await sourceOf(sourceId);
  if (!isList(kind)) return loadSample(sourceId);
  return withHead(sourceId, async (head, folder) => {
    const { encoding, text } = await decodedHead(head);
    const found = dialect ?? detectDialect(text.slice(0, 2 ** 18));
    const used = kind === "csv" || dialect ? found : null;
    const columns = await columnsOf(kind, head, folder, used);
    return {
      name: head.name,
      receivedAt: head.receivedAt,
      isCut: head.isCut,
      dialect: found,
      dialectWords: dialectWords(found, encoding),
      columns,
      guess: kind === "csv" ? { ...guessMapping(columns), dialect: found } : null,
    };
  });
}

/**
 * The first rows of the last file a source received, as a mapping that need not be saved would stage them.
 * Reads the file's beginning alone.
 * @throws {AppError} `not_found` when there is no file; `invalid_input` with the reader's sentence
 */
export async function previewMapping(
  actor: Actor,
  input: z.output<typeof previewMappingInput>,
): Promise<MappingPreview> {
  assertCan(actor, "sync:read");
  const { kind } = await sourceOf(input.sourceId);
  const preview: MappingPreview = { rows: [], problems: [], looked: 0 };
  if (!isList(kind)) {
    const sample = await loadSample(input.sourceId);
    if (!sample) throw noFile();
    await collect(mapRecords(fromList(sample.records), kind, input.mapping, new Map()), preview, false);
    return preview;
  }
  const shown = await withHead(input.sourceId, async (head, folder) => {
    const files = [{ path: head.path, name: head.name }];
    const knownDefinitions = new Map();
    const records = readerOf(kind)({ files, scratchFolder: folder, knownDefinitions, mapping: input.mapping });
    await collect(mapRecords(records, kind, input.mapping, knownDefinitions), preview, head.isCut);
    return preview;
  });
  if (!shown) throw noFile();
  return shown;
}

function noFile() {
  return new AppError("not_found", "This source has no file yet. Upload one, or fetch it.");
}

function isList(kind: FeedKind) {
  return kind === "csv" || kind === "shopify_csv" || kind === "erp";
}

async function sourceOf(id: string) {
  const source = await db.feedSource.findUnique({ where: { id }, select: { kind: true } });
  if (!source) throw new AppError("not_found", "There is no such feed source.");
  return source;
}

async function withHead<T>(sourceId: string, work: (head: FileHead, folder: string) => Promise<T>): Promise<T | null> {
  return withScratchFolder(async (folder) => {
    const head = await readFileHead(sourceId, folder);
    return head && work(head, folder);
  });
}

async function decodedHead(head: FileHead) {
  const detector = new EncodingDetector();
  detector.add(head.bytes);
  const encoding = detector.end();
  if (encoding !== "utf-16le" && encoding !== "utf-16be") {
    const decode = byteTextDecoder(encoding === "windows-1252" ? "windows-1252" : "utf-8");
    return { encoding, text: decode(head.bytes.toString("latin1")).replace(/^\uFEFF/, "") };
  }
  const { decode, encode } = utf8Transcoder(encoding);
  decode.end(head.bytes);
  const parts: Buffer[] = [];
  for await (const part of decode.pipe(encode) as AsyncIterable<Buffer>) parts.push(part);
  return { encoding, text: Buffer.concat(parts).toString("utf8") };
}

/** Every column of the list, and what its format's own reader makes of them. */
async function columnsOf(kind: FeedKind, head: FileHead, folder: string, dialect: FileDialect | null) {
  const counter = new ColumnCounter();
  const input = {
    files: [{ path: head.path, name: head.name }],
    scratchFolder: folder,
    knownDefinitions: new Map(),
    mapping: mapping.parse({ dialect }),
  };
  const attributes = new Map<string, string>();
  if (kind !== "csv") {
    for await (const record of oneByOne(readerOf(kind)(input))) {
      if (record.record === "definition") {
        counter.addDefinition(record);
        attributes.set(`${record.namespace}.${record.key}`, record.externalKey);
      } else if (record.record === "product") counter.countProduct(record, (name) => attributes.get(name));
    }
  }
  const [file] = await openSourceFiles(input, () => true);
  if (!file) return counter.end();
  const taken = new Set(attributes.values());
  for await (const { header, rows } of headedBatches(file, undefined, dialect)) {
    const names = distinctNames(header);
    const free = names.map((name, position) => !taken.has(name) && !isReaderColumn(kind, header[position] ?? ""));
    names.forEach((name, position) => {
      if (free[position]) counter.add(name, name, "column");
    });
    for (const row of rows) {
      if (kind === "csv") counter.countRow();
      row.fields.forEach((cell, position) => {
        if (free[position]) counter.count(names[position] ?? "", cell);
      });
    }
  }
  return counter.end();
}

async function* fromList<T>(list: T[]): AsyncGenerator<T[]> {
  yield list;
}

async function collect(batches: ReturnType<typeof mapRecords>, preview: MappingPreview, isCut: boolean) {
  let lastLine = 0;
  for await (const record of oneByOne(batches)) {
    if (record.record === "product") {
      preview.looked++;
      lastLine = Math.max(lastLine, record.at.line);
      if (preview.rows.length < ROWS_SHOWN) preview.rows.push(rowOf(record));
    } else if (record.record === "rejection" && preview.problems.length < PROBLEMS_SHOWN) {
      const { at, column = null, reason, severity, key = null } = record;
      preview.problems.push({ line: at.line, column, reason, isError: severity === "error", key });
      if (severity === "error") preview.looked++;
    }
  }
  // What stands behind the last whole product of a cut file may be cut itself.
  if (isCut) preview.problems = preview.problems.filter((problem) => problem.line <= lastLine);
}

function rowOf(product: FeedProduct): PreviewRow {
  const values: PreviewRow["values"] = {};
  for (const [field, value] of Object.entries(product.fields)) {
    if (value === undefined) continue;
    values[field] =
      typeof value === "number" && field.endsWith("Cents")
        ? (value / 100).toFixed(2)
        : value === null
          ? null
          : String(value);
  }
  if (product.categoryKey !== undefined) values.category = product.categoryKey;
  if (product.codes.length > 0) values.codes = product.codes.map(({ type, code }) => `${type} ${code}`).join(", ");
  if (product.images) values.images = product.images.map((image) => image.url).join(" ") || null;
  for (const { namespace, key, value } of product.metafields ?? []) values[`metafield:${namespace}.${key}`] = value;
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value.length > 200) values[name] = `${value.slice(0, 200)}…`;
  }
  return { line: product.at.line, file: product.at.file, key: product.key, sku: product.sku, values };
}
