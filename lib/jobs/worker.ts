import "server-only";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { db, tendWriteAheadLog, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { startDueFetches } from "@/lib/feeds/fetch/request-fetch";
import { clearScratch } from "@/lib/feeds/scratch-folder";
import { scheduleImagesSweep } from "@/lib/images/images-sweep-job";
import { log } from "@/lib/log";
import { tendQuality } from "@/lib/quality/tend-quality";
import { scheduleWords } from "@/lib/search/words-job";
import { scheduleRetention } from "@/lib/sync/retention/request";
import { settleForgottenEnds } from "@/lib/sync/settle-end";
import type { Job } from "@/prisma/generated/sqlite/client";
import { claimJob, listUnsettledJobs, recoverLostJobs } from "./claim";
import { isDiskFull } from "./disk-full";
import { LeaseWatch } from "./lease-watch";
import { jobDefinition } from "./registry";
import { runJob } from "./run-job";

/** Between two looks at an empty queue, in milliseconds. */
const IDLE_MS = 400;
/** Between two signs of life of the worker, in milliseconds. */
const HEARTBEAT_MS = 5_000;
/** Between two looks at what is to be done by the day, and at what killed processes left on the disk, in milliseconds. */
const DAILY_LOOK_MS = 60_000;
/** Between two looks for a source whose time to be fetched has come, in milliseconds. */
const SCHEDULE_LOOK_MS = 1_000;
/** Between two looks for products whose quality is to be computed, in milliseconds: nobody's work waits for it. */
const QUALITY_LOOK_MS = 1_000;
/** A worker silent this long is not running, in milliseconds: the header says so. */
export const WORKER_SILENT_MS = 60_000;

/**
 * Works the queue until `signal` aborts; a running job then stops at its next batch and goes back to the queue.
 * With `only`, runs that one job and returns.
 */
export async function runWorker({ signal, only }: { signal: AbortSignal; only?: string }) {
  const host = hostname();
  await tendWriteAheadLog();
  const { id } = await transaction((tx) =>
    tx.worker.create({ data: { pid: process.pid, host, heartbeatAt: new Date() }, select: { id: true } }),
  );
  const heartbeat = setInterval(() => void beat(id), HEARTBEAT_MS);
  log.info("worker.started", { workerId: id, pid: process.pid });
  const leases = new LeaseWatch();
  let lastRecovery = 0;
  let lastScheduleLook = 0;
  let lastDailyLook = 0;
  let lastQualityLook = 0;
  try {
    while (!signal.aborted) {
      try {
        if (Date.now() - lastRecovery > HEARTBEAT_MS) {
          await recover(host, leases);
          lastRecovery = Date.now();
        }
        if (!only && Date.now() - lastDailyLook > DAILY_LOOK_MS) {
          await clearScratch();
          await settleForgottenEnds();
          await scheduleRetention();
          await scheduleImagesSweep();
          lastDailyLook = Date.now();
        }
        if (!only && Date.now() - lastScheduleLook > SCHEDULE_LOOK_MS) {
          await startDueFetches();
          lastScheduleLook = Date.now();
        }
        const job = (await hasWaitingJob(only)) ? await claimJob(id, only) : null;
        if (job) await runJob(job, signal);
        if (only && (job || !(await isOpen(only)))) return;
        if (!job && !only && Date.now() - lastQualityLook > QUALITY_LOOK_MS) {
          await tendQuality();
          await scheduleWords();
          lastQualityLook = Date.now();
        }
        if (!job) await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        // Another process holds the database for long, or the disk is full: nothing is lost, a later look asks again.
        const isBusy = error instanceof AppError && error.code === "unavailable";
        if (only || !(isBusy || isDiskFull(error))) throw error;
        log.error("worker.held-up", error, { workerId: id });
        await sleep(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    clearInterval(heartbeat);
    await transaction((tx) => tx.worker.deleteMany({ where: { id } }));
    log.info("worker.stopped", { workerId: id });
  }
}

/** True when a worker gave a sign of life within the last minute. */
export async function isWorkerRunning() {
  const since = new Date(Date.now() - WORKER_SILENT_MS);
  return (await db.worker.count({ where: { heartbeatAt: { gte: since } } })) > 0;
}

async function hasWaitingJob(only?: string) {
  const waiting = await db.job.findFirst({
    where: { status: "pending", ...(only ? { id: only } : {}) },
    select: { id: true },
  });
  return waiting !== null;
}

async function isOpen(jobId: string) {
  const job = await db.job.findUnique({ where: { id: jobId }, select: { status: true } });
  return job?.status === "pending" || job?.status === "running";
}

async function beat(id: string) {
  try {
    await transaction((tx) => tx.worker.updateMany({ where: { id }, data: { heartbeatAt: new Date() } }));
  } catch (error) {
    // The next beat tries again; a minute of silence shows in the header.
    log.error("worker.heartbeat-missed", error, { workerId: id });
  }
}

function endOf({ cancelRequested, status, error, attempts }: Job) {
  if (cancelRequested) return { status: "cancelled", reason: "A person cancelled it." } as const;
  const reason = status === "running" || error === null ? `Its worker died ${attempts} times.` : error;
  return { status: "failed", reason } as const;
}

async function recover(host: string, leases: LeaseWatch) {
  const ended = [...(await recoverLostJobs(host, leases)), ...(await listUnsettledJobs())];
  for (const job of ended) {
    const definition = jobDefinition(job.jobType);
    const payload = definition?.payload.safeParse(job.parameters);
    if (!definition || !payload?.success) continue;
    try {
      await definition.giveUp(payload.data, endOf(job));
    } catch (error) {
      // One job that can't be settled stops no other: every later look tries it again.
      log.error("job.unsettled", error, { jobId: job.id });
    }
  }
  const gone = new Date(Date.now() - 10 * WORKER_SILENT_MS);
  await transaction((tx) => tx.worker.deleteMany({ where: { heartbeatAt: { lt: gone } } }));
}
