import "server-only";
import { rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import {
  clearOldExports,
  exportPath,
  hasExport,
  KEPT_DAYS,
  makeExportsFolder,
} from "@/lib/catalog/table-export/exports-folder";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { defineJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { chosen } from "@/lib/jobs/parameter";
import { MOST_AT_ONCE } from "../icon-choice";
import { SHELVES, type Shelf } from "../icon-search";
import { archiveRows } from "./archive-rows";
import { writeArchive } from "./write-archive";

const shelf = z.enum(Object.keys(SHELVES) as [Shelf, ...Shelf[]]);

/** Ticked icons, or all of a shelf. */
export const iconExport = z.object({
  ids: z.array(z.uuid()).min(1).max(MOST_AT_ONCE).nullable().default(null),
  show: shelf.default("active"),
  category: z.uuid().nullable().default(null),
});
export type IconExport = z.output<typeof iconExport>;

const STAGE = "Packing the icons";

/** Packs icons into a zip; killed, it begins anew. */
export const iconExportJob = defineJob({
  name: "icons.export",
  displayName: "Export icons",
  description: "Packs icons into a zip with a list of what each is, which is kept for a week.",
  group: "Icons",
  permission: "catalog:read",
  stages: [STAGE],
  isResumable: false,
  idempotency: "Only reads: run again it writes another file.",
  payload: iconExport,
  parameters: z.object({
    show: shelf.default("active").meta({ title: "Which icons", labels: SHELVES }),
    category: chosen("category", "Category", "Only this one and what is below it.").optional(),
  }),
  async start(actor: Actor, { show, category }): Promise<{ jobId: string }> {
    return requestIconExport(actor, { ids: null, show, category: category ?? null });
  },
  recall: async ({ show, category }) => ({ show, ...(category === null ? {} : { category }) }),
  resultTitles: { missing: "Icons without a file", bytes: "Size" },
  maxAttempts: 3,
  exclusive: null,
  async handle(payload, context) {
    await makeExportsFolder();
    await clearOldExports();
    const rows = await archiveRows(payload);
    const files = rows.filter(({ path }) => path !== null);
    const total = files.reduce((sum, { fileSize }) => sum + fileSize, 0);
    const path = exportPath(context.jobId, "zip");
    const part = `${path}.part`;
    try {
      await writeArchive(part, rows, (done) =>
        context.report({ stage: STAGE, done: Math.min(done, total), total, unit: "bytes" }),
      );
      await rename(part, path);
    } finally {
      await rm(part, { force: true });
    }
    const { size } = await stat(path);
    const missing = rows.length - files.length;
    context.log(`Packed ${formatPlural(files.length, "icon")}, ${size} bytes; ${missing} without a file`);
    return { icons: files.length, missing, bytes: size };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/** Has the worker pack icons. */
export async function requestIconExport(actor: Actor, input: IconExport): Promise<{ jobId: string }> {
  assertCan(actor, "catalog:read");
  const what = input.ids
    ? formatPlural(input.ids.length, "ticked icon")
    : `icons: ${SHELVES[input.show].toLowerCase()}`;
  const displayName = `Export ${what}`;
  return transaction(async (tx) => ({ jobId: await enqueue(tx, actor, iconExportJob, input, { displayName }) }));
}

const finished = z.object({ icons: z.number(), bytes: z.number() });

/** What a job has packed; null where the job is none of these, or not done. */
export function finishedIconExport(job: { jobType: string; status: string; result: unknown; id: string }) {
  if (job.jobType !== iconExportJob.name || job.status !== "completed") return null;
  const result = finished.safeParse(job.result).data;
  return result ? { ...result, isKept: hasExport(job.id, "zip") } : null;
}

/** Where a job's zip lies. @throws {AppError} `not_found`, with the reason */
export async function exportedIcons(actor: Actor, jobId: string): Promise<{ path: string; bytes: number }> {
  assertCan(actor, "catalog:read");
  const job = await db.job.findUnique({
    where: { id: jobId },
    select: { id: true, jobType: true, status: true, result: true },
  });
  const file = job && finishedIconExport(job);
  if (!file) throw new AppError("not_found", "There is no such file, or it is not written yet.");
  if (!file.isKept) {
    throw new AppError("not_found", `Exported files are kept for ${KEPT_DAYS} days; this one is gone. Export it anew.`);
  }
  return { path: exportPath(jobId, "zip"), bytes: file.bytes };
}
