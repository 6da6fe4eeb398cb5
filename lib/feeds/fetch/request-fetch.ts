import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan, SYSTEM } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { nextTime, parseSchedule } from "@/lib/jobs/schedules/cron";
import { log } from "@/lib/log";
import { isFetched, parseConnection } from "../connection";
import { fetchJob } from "./fetch-job";

/**
 * Asks for a look at a source's server or folder now. `force` imports what is there although it is unchanged.
 * @throws {AppError} `conflict` when one is under way, the source is switched off or takes uploads
 */
export async function requestFetch(actor: Actor, { sourceId, force = false }: { sourceId: string; force?: boolean }) {
  assertCan(actor, "feed:run");
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const source = await tx.feedSource.findUnique({ where: { id: sourceId } });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    if (!source.isActive) throw new AppError("conflict", `${source.name} is switched off. Switch it on first.`);
    if (!isFetched(parseConnection(source.connection))) {
      throw new AppError("conflict", `${source.name} takes uploads: there is nothing to fetch from.`);
    }
    const fetch = await startFetch(tx, actor, source, { trigger: "manual", force });
    if (!fetch) throw new AppError("conflict", `A fetch of ${source.name} is under way already. Wait for its end.`);
    await recordAudit(tx, actor, "feed.fetch", { entity: "FeedSource", entityId: sourceId }, { after: { force } });
    return fetch;
  });
}

/**
 * Starts a fetch of every source whose time has come, once, however many workers look: whoever moves the source's next
 * time on starts it. Times missed while no worker ran are one fetch.
 */
export async function startDueFetches(now = new Date()) {
  const due = await db.feedSource.findMany({
    where: { isActive: true, nextFetchAt: { lte: now } },
    select: { id: true, name: true, schedule: true, nextFetchAt: true },
    take: 100,
  });
  const started: string[] = [];
  for (const { id, name, schedule, nextFetchAt } of due) {
    const times = parseSchedule(schedule);
    const fetch = await transaction(async (tx) => {
      await lockName(tx, "job queue");
      const { count } = await tx.feedSource.updateMany({
        where: { id, isActive: true, nextFetchAt },
        data: { nextFetchAt: times && nextTime(times, now) },
      });
      return count === 1 && times ? startFetch(tx, SYSTEM, { id, name }, { trigger: "schedule", force: false }) : null;
    });
    if (!fetch) continue;
    log.info("fetch.scheduled", { sourceId: id, fetchId: fetch.fetchId });
    started.push(fetch.fetchId);
  }
  return started;
}

/** Null while another fetch of the source is under way. */
async function startFetch(
  tx: Tx,
  actor: Actor,
  source: { id: string; name: string },
  { trigger, force }: { trigger: "manual" | "schedule"; force: boolean },
) {
  const running = await tx.feedFetch.count({ where: { sourceId: source.id, outcome: "running" } });
  if (running > 0) return null;
  const { id: fetchId } = await tx.feedFetch.create({
    data: { sourceId: source.id, trigger, userId: actorUserId(actor) },
    select: { id: true },
  });
  const jobId = await enqueue(tx, actor, fetchJob, { fetchId, force }, { displayName: `Fetch ${source.name}` });
  await tx.feedFetch.update({ where: { id: fetchId }, data: { jobId }, select: { id: true } });
  return { fetchId, jobId };
}
