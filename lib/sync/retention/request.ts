import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan, SYSTEM } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { assertRoomToRewrite } from "@/lib/db/rewrite-database";
import { measureStorage } from "@/lib/db/storage";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { areJobsDue } from "@/lib/jobs/retention/clear-jobs";
import { compactJob } from "./compact-job";
import { dueRuns } from "./plan";
import { retentionJob } from "./retention-job";

/** Between two clearings nobody asked for, in milliseconds: a day, less what a start at the same hour may waver. */
const DAILY_MS = 23.5 * 3_600_000;

/** Clears old history now. @throws {AppError} `conflict` while a clearing waits or runs */
export async function requestRetention(actor: Actor) {
  assertCan(actor, "settings:manage");
  return transaction((tx) => requestOnce(tx, actor, retentionJob, "retention.run"));
}

/**
 * Has an older SQLite file written anew. Saving waits meanwhile, so a person decides when.
 * @throws {AppError} `conflict` while one waits or runs, or where it would be of no use or find no room
 */
export async function requestCompact(actor: Actor) {
  assertCan(actor, "settings:manage");
  const { givesBack } = await measureStorage();
  if (givesBack !== "none") throw new AppError("conflict", "This database gives free space back by itself.");
  await assertRoomToRewrite();
  return transaction((tx) => requestOnce(tx, actor, compactJob, "database.compact"));
}

async function requestOnce(tx: Tx, actor: Actor, definition: typeof retentionJob, action: string) {
  await lockName(tx, "job queue");
  const open = await tx.job.findFirst({
    where: { jobType: definition.name, status: { in: ["pending", "running", "paused"] } },
    select: { id: true },
  });
  if (open) throw new AppError("conflict", `"${definition.displayName}" waits or runs already.`);
  const jobId = await enqueue(tx, actor, definition, {});
  await recordAudit(tx, actor, action, { entity: "Configuration", entityId: "sync.retention" });
  return { jobId };
}

/** Puts the daily clearing on the queue when there is something to clear: any worker may ask, one is heard. */
export async function scheduleRetention() {
  const { rows, forgotten } = await dueRuns(new Date(), 1);
  if (rows.length + forgotten.length === 0 && !(await areJobsDue())) return;
  await transaction(async (tx) => {
    await lockName(tx, "job queue");
    const since = new Date(Date.now() - DAILY_MS);
    const recent = await tx.job.findFirst({
      where: {
        jobType: retentionJob.name,
        OR: [{ createdAt: { gt: since } }, { status: { in: ["pending", "running", "paused"] } }],
      },
      select: { id: true },
    });
    if (!recent) await enqueue(tx, SYSTEM, retentionJob, {}, { priority: -1 });
  });
}
