import "server-only";
import { basename } from "node:path";
import { Readable } from "node:stream";
import iconv from "iconv-lite";
import { ZipFile } from "yazl";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { readBeginning } from "@/lib/feeds/file-beginning";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";

/** Refused rows read from the database at a time. */
const ROWS_PER_READ = 500;

export interface RejectionExport {
  filename: string;
  contentType: string;
  body: Readable;
}

interface RunFile {
  name: string;
  encoding: string;
  storagePath: string | null;
}

/**
 * A run's refused rows as they stood in their files: same names, encoding, dialect, line ends and header, so that they
 * can be mended and sent again. One file comes as it is, several as a zip. `reasons` adds a last column saying why.
 * @throws {AppError} `not_found` for an unknown run, or one that refused nothing
 */
export async function exportRejections(
  actor: Actor,
  runId: string,
  options: { reasons?: boolean } = {},
): Promise<RejectionExport> {
  assertCan(actor, "sync:read");
  const run = await db.syncHistory.findUnique({
    where: { id: runId },
    select: {
      number: true,
      feedSource: { select: { kind: true } },
      files: { select: { name: true, encoding: true, feedFile: { select: { storagePath: true } } } },
    },
  });
  if (!run) throw new AppError("not_found", "There is no such run.");
  const refused = await db.syncRejection.groupBy({
    by: ["file"],
    where: { runId, severity: "error" },
    orderBy: { file: "asc" },
  });
  if (refused.length === 0) throw new AppError("not_found", `Run ${run.number} refused nothing.`);
  const files = refused.map(({ file }): RunFile => {
    const known = run.files.find((candidate) => candidate.name === file);
    return { name: file, encoding: known?.encoding ?? "utf-8", storagePath: known?.feedFile?.storagePath ?? null };
  });
  const kind = run.feedSource?.kind ?? "etilize";
  const bodies = await Promise.all(files.map((file) => fileBody(runId, file, kind, options.reasons ?? false)));
  const [first] = files;
  const [body] = bodies;
  if (files.length === 1 && first && body) {
    return { filename: basename(first.name), contentType: "text/csv", body };
  }
  const zip = new ZipFile();
  bodies.forEach((part, index) => {
    zip.addReadStream(part, files[index]?.name ?? "rejected.csv");
  });
  zip.end();
  // yazl's output is a Node stream typed by an older interface.
  const output = zip.outputStream as Readable;
  return { filename: `run-${run.number}-rejected.zip`, contentType: "application/zip", body: output };
}

async function fileBody(runId: string, file: RunFile, kind: FeedKind, reasons: boolean): Promise<Readable> {
  const { header, lineEnd } = await frameOf(file, kind);
  const encoding = file.encoding === "utf-8-bom" ? "utf-8" : file.encoding;
  const encode = (text: string) => iconv.encode(text, encoding);
  async function* lines() {
    if (file.encoding === "utf-8-bom" || file.encoding.startsWith("utf-16")) yield encode("\uFEFF");
    if (header !== null) yield encode(`${header}${reasons ? ",Reason" : ""}${lineEnd}`);
    for await (const row of refusedRows(runId, file.name)) {
      yield encode(`${row.raw}${reasons ? `,${quoted(row.reason, kind)}` : ""}${lineEnd}`);
    }
  }
  return Readable.from(lines());
}

/** Etilize's tables have no header and end lines with CRLF, by their layout; the others are asked. */
async function frameOf({ name, encoding, storagePath }: RunFile, kind: FeedKind) {
  if (kind === "etilize") return { header: null, lineEnd: "\r\n" };
  if (storagePath === null) throw new AppError("not_found", `${name} is no longer in the archive of received files.`);
  const { firstRecord, lineEnd } = await readBeginning({ name, encoding, storagePath });
  return { header: firstRecord, lineEnd };
}

/** One row per record, though several things may be wrong with it: their reasons stand together. */
async function* refusedRows(runId: string, file: string): AsyncGenerator<{ raw: string; reason: string }> {
  let after = 0;
  let pending: { line: number; raw: string; reasons: string[] } | undefined;
  const done = new Set<number>();
  for (;;) {
    const rows = await db.syncRejection.findMany({
      where: { runId, severity: "error", file, id: { gt: after } },
      select: { id: true, line: true, raw: true, reason: true },
      orderBy: { id: "asc" },
      take: ROWS_PER_READ,
    });
    for (const row of rows) {
      if (pending?.line === row.line) {
        pending.reasons.push(row.reason);
        continue;
      }
      if (pending) yield { raw: pending.raw, reason: pending.reasons.join(" ") };
      pending = undefined;
      if (row.raw === "" || done.has(row.line)) continue;
      done.add(row.line);
      pending = { line: row.line, raw: row.raw, reasons: [row.reason] };
    }
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_READ) break;
    after = last.id;
  }
  if (pending) yield { raw: pending.raw, reason: pending.reasons.join(" ") };
}

/** A cell in the file's own way of quoting; a spreadsheet must not take our words for a formula. */
function quoted(reason: string, kind: FeedKind) {
  const text = /^[=+\-@\t\r]/.test(reason) ? `'${reason}` : reason;
  return `"${kind === "etilize" ? text.replace(/[\\"]/g, "\\$&") : text.replaceAll('"', '""')}"`;
}
