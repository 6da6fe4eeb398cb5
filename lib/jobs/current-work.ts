import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countedTree } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import { isOnFullDisk } from "@/lib/disk-full";
import { env } from "@/lib/env";
import { countInbox } from "@/lib/inbox/count-inbox";
import { type UnreadNotifications, unreadNotifications } from "@/lib/notifications/queries";
import { LOST_AFTER_MS } from "./job-state";
import { countLiveWorkers } from "./live-workers";
import { parseJobProgress, secondsLeft, stagePercent } from "./progress";

/** Jobs named in the header; the others are only counted. */
const SHOWN = 3;

export interface WorkItem {
  id: string;
  name: string;
  stage: string;
  /** 0 to 100; null while the end is not known. */
  percent: number | null;
  done: number | null;
  total: number | null;
  unit: string;
  secondsLeft: number | null;
}

/** What the frame of every page shows of the present. */
export interface CurrentWork {
  running: WorkItem[];
  runningCount: number;
  waitingCount: number;
  /** Jobs that gave up and wait for a person, and those that failed within the last day. */
  troubledCount: number;
  /** Those of them that gave up. */
  parkedCount: number;
  hasWorker: boolean;
  /** Nothing can be saved, by a worker or by a person. */
  isDiskFull: boolean;
  /** Products that are not archived. */
  products: number;
  /** What needs a person. */
  inbox: { count: number; isCapped: boolean };
  /** The reader's own. */
  notifications: UnreadNotifications;
}

/** What runs now, for the header: cheap enough to be asked every two seconds by everybody. */
export async function currentWork(actor: Actor): Promise<CurrentWork> {
  assertCan(actor, "job:read");
  const dayAgo = new Date(Date.now() - 86_400_000);
  const [jobs, waitingCount, failedCount, parkedCount, workers, { counts }, inbox, notifications] = await Promise.all([
    db.job.findMany({
      // One whose worker says nothing is lost, and does not run.
      where: { status: "running", heartbeatAt: { gte: new Date(Date.now() - LOST_AFTER_MS) } },
      select: { id: true, displayName: true, currentStage: true, progress: true, stageProgress: true },
      orderBy: [{ startedAt: "asc" }, { id: "asc" }],
    }),
    db.job.count({ where: { status: "pending" } }),
    db.job.count({ where: { status: "failed", completedAt: { gt: dayAgo } } }),
    db.job.count({ where: { status: "parked" } }),
    countLiveWorkers(),
    countedTree(),
    countInbox(actor),
    unreadNotifications(actor),
  ]);
  return {
    running: jobs.slice(0, SHOWN).map(toWorkItem),
    runningCount: jobs.length,
    waitingCount,
    troubledCount: failedCount + parkedCount,
    parkedCount,
    hasWorker: workers > 0,
    isDiskFull: await isOnFullDisk(env().dataFolder),
    products: counts.all,
    inbox: { count: inbox.total, isCapped: inbox.isCapped },
    notifications,
  };
}

interface RunningJob {
  id: string;
  displayName: string;
  currentStage: string;
  progress: number;
  stageProgress: unknown;
}

function toWorkItem(job: RunningJob): WorkItem {
  const progress = parseJobProgress(job.stageProgress);
  return {
    id: job.id,
    name: job.displayName,
    stage: progress?.stage ?? job.currentStage,
    percent: (progress && stagePercent(progress)) ?? (job.progress || null),
    done: progress?.done ?? null,
    total: progress?.total ?? null,
    unit: progress?.unit ?? "",
    secondsLeft: progress && secondsLeft(progress),
  };
}
