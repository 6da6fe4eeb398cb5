import "server-only";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { etilizeTableOf } from "@/lib/feeds/etilize-tables";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { headedBatches } from "@/lib/feeds/headed-csv";
import type { FileDialect } from "@/lib/feeds/mapping";
import { loadMapping } from "@/lib/feeds/mapping/load-mapping";
import { withScratchFolder } from "@/lib/feeds/scratch-folder";
import { openSourceFiles, type SourceFile } from "@/lib/feeds/source-files";
import type { JobContext } from "@/lib/jobs/define-job";
import type { SyncHistory } from "@/prisma/generated/sqlite/client";
import { changeMetadata } from "../change-metadata";
import { type RunMetadata, runMetadata } from "../run-metadata";
import { composeEtilize } from "./compose-etilize";
import { openRows } from "./open-rows";
import { shapeOf, writeRecord } from "./raw-records";
import { readUploadedRows } from "./uploaded-rows";

/** A refused row with the text it is tried with. */
export interface RowToTry {
  id: number;
  file: string;
  line: number;
  externalKey: string | null;
  /** As it stood in the file. */
  raw: string;
  text: string;
}

/** A file of the retry: its lines, and which of them begin which refused rows. */
export interface ComposedFile {
  name: string;
  lines: AsyncIterable<string> | Iterable<string>;
}

export type TriedRow = [file: string, line: number, id: number];

/**
 * Writes the files that a retry reads: the rows tried, and of an Etilize feed the other tables' rows of their products.
 * From then on the run is an import like any other.
 * @throws {AppError} `not_found` when the archive no longer holds what is needed; `invalid_input` when no row is left
 */
export async function composeRetry(
  run: SyncHistory,
  source: { id: string; kind: FeedKind },
  metadata: RunMetadata,
  context: JobContext,
) {
  const { retry } = metadata;
  const { retriesRunId } = run;
  if (!retry || retry.rows || !retriesRunId) return;
  const folder = join(env().dataFolder, "feeds", "uploads", `retry-${run.id}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await withScratchFolder(async (scratchFolder) => {
    const dialect = (await loadMapping(source.id))?.mapping.dialect ?? null;
    const open = (files: { path: string; name: string }[]) =>
      openSourceFiles({ files, scratchFolder, knownDefinitions: new Map(), signal: context.signal }, (name, isBare) =>
        source.kind === "etilize" ? etilizeTableOf(name) !== null : isBare || /\.(csv|tsv|txt)$/i.test(name),
      );
    const rows = await rowsToTry(retriesRunId, metadata);
    const originals = async () => open(await archivedFiles(retriesRunId));
    const tried: TriedRow[] = [];
    if (retry.which.type === "upload") {
      const uploads = await open(metadata.input);
      const shape = shapeOf(source.kind, dialect);
      const uploaded = await readUploadedRows(uploads, rows, source.kind, shape, dialect, context.signal);
      if (source.kind === "etilize") {
        const { mended, added } = uploaded;
        metadata.input = await writeFiles(
          folder,
          await composeEtilize(await originals(), mended, added, tried, context.signal),
        );
      } else tried.push(...uploaded.tried);
    } else if (source.kind === "etilize") {
      metadata.input = await writeFiles(
        folder,
        await composeEtilize(await originals(), rows, [], tried, context.signal),
      );
    } else {
      metadata.input = await writeFiles(
        folder,
        await composeHeaded(await originals(), rows, dialect, tried, context.signal),
      );
    }
    metadata.retry = { ...retry, rows: tried };
    const composed = { input: metadata.input, retry: metadata.retry };
    await transaction((tx) => changeMetadata(tx, run.id, (now) => ({ ...now, ...composed })));
  });
}

async function rowsToTry(runId: string, { retry }: RunMetadata): Promise<RowToTry[]> {
  const which = retry?.which;
  const of = await db.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { metadata: true } });
  const mended = runMetadata.parse(of.metadata ?? {}).mended ?? {};
  const rows = await db.syncRejection.findMany({
    where: {
      ...openRows(runId, which?.type === "open" ? which : {}),
      ...(which?.type === "mended" ? { id: { in: Object.keys(mended).map(Number) } } : {}),
      ...(which?.type === "rows" ? { id: { in: which.ids } } : {}),
    },
    select: { id: true, file: true, line: true, externalKey: true, raw: true },
    orderBy: [{ file: "asc" }, { line: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, text: mended[String(row.id)] ?? row.raw }));
}

/** @throws {AppError} `not_found` when the archive has let one go */
async function archivedFiles(runId: string) {
  const files = await db.syncFile.findMany({
    where: { runId, feedFileId: { not: null } },
    select: { feedFile: { select: { name: true, storagePath: true, prunedAt: true } } },
    orderBy: { id: "asc" },
  });
  const received = new Map(files.flatMap(({ feedFile }) => (feedFile ? [[feedFile.storagePath, feedFile]] : [])));
  return [...received.values()].map(({ name, storagePath, prunedAt }) => {
    if (prunedAt) {
      throw new AppError(
        "not_found",
        `${name} is no longer in the archive of received files, so its rows can't be tried again. Import the feed anew.`,
      );
    }
    return { name, path: join(env().dataFolder, storagePath) };
  });
}

/** Files with a header: the header as it was, and below it the rows tried. */
async function composeHeaded(
  originals: SourceFile[],
  rows: RowToTry[],
  dialect: FileDialect | null,
  tried: TriedRow[],
  signal: AbortSignal,
): Promise<ComposedFile[]> {
  const shape = shapeOf("csv", dialect);
  const files: ComposedFile[] = [];
  for (const original of originals) {
    const own = rows.filter((row) => row.file === original.name);
    if (own.length === 0) continue;
    const lines = Array.from({ length: Math.max(0, shape.headerLine - 1) }, () => "");
    if (shape.headerLine > 0) lines.push(writeRecord(await headerOf(original, dialect, signal), shape));
    const name = nameOf(original);
    let line = 1 + lines.reduce((sum, text) => sum + linesOf(text), 0);
    const seen = new Set<string>();
    for (const { id, text, line: stoodOn } of own) {
      tried.push([name, line, id]);
      // Several things may be wrong with one row: it is tried once.
      const identity = `${stoodOn}\0${text}`;
      if (seen.has(identity) || text === "") continue;
      seen.add(identity);
      lines.push(text);
      line += linesOf(text);
    }
    files.push({ name, lines });
  }
  return files;
}

async function headerOf(file: SourceFile, dialect: FileDialect | null, signal: AbortSignal): Promise<string[]> {
  for await (const { header } of headedBatches(file, signal, dialect)) return header;
  return [];
}

export function nameOf(file: SourceFile) {
  return file.name.replaceAll("/", "-");
}

function linesOf(text: string) {
  return text.split("\n").length;
}

async function writeFiles(folder: string, files: ComposedFile[]) {
  const written: { path: string; name: string }[] = [];
  for (const { name, lines } of files) {
    const path = join(folder, basename(name));
    async function* text() {
      for await (const line of lines) yield `${line}\n`;
    }
    await pipeline(Readable.from(text()), createWriteStream(path));
    written.push({ path, name: basename(name) });
  }
  if (written.length === 0) throw new AppError("invalid_input", "None of these rows is open any more.");
  return written;
}
