import "server-only";
import { Readable } from "node:stream";
import { z } from "zod";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { enqueue } from "@/lib/jobs/enqueue";
import { listProducts } from "../list-products";
import { readColumns } from "../product-search";
import { listOf } from "../selection";
import { exportJob, type TableExport } from "./export-job";
import { exportPath, hasExport, KEPT_DAYS } from "./exports-folder";
import { csvOf, excelOf, openTable } from "./write-table";

/** Longer lists are written by the worker. */
export const AT_ONCE = 10_000;

export const FORMATS = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/**
 * How a list is exported: at once, or by a job, which is asked for here. Whoever waits for the same file already
 * waits for the same job.
 * @throws {AppError} as `listProducts`
 */
export async function requestExport(actor: Actor, input: TableExport): Promise<{ jobId: string | null }> {
  assertCan(actor, "catalog:read");
  const { total } = await listProducts(actor, { ...listOf(input), size: 1 });
  if (total.count < AT_ONCE && !total.isCapped) return { jobId: null };
  const parameters = exportJob.payload.parse(input);
  return transaction(async (tx) => {
    const waiting = await tx.job.findMany({
      where: { jobType: exportJob.name, status: { in: ["pending", "running"] }, userId: actorUserId(actor) },
      select: { id: true, parameters: true },
    });
    const same = waiting.find((job) => JSON.stringify(tidy(job.parameters)) === JSON.stringify(tidy(parameters)));
    if (same) return { jobId: same.id };
    const displayName = `Export products as ${input.format === "csv" ? "CSV" : "Excel"}`;
    return { jobId: await enqueue(tx, actor, exportJob, parameters, { displayName }) };
  });
}

/** PostgreSQL keeps the names of stored JSON in an order of its own. */
function tidy(parameters: unknown) {
  return exportJob.payload.safeParse(parameters).data;
}

/** A short list's file, written while it is sent. @throws {AppError} `conflict` where it is too long for that */
export async function tableFile(actor: Actor, { columns, format, ...list }: TableExport): Promise<Readable> {
  assertCan(actor, "catalog:read");
  const query = listOf(list);
  const { total } = await listProducts(actor, { ...query, size: 1 });
  if (total.isCapped || total.count >= AT_ONCE) {
    throw new AppError(
      "conflict",
      `From ${formatCount(AT_ONCE)} products on the worker writes the file. Export it anew.`,
    );
  }
  const table = await openTable(actor, query, readColumns(columns).columns);
  if (format === "csv") return Readable.from(csvOf(table), { objectMode: false });
  return Readable.from(await (await excelOf(table)).toBuffer(), { objectMode: false });
}

const finished = z.object({ format: z.enum(["csv", "xlsx"]), products: z.number(), bytes: z.number() });

/** What a job has written; null where the job is none of these, or not done. */
export function finishedExport(job: { jobType: string; status: string; result: unknown; id: string }) {
  if (job.jobType !== exportJob.name || job.status !== "completed") return null;
  const result = finished.safeParse(job.result).data;
  return result ? { ...result, isKept: hasExport(job.id, result.format) } : null;
}

/** Where a job's file lies. @throws {AppError} `not_found`, with the reason */
export async function exportedFile(actor: Actor, jobId: string): Promise<{ path: string; format: "csv" | "xlsx" }> {
  assertCan(actor, "catalog:read");
  const job = await db.job.findUnique({
    where: { id: jobId },
    select: { id: true, jobType: true, status: true, result: true },
  });
  const file = job && finishedExport(job);
  if (!file) throw new AppError("not_found", "There is no such file, or it is not written yet.");
  if (!file.isKept) {
    throw new AppError("not_found", `Exported files are kept for ${KEPT_DAYS} days; this one is gone. Export it anew.`);
  }
  return { path: exportPath(jobId, file.format), format: file.format };
}
