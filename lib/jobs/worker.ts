import "server-only";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { db, tendWriteAheadLog, transaction } from "@/lib/db/client";
import { startDueFetches } from "@/lib/feeds/fetch/request-fetch";
import { clearScratch } from "@/lib/feeds/scratch-folder";
import { scheduleIconsSweep } from "@/lib/icons/icons-sweep-job";
import { settleUnassigned } from "@/lib/icons/legacy/settle-unassigned";
import { takeFoundStores } from "@/lib/icons/legacy/take-found-stores";
import { scheduleImagesSweep } from "@/lib/images/images-sweep-job";
import { log } from "@/lib/log";
import { Deliverer } from "@/lib/notifications/channels/deliverer";
import { pruneNotifications } from "@/lib/notifications/mutations";
import { tendQuality } from "@/lib/quality/tend-quality";
import { scheduleWords } from "@/lib/search/words-job";
import { scheduleRetention } from "@/lib/sync/retention/request";
import { settleForgottenEnds } from "@/lib/sync/settle-end";
import type { Job } from "@/prisma/generated/sqlite/client";
import { Crew } from "./crew";
import { Duty } from "./duty";
import { isHeldUp } from "./held-up";
import { LeaseWatch } from "./lease-watch";
import { WORKER_SILENT_MS } from "./live-workers";
import { listUnsettledJobs, recoverLostJobs } from "./lost-jobs";
import { jobDefinition } from "./registry";
import { startDueSchedules } from "./schedules/run-due";
import { splitOldLogs } from "./split-old-logs";

/** Between two signs of life of the worker, in milliseconds. */
const HEARTBEAT_MS = 5_000;
/** Between two looks at what is to be done by the day, and at what killed processes left on the disk, in milliseconds. */
const DAILY_LOOK_MS = 60_000;
/** Between two looks for a source whose time to be fetched has come, in milliseconds. */
const SCHEDULE_LOOK_MS = 1_000;
/** Between two looks for products whose quality is to be computed, in milliseconds: nobody's work waits for it. */
const QUALITY_LOOK_MS = 1_000;

/**
 * Works the queue until `signal` aborts, several jobs side by side; those that run then stop at their next batch and go
 * back to the queue. With `only`, runs that one job and returns.
 */
export async function runWorker({ signal, only }: { signal: AbortSignal; only?: string }) {
  const host = hostname();
  await tendWriteAheadLog();
  const { id } = await transaction((tx) =>
    tx.worker.create({ data: { pid: process.pid, host, heartbeatAt: new Date() }, select: { id: true } }),
  );
  const heartbeat = setInterval(() => void beat(id), HEARTBEAT_MS);
  log.info("worker.started", { workerId: id, pid: process.pid });
  const crew = new Crew(id, signal, only);
  const leases = new LeaseWatch();
  const isOurs = (job: Pick<Job, "id" | "workerId">) => job.workerId === id && crew.slots.has(job.id);
  const always = [new Duty(HEARTBEAT_MS, () => recover(host, leases, isOurs))];
  const deliverer = new Deliverer();
  const shared = [
    new Duty(Number.POSITIVE_INFINITY, splitOldLogs),
    new Duty(DAILY_LOOK_MS, tendDaily),
    new Duty(SCHEDULE_LOOK_MS, startDueFetches),
    new Duty(SCHEDULE_LOOK_MS, startDueSchedules),
    new Duty(SCHEDULE_LOOK_MS, deliverer.look),
  ];
  const idle = [new Duty(QUALITY_LOOK_MS, tendIdle)];
  try {
    while (!crew.isOver) {
      try {
        for (const duty of only ? always : [...always, ...shared]) await duty.whenDue();
        await crew.startJobs();
        if (only && crew.slots.isEmpty && (crew.hasWorked || !(await isOpen(only)))) return;
        if (!only && crew.slots.isEmpty) for (const duty of idle) await duty.whenDue();
        await crew.rest();
      } catch (error) {
        if (only || !isHeldUp(error)) throw error;
        log.error("worker.held-up", error, { workerId: id });
        await sleep(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await Promise.all([crew.end(), deliverer.end()]);
    clearInterval(heartbeat);
    await transaction((tx) => tx.worker.deleteMany({ where: { id } }));
    log.info("worker.stopped", { workerId: id });
  }
  crew.throwFailure();
}

async function tendDaily() {
  await clearScratch();
  await settleForgottenEnds();
  await scheduleRetention();
  await scheduleImagesSweep();
  await scheduleIconsSweep();
  await takeFoundStores();
  await settleUnassigned();
  await pruneNotifications();
}

async function tendIdle() {
  await tendQuality();
  await scheduleWords();
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

async function recover(host: string, leases: LeaseWatch, isOurs: Parameters<typeof recoverLostJobs>[2]) {
  const ended = [...(await recoverLostJobs(host, leases, isOurs)), ...(await listUnsettledJobs())];
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
