import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { ETILIZE_COLUMNS, etilizeTableOf } from "@/lib/feeds/etilize-tables";
import { readBeginning } from "@/lib/feeds/file-beginning";
import { loadMapping } from "@/lib/feeds/mapping/load-mapping";
import { changeMetadata } from "../change-metadata";
import { runMetadata } from "../run-metadata";
import { parseRecords, shapeOf, writeRecord } from "./raw-records";

/** Rows mended in the browser and not tried yet, per run; more are mended in a spreadsheet. */
const MENDED_AT_MOST = 500;

export const mendInput = z.object({
  id: z.number().int(),
  /** What the person was shown: another text now means somebody was quicker. */
  from: z.string(),
  mended: z.discriminatedUnion("as", [
    /** One list of cells per row. */
    z.object({ as: z.literal("cells"), rows: z.array(z.array(z.string())).min(1).max(1_000) }),
    z.object({ as: z.literal("text"), text: z.string().max(1_000_000) }),
    /** Back to how it stood. */
    z.object({ as: z.literal("original") }),
  ]),
});
export type MendInput = z.output<typeof mendInput>;

/** A refused row with its cells under the names of their columns, as mended so far. @throws {AppError} `not_found` */
export async function getRowToMend(actor: Actor, id: number) {
  assertCan(actor, "sync:read");
  const row = await db.syncRejection.findUnique({
    where: { id },
    select: {
      id: true,
      file: true,
      line: true,
      column: true,
      reason: true,
      raw: true,
      run: { select: { id: true, number: true, metadata: true, feedSource: { select: { id: true, kind: true } } } },
    },
  });
  if (!row?.run.feedSource) throw new AppError("not_found", "There is no such refused row.");
  const { run, ...rest } = row;
  const { shape, columns } = await columnsOf(run.id, row.file, row.run.feedSource);
  const text = runMetadata.parse(run.metadata ?? {}).mended?.[String(id)] ?? row.raw;
  return { ...rest, text, isMended: text !== row.raw, columns, rows: columns ? parseRecords(text, shape) : null };
}
export type RowToMend = Awaited<ReturnType<typeof getRowToMend>>;

/** The columns of a file; null where the archive no longer tells them. */
async function columnsOf(
  runId: string,
  file: string,
  source: { id: string; kind: Parameters<typeof shapeOf>[0] },
): Promise<{ shape: ReturnType<typeof shapeOf>; columns: string[] | null }> {
  const shape = shapeOf(source.kind, (await loadMapping(source.id))?.mapping.dialect);
  if (source.kind === "etilize") {
    const table = etilizeTableOf(file);
    return { shape, columns: table ? [...ETILIZE_COLUMNS[table]] : null };
  }
  const stored = await db.syncFile.findFirst({
    where: { runId, name: file },
    select: { encoding: true, feedFile: { select: { storagePath: true, prunedAt: true } } },
  });
  if (!stored?.feedFile || stored.feedFile.prunedAt || shape.headerLine !== 1) return { shape, columns: null };
  const { storagePath } = stored.feedFile;
  const { firstRecord } = await readBeginning({ name: file, encoding: stored.encoding, storagePath });
  return { shape, columns: parseRecords(firstRecord, shape)?.[0]?.map((name) => name.trim()) ?? null };
}

/**
 * Keeps a refused row as a person mended it: it is ready to be tried again. The row as it stood stays beside it.
 * @throws {AppError} `conflict` when it was mended by somebody else, or settled, meanwhile
 */
export async function mendRow(actor: Actor, { id, from, mended }: MendInput) {
  assertCan(actor, "feed:run");
  const shown = await getRowToMend(actor, id);
  return transaction(async (tx) => {
    const row = await openRowOrThrow(tx, id);
    const text = await textOf(mended, row, shown.columns);
    await changeMetadata(tx, row.run.id, (metadata) => {
      const { [String(id)]: before = row.raw, ...others } = metadata.mended ?? {};
      if (before !== from) {
        throw new AppError("conflict", "Somebody else has mended this row meanwhile. Open it again to see how.");
      }
      if (text !== row.raw && Object.keys(others).length >= MENDED_AT_MOST) {
        throw new AppError(
          "conflict",
          `${MENDED_AT_MOST} mended rows wait to be tried. Try them first, or mend the download in a spreadsheet.`,
        );
      }
      return { ...metadata, mended: text === row.raw ? others : { ...others, [id]: text } };
    });
    const target = { entity: "SyncHistory", entityId: row.run.id };
    await recordAudit(tx, actor, "sync.mend", target, {
      before: { rejection: id, file: row.file, line: row.line, text: from },
      after: { text },
    });
    return { isMended: text !== row.raw };
  });
}

async function openRowOrThrow(tx: Tx, id: number) {
  const row = await tx.syncRejection.findUnique({
    where: { id },
    select: {
      raw: true,
      file: true,
      line: true,
      handledByRunId: true,
      dismissedAt: true,
      run: { select: { id: true, feedSource: { select: { id: true, kind: true } } } },
    },
  });
  if (!row) throw new AppError("not_found", "There is no such refused row.");
  if (row.handledByRunId || row.dismissedAt) {
    throw new AppError("conflict", "This row is settled already: a run took it in, or somebody set it aside.");
  }
  return row;
}

async function textOf(
  mended: MendInput["mended"],
  row: { raw: string; run: { feedSource: { id: string; kind: Parameters<typeof shapeOf>[0] } | null } },
  columns: string[] | null,
) {
  if (mended.as === "original") return row.raw;
  if (mended.as === "text") {
    if (mended.text.trim() === "") throw new AppError("invalid_input", "The row is empty. Set it aside instead.");
    return mended.text.replace(/\r?\n$/, "");
  }
  const { feedSource } = row.run;
  const shape = shapeOf(
    feedSource?.kind ?? "csv",
    feedSource ? (await loadMapping(feedSource.id))?.mapping.dialect : null,
  );
  if (columns && mended.rows.some((cells) => cells.length !== columns.length)) {
    throw new AppError("invalid_input", `A row of this file has ${columns.length} cells.`);
  }
  return mended.rows.map((cells) => writeRecord(cells, shape)).join("\n");
}
