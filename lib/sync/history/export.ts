import "server-only";
import { Readable } from "node:stream";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { getChangeFields } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { changeFields, changeLines } from "@/lib/sync/change";
import { listRuns, type RunRow } from "@/lib/sync/queries";
import type { RunSearch } from "@/lib/sync/search-params";
import { csvLine } from "./csv-line";

export type ExportFormat = "csv" | "json";

export interface Export {
  filename: string;
  contentType: string;
  body: Readable;
}

/** Rows read from the database at a time. */
const ROWS_PER_READ = 500;

const RUN_COLUMNS = {
  run: (run: RunRow) => run.number,
  source: (run: RunRow) => run.source,
  status: (run: RunRow) => run.status,
  dry_run: (run: RunRow) => run.isDryRun,
  started_by: (run: RunRow) => run.startedBy,
  started_at: (run: RunRow) => run.startedAt,
  completed_at: (run: RunRow) => run.completedAt,
  seconds: (run: RunRow) =>
    run.startedAt && run.completedAt ? (run.completedAt.getTime() - run.startedAt.getTime()) / 1000 : null,
  items: (run: RunRow) => run.totalItems,
  added: (run: RunRow) => run.created,
  changed: (run: RunRow) => run.updated,
  missing: (run: RunRow) => run.missing,
  to_decide: (run: RunRow) => run.held,
  rejected: (run: RunRow) => run.rejected,
  repeated: (run: RunRow) => run.repeated,
  unchanged: (run: RunRow) => run.unchanged,
  processed: (run: RunRow) => run.processed,
  successful: (run: RunRow) => run.successful,
  failed: (run: RunRow) => run.failed,
  skipped: (run: RunRow) => run.skipped,
  held_reason: (run: RunRow) => run.heldReason,
};

/** The runs a search means, newest first, as a file that is written while it is read. */
export function exportRuns(actor: Actor, search: Partial<RunSearch>, format: ExportFormat): Export {
  assertCan(actor, "sync:read");
  return exportAs("sync-runs", format, RUN_COLUMNS, runsOf(actor, search));
}

async function* runsOf(actor: Actor, search: Partial<RunSearch>): AsyncGenerator<RunRow> {
  for (let before: number | undefined; ; ) {
    const page = await listRuns(actor, { ...search, before, after: undefined, size: ROWS_PER_READ });
    yield* page.rows;
    if (page.older === null) return;
    before = page.older;
  }
}

interface ExportedLine {
  id: number;
  entity: string;
  label: string;
  name: string;
  key: string;
  kind: string;
  state: string;
  reason: string | null;
  rule: string | null;
  answer: string | null;
  appliedAt: Date | null;
  file: string | null;
  line: number | null;
  field: string | null;
  before: string | number | boolean | null;
  after: string | number | boolean | null;
  kept: boolean;
}

const CHANGE_COLUMNS = {
  change: (row: ExportedLine) => row.id,
  entity: (row: ExportedLine) => row.entity,
  sku: (row: ExportedLine) => row.label,
  name: (row: ExportedLine) => row.name,
  key: (row: ExportedLine) => row.key,
  kind: (row: ExportedLine) => row.kind,
  state: (row: ExportedLine) => row.state,
  field: (row: ExportedLine) => row.field,
  before: (row: ExportedLine) => row.before,
  after: (row: ExportedLine) => row.after,
  kept: (row: ExportedLine) => row.kept,
  file: (row: ExportedLine) => row.file,
  line: (row: ExportedLine) => row.line,
  reason: (row: ExportedLine) => row.reason,
  rule: (row: ExportedLine) => row.rule,
  answer: (row: ExportedLine) => row.answer,
  applied_at: (row: ExportedLine) => row.appliedAt,
};

/**
 * A run's changes, a line per field, as a file that is written while it is read.
 * @throws {AppError} `not_found` for an unknown run, or one whose rows retention dropped
 */
export async function exportRunChanges(actor: Actor, runId: string, format: ExportFormat): Promise<Export> {
  assertCan(actor, "sync:read");
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { number: true, prunedAt: true } });
  if (!run) throw new AppError("not_found", "There is no such run.");
  if (run.prunedAt) {
    throw new AppError("not_found", `The changes of run ${run.number} were dropped when their time had come.`);
  }
  return exportAs(`run-${run.number}-changes`, format, CHANGE_COLUMNS, linesOf(runId));
}

async function* linesOf(runId: string): AsyncGenerator<ExportedLine> {
  for (let after = 0; ; ) {
    const changes = await db.syncChange.findMany({
      where: { runId, id: { gt: after } },
      orderBy: { id: "asc" },
      take: ROWS_PER_READ,
    });
    const details = await getChangeFields(changes.map((change) => change.id));
    for (const { id, entity, label, name, externalKey: key, kind, state, ...change } of changes) {
      const { reason, rule, answer, appliedAt, file, line } = change;
      const facts = { id, entity, label, name, key, kind, state, reason, rule, answer, appliedAt, file, line };
      const lines = changeLines(changeFields.parse(details.get(id) ?? {}));
      // A change without fields (a row nobody could match) is a line all the same.
      if (lines.length === 0) yield { ...facts, field: null, before: null, after: null, kept: false };
      for (const each of lines) {
        const place = { file: each.file ?? file, line: each.line ?? line };
        yield {
          ...facts,
          ...place,
          field: each.field,
          before: each.before,
          after: each.after,
          kept: each.kept ?? false,
        };
      }
    }
    const last = changes.at(-1);
    if (!last || changes.length < ROWS_PER_READ) return;
    after = last.id;
  }
}

type Cell = string | number | boolean | Date | null;

/** Rows as a file of a column each, written while they are read. */
export function exportAs<Row>(
  name: string,
  format: ExportFormat,
  columns: Record<string, (row: Row) => Cell>,
  rows: AsyncGenerator<Row>,
): Export {
  const names = Object.keys(columns);
  const cells = (row: Row) => Object.values(columns).map((of) => of(row));
  async function* csv() {
    yield csvLine(names);
    for await (const row of rows) yield csvLine(cells(row));
  }
  async function* json() {
    let separator = "[\n";
    for await (const row of rows) {
      const values = cells(row);
      yield `${separator}${JSON.stringify(Object.fromEntries(names.map((column, at) => [column, values[at]])))}`;
      separator = ",\n";
    }
    yield separator === "[\n" ? "[]\n" : "\n]\n";
  }
  return {
    filename: `${name}.${format}`,
    contentType: format === "csv" ? "text/csv; charset=utf-8" : "application/json",
    body: Readable.from(format === "csv" ? csv() : json()),
  };
}
