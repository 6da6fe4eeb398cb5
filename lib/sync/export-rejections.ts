import "server-only";
import { basename } from "node:path";
import { Readable } from "node:stream";
import iconv from "iconv-lite";
import { ZipFile } from "yazl";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { ETILIZE_COLUMNS, etilizeTableOf } from "@/lib/feeds/etilize-tables";
import { readBeginning } from "@/lib/feeds/file-beginning";
import { loadMapping } from "@/lib/feeds/mapping/load-mapping";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";
import { openRows } from "./retry/open-rows";
import { parseRecords, type RecordShape, reasonCell, shapeOf, splitRecords } from "./retry/raw-records";

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
 * can be mended and sent again. One file comes as it is, several as a zip. `reasons` leaves out what is settled and adds a last column: the line
 * each row stood on and why it was refused, by which `requestRetry` knows the mended row again.
 * @throws {AppError} `not_found` for an unknown run, or one that refused nothing
 */
export async function exportRejections(
  actor: Actor,
  runId: string,
  { reasons = false }: { reasons?: boolean } = {},
): Promise<RejectionExport> {
  assertCan(actor, "sync:read");
  const run = await db.syncHistory.findUnique({
    where: { id: runId },
    select: {
      number: true,
      feedSource: { select: { id: true, kind: true } },
      files: { select: { name: true, encoding: true, feedFile: { select: { storagePath: true } } } },
    },
  });
  if (!run) throw new AppError("not_found", "There is no such run.");
  const refused = await db.syncRejection.groupBy({
    by: ["file"],
    where: reasons ? openRows(runId) : { runId, severity: "error" },
    orderBy: { file: "asc" },
  });
  if (refused.length === 0) {
    const why = reasons ? `Nothing that run ${run.number} refused is open.` : `Run ${run.number} refused nothing.`;
    throw new AppError("not_found", why);
  }
  const files = refused.map(({ file }): RunFile => {
    const known = run.files.find((candidate) => candidate.name === file);
    return { name: file, encoding: known?.encoding ?? "utf-8", storagePath: known?.feedFile?.storagePath ?? null };
  });
  const kind = run.feedSource?.kind ?? "etilize";
  const dialect = run.feedSource ? (await loadMapping(run.feedSource.id))?.mapping.dialect : null;
  const shape = shapeOf(kind, dialect);
  const bodies = await Promise.all(files.map((file) => fileBody(runId, file, { kind, shape, reasons })));
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

async function fileBody(
  runId: string,
  file: RunFile,
  { kind, shape, reasons }: { kind: FeedKind; shape: RecordShape; reasons: boolean },
): Promise<Readable> {
  const { header, lineEnd } = await frameOf(file, kind);
  const columns =
    kind === "etilize" ? etilizeColumns(file.name) : (parseRecords(header ?? "", shape)?.[0]?.length ?? 0);
  const encoding = file.encoding === "utf-8-bom" ? "utf-8" : file.encoding;
  const encode = (text: string) => iconv.encode(text, encoding);
  async function* lines() {
    if (file.encoding === "utf-8-bom" || file.encoding.startsWith("utf-16")) yield encode("\uFEFF");
    if (header !== null) yield encode(`${header}${reasons ? `${shape.delimiter}Reason` : ""}${lineEnd}`);
    for await (const { raw, line, reason } of refusedRows(runId, file.name, reasons)) {
      // A refusal can stand for several rows: each says why.
      const cell = `${shape.delimiter}${quoted(reasonCell(line, reason), shape)}`;
      const whole = (text: string) => `${text}${missingCells(text, columns, shape)}${cell}`;
      const texts = reasons ? splitRecords(raw, shape).map(whole) : [raw];
      for (const text of texts) yield encode(`${text}${lineEnd}`);
    }
  }
  return Readable.from(lines());
}

/** The separators a cut row lacks, so that its reason stands in the column of reasons. */
function missingCells(text: string, columns: number, shape: RecordShape) {
  const cells = parseRecords(text, shape)?.[0]?.length ?? columns;
  return shape.delimiter.repeat(Math.max(0, columns - cells));
}

function etilizeColumns(name: string) {
  const table = etilizeTableOf(name);
  return table ? ETILIZE_COLUMNS[table].length : 0;
}

/** Etilize's tables have no header and end lines with CRLF, by their layout; the others are asked. */
async function frameOf({ name, encoding, storagePath }: RunFile, kind: FeedKind) {
  if (kind === "etilize") return { header: null, lineEnd: "\r\n" };
  if (storagePath === null) throw new AppError("not_found", `${name} is no longer in the archive of received files.`);
  const { firstRecord, lineEnd } = await readBeginning({ name, encoding, storagePath });
  return { header: firstRecord, lineEnd };
}

/** One row per record, in the order of the file, though several things may be wrong with it: their reasons stand together. */
async function* refusedRows(
  runId: string,
  file: string,
  onlyOpen: boolean,
): AsyncGenerator<{ line: number; raw: string; reason: string }> {
  let after = { line: 0, id: 0 };
  let pending: { line: number; raw: string; reasons: string[] } | undefined;
  const told = (row: { line: number; raw: string; reasons: string[] }) => ({ ...row, reason: row.reasons.join(" ") });
  for (;;) {
    const rows = await db.syncRejection.findMany({
      where: {
        ...(onlyOpen ? openRows(runId) : { runId, severity: "error" }),
        file,
        OR: [{ line: { gt: after.line } }, { line: after.line, id: { gt: after.id } }],
      },
      select: { id: true, line: true, raw: true, reason: true },
      orderBy: [{ line: "asc" }, { id: "asc" }],
      take: ROWS_PER_READ,
    });
    for (const row of rows) {
      if (pending?.line === row.line) {
        pending.reasons.push(row.reason);
        if (pending.raw === "") pending.raw = row.raw;
        continue;
      }
      if (pending && pending.raw !== "") yield told(pending);
      pending = { line: row.line, raw: row.raw, reasons: [row.reason] };
    }
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_READ) break;
    after = last;
  }
  if (pending && pending.raw !== "") yield told(pending);
}

/** A cell in the file's own way of quoting. It begins with "Line", so that no spreadsheet takes it for a formula. */
function quoted(reason: string, { quote, escape: style, delimiter }: RecordShape) {
  if (quote === "") return reason.replaceAll(delimiter, " ").replace(/[\r\n]+/g, " ");
  const text = style === "backslash" ? reason.replace(/[\\"]/g, "\\$&") : reason.replaceAll(quote, quote + quote);
  return `${quote}${text}${quote}`;
}
