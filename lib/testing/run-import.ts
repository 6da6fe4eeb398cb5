import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { runWorker } from "@/lib/jobs/worker";

interface Options {
  dryRun?: boolean;
  /** Changes go in without review. */
  yes?: boolean;
  sourceName?: string;
}

/** Imports files as a person would, a worker in this process doing the work; answers with the run as it ended. */
export async function importFiles(
  kind: FeedKind,
  paths: string[],
  { dryRun = false, yes = true, sourceName = kind }: Options = {},
) {
  const existing = await db.feedSource.findUnique({ where: { name: sourceName } });
  const sourceId =
    existing?.id ?? (await createFeedSource(SYSTEM, { name: sourceName, kind, connection: { type: "upload" } })).id;
  const files = paths.map((path) => ({ path, name: path.split("/").at(-1) ?? path }));
  const { runId, jobId } = await requestFeedImport(SYSTEM, { sourceId, files, dryRun, autoApprove: yes });
  await workOff(jobId);
  return getEndedRun(runId);
}

/** Works one job to its end. */
export async function workOff(jobId: string) {
  await runWorker({ signal: new AbortController().signal, only: jobId });
}

export async function getEndedRun(runId: string) {
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  const job = run.jobId ? await db.job.findUnique({ where: { id: run.jobId } }) : null;
  return { ...run, jobError: job?.error ?? null };
}
