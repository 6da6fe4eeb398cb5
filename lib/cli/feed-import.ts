import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isDebug } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { listFeedFiles } from "@/lib/feeds/archive";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { isWorkerRunning, runWorker } from "@/lib/jobs/worker";
import { logFrom } from "@/lib/log";
import { getRunOrThrow, getRunState, type RunDetail } from "@/lib/sync/queries";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";
import { ProgressLine } from "./progress-line";
import { stopSignal } from "./stop-signal";
import { describeRun } from "./sync-history";

const KINDS: Record<string, { kind: FeedKind; name: string }> = {
  etilize: { kind: "etilize", name: "Etilize" },
  "shopify-csv": { kind: "shopify_csv", name: "Shopify CSV" },
  erp: { kind: "erp", name: "ERP list" },
};
/** Between two looks at the run, in milliseconds. */
const LOOK_EVERY_MS = 300;

interface Request {
  paths: string[];
  source: string;
  dryRun: boolean;
  autoApprove: boolean;
}

/** Asks for an import and waits for its end; works it in this process when no worker is running. */
export async function importFeed({ paths, source, dryRun, autoApprove }: Request): Promise<Outcome> {
  // What goes wrong is told in the outcome, in words.
  if (!isDebug()) logFrom("error");
  const files = (await Promise.all(paths.map((path) => listFeedFiles(resolve(path))))).flat();
  await openDatabase();
  const sourceId = await sourceOf(source);
  const { number } = await requestFeedImport(SYSTEM, { sourceId, files, dryRun, autoApprove });
  const run = await waitForEnd(number);
  const text = [describeRun(run), ...nextSteps(run)].join("\n");
  return { ok: isSuccess(run), value: toSnakeCase(run), text };
}

/** Success, in part or whole, and a preview that ran to its end. What waits for a person is not done. */
function isSuccess({ status }: RunDetail) {
  return status === "success" || status === "partial";
}

function nextSteps({ status, number }: RunDetail) {
  if (status === "review")
    return [`It waits for a person: review it under /syncs/${number}. --yes applies what no guard holds.`];
  if (status === "pending" || status === "running") return ["Stopped waiting. The run goes on when a worker runs."];
  return [];
}

/** The shop's own source of a format: the sample's is never mixed with real data. */
async function sourceOf(format: string): Promise<string> {
  const wanted = KINDS[format];
  if (!wanted) throw new AppError("invalid_input", `There is no feed format "${format}".`);
  const own = { kind: wanted.kind, isSample: false, isActive: true };
  const existing = await db.feedSource.findFirst({ where: own, orderBy: { id: "asc" }, select: { id: true } });
  if (existing) return existing.id;
  return (await createFeedSource(SYSTEM, { ...wanted, connection: { type: "upload" } })).id;
}

/** Shows progress until the run has ended, or waits for a person, or somebody pressed Ctrl-C. */
async function waitForEnd(number: number): Promise<RunDetail> {
  const signal = stopSignal();
  const line = new ProgressLine(process.stderr);
  // A failure of the work done here must end the waiting too.
  let ownWork: Promise<void> | undefined;
  let failure: unknown;
  try {
    for (;;) {
      const run = await getRunState(SYSTEM, number);
      const isOpen = run.status === "pending" || run.status === "running";
      if (!isOpen || signal.aborted) {
        await ownWork;
        return await getRunOrThrow(SYSTEM, number);
      }
      if (run.job) line.show(run.job);
      if (!ownWork && run.jobId && !(await isWorkerRunning())) {
        const work = runWorker({ signal, only: run.jobId });
        ownWork = work.then(
          // A job whose try failed is back on the queue, and tried again here.
          () => {
            ownWork = undefined;
          },
          (error: unknown) => {
            failure = error;
          },
        );
      }
      if (failure) throw failure;
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    line.end();
  }
}
