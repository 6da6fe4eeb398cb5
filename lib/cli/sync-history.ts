import { SYSTEM } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { getRun, listRuns, type RunDetail, type RunRow } from "@/lib/sync/queries";
import { runFound, runState, runSummary, undoSummary } from "@/lib/sync/run-words";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";

export async function showRuns(limit: number): Promise<Outcome> {
  await openDatabase();
  const { rows, total } = await listRuns(SYSTEM, { size: limit });
  const lines = rows.map((run) => `#${String(run.number).padEnd(5)} ${runLine(run)}`);
  const text = lines.length > 0 ? lines.join("\n") : 'No runs yet. "stockroom feed import" makes the first.';
  return { ok: true, value: { data: toSnakeCase(rows), total }, text };
}

export async function showRun(number: number): Promise<Outcome> {
  await openDatabase();
  const run = await getRun(SYSTEM, number);
  if (!run) throw new AppError("not_found", `There is no run ${number}. "stockroom sync list" shows what there is.`);
  return { ok: true, value: toSnakeCase(run), text: describeRun(run) };
}

/** A run in several lines: outcome, counts, files, warnings. */
export function describeRun(run: RunDetail): string {
  const files = run.files.map(
    (file) =>
      `  ${file.name}: ${formatCount(file.rowsRead)} rows = ${formatCount(file.rowsStaged)} staged + ${formatCount(file.rowsUnchanged)} unchanged + ${formatCount(file.rowsRepeated)} repeated + ${formatCount(file.rowsRejected)} rejected`,
  );
  return [
    `Run #${run.number}: ${runLine(run)}`,
    ...(run.heldReason ? [`  Held: ${run.heldReason}`] : []),
    ...files,
    ...[...run.messages, ...run.errors].map((message) => `  ${message.text}`),
  ].join("\n");
}

function runLine(run: RunRow) {
  const { words } = runState(run);
  const kind = run.isDryRun && !words.startsWith("dry run") ? "dry run, " : "";
  return `${run.source}, ${kind}${words}: ${run.trigger === "undo" ? undoSummary(run) : runSummary(runFound(run))}`;
}
