import { resolve } from "node:path";
import { SYSTEM } from "@/lib/auth/actor";
import { isDebug } from "@/lib/env";
import { startLegacyImport } from "@/lib/icons/legacy/legacy-job";
import { type LegacyReport, legacyReport } from "@/lib/icons/legacy/legacy-report";
import { legacyWords } from "@/lib/icons/legacy/legacy-words";
import { logFrom } from "@/lib/log";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";
import { waitForJob } from "./wait-for-job";

/** Takes over an earlier system's icons and waits for the end; works it in this process when no worker is running. */
export async function importIcons({ path, dryRun }: { path?: string; dryRun: boolean }): Promise<Outcome> {
  // What goes wrong is told in the outcome, in words.
  if (!isDebug()) logFrom("error");
  await openDatabase();
  const given = { uploads: [], path: path === undefined ? "" : resolve(path), dryRun };
  const { jobId } = await startLegacyImport(SYSTEM, given);
  const job = await waitForJob(jobId);
  const report = legacyReport.safeParse(job.result).data;
  if (job.status !== "completed" || !report) {
    const text = job.error ?? "Stopped waiting. The import goes on when a worker runs.";
    return { ok: false, value: { job_id: jobId, status: job.status, error: job.error }, text };
  }
  return { ok: true, value: toSnakeCase({ jobId, ...report }), text: told(report) };
}

function told(report: LegacyReport): string {
  if (report.stores.length === 0) return "No icons of an earlier system lie in the usual places. Name the place.";
  const lines = report.lines.map(({ legacyId, filename, note }) => `  ${filename ?? legacyId}: ${note}`);
  const more = report.linesLeftOut > 0 ? [`  and ${report.linesLeftOut} more`] : [];
  return [...legacyWords(report), ...lines, ...more].join("\n");
}
