import "server-only";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { csvLine } from "@/lib/sync/history/csv-line";
import type { ArchiveRow } from "./archive-rows";

const HEADER = [
  ...["File", "Category path", "Category", "Icon", "SHA-256", "Bytes", "Width", "Height", "Active", "Review"],
  ...["Model", "Style", "Colour", "Background", "Prompt", "Made"],
];

/**
 * Writes icons into a zip, each file read when its turn comes, with `manifest.json` and `icons.csv` that say what each
 * is. One whose file is gone stands in both without a file.
 */
export async function writeArchive(path: string, rows: ArchiveRow[], told: (files: number) => Promise<void>) {
  const zip = new ZipFile();
  zip.addReadStreamLazy("manifest.json", (done) => done(null, Readable.from(manifest(rows))));
  zip.addReadStreamLazy("icons.csv", (done) => done(null, Readable.from(table(rows))));
  for (const row of rows) {
    const { path: file, name, createdAt } = row;
    if (file === null) continue;
    // They are compressed pictures already.
    zip.addReadStreamLazy(name, { mtime: createdAt, compress: false }, (done) => done(null, createReadStream(file)));
  }
  zip.end();
  const stopped = new AbortController();
  // A file that goes while it is packed ends the whole; the next try leaves it out.
  zip.on("error", (error: Error) => stopped.abort(error));
  // yazl's types speak of the older stream interface; its stream is a PassThrough.
  const output = zip.outputStream as Readable;
  let bytes = 0;
  await pipeline(
    output,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
        await told(bytes);
      }
    },
    createWriteStream(path),
    { signal: stopped.signal },
  );
}

function* manifest(rows: ArchiveRow[]) {
  yield `{"icons":[`;
  for (const [at, row] of rows.entries()) yield `${at === 0 ? "\n" : ",\n"}${JSON.stringify(entry(row))}`;
  yield "\n]}\n";
}

function entry(row: ArchiveRow) {
  const { id, filename, fileHash, fileSize, width, height, format, prompt, style, color, background, model } = row;
  return {
    file: row.path === null ? null : row.name,
    id,
    filename,
    category: row.categoryPath === null ? null : { path: row.categoryPath, name: row.categoryWords },
    active: isActive(row),
    review: row.reviewState,
    sha256: fileHash,
    bytes: fileSize,
    width,
    height,
    format,
    prompt,
    style,
    color,
    background,
    model,
    created_at: row.createdAt.toISOString(),
  };
}

function* table(rows: ArchiveRow[]) {
  yield `\uFEFF${csvLine(HEADER)}`;
  for (const row of rows) {
    yield csvLine([
      ...[row.path === null ? "" : row.name, row.categoryPath, row.categoryWords, row.filename, row.fileHash],
      ...[row.fileSize, row.width, row.height, isActive(row) ? "yes" : "no", row.reviewState],
      ...[row.model, row.style, row.color, row.background, row.prompt, row.createdAt],
    ]);
  }
}

function isActive({ status, categoryPath }: ArchiveRow) {
  return status === "active" && categoryPath !== null;
}
