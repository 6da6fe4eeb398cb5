import { SYSTEM } from "@/lib/auth/actor";
import { isDebug } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { logFrom } from "@/lib/log";
import { getRun } from "@/lib/sync/queries";
import { planUndo, type UndoPreview } from "@/lib/sync/undo/preview-undo";
import { requestUndo } from "@/lib/sync/undo/request-undo";
import type { UndoCounts } from "@/lib/sync/undo/undo-batch";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";
import { waitForRun } from "./wait-for-run";

/** Takes a run back, or shows what that would come to. */
export async function revertRun(number: number, { dryRun }: { dryRun: boolean }): Promise<Outcome> {
  // What goes wrong is told in the outcome, in words.
  if (!isDebug()) logFrom("error");
  await openDatabase();
  const run = await getRun(SYSTEM, number);
  if (!run) throw new AppError("not_found", `There is no run ${number}. "stockroom sync list" shows what there is.`);
  if (dryRun) {
    const preview = await planUndo(SYSTEM, run.id);
    return { ok: true, value: toSnakeCase({ isDryRun: true, ...preview }), text: describePreview(preview) };
  }
  const asked = await requestUndo(SYSTEM, { runId: run.id });
  const undo = await waitForRun(asked.number);
  const isDone = undo.status === "success" || undo.status === "partial";
  const counts = { restored: undo.updated, removed: undo.deleted, skipped: undo.skipped };
  const lines = [
    isDone
      ? `Run ${number} is undone by run ${undo.number}: ${countWords(counts)}.`
      : `Run ${undo.number}, which undoes run ${number}, is ${undo.status}.`,
    ...undo.errors.map((message) => `  ${message.text}`),
    ...(undo.status === "pending" || undo.status === "running"
      ? ["Stopped waiting. The undo goes on when a worker runs."]
      : []),
  ];
  return { ok: isDone, value: toSnakeCase({ ...undo, undoes: number }), text: lines.join("\n") };
}

function describePreview({ number, products, categories, left }: UndoPreview) {
  return [
    `Undoing run ${number} would come to, in products: ${countWords(products)}; in categories: ${countWords(categories)}.`,
    ...left.map((one) => `  ${one.label}: ${one.reason}`),
    "Nothing was changed.",
  ].join("\n");
}

function countWords({ restored, removed, skipped }: UndoCounts) {
  return `${restored} put back, ${removed} taken away, ${formatPlural(skipped, "change")} left`;
}
