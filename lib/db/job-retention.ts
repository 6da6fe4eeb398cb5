import "server-only";
import { db, engine, type Tx } from "./client";
import { execute, queryRows, toTime } from "./raw";

function time() {
  return engine() === "sqlite" ? "?" : "?::timestamp";
}

/** Jobs that ended so well or so badly before; created before is within the index, and follows from it. */
function endedJobs(statuses: string) {
  return `SELECT "id" FROM "Job" WHERE "status" IN (${statuses}) AND "createdAt" < ${time()} AND "completedAt" < ${time()}`;
}

const DONE = "'completed', 'cancelled'";
const FAILED = "'failed', 'parked'";

export interface JobCutoffs {
  /** Jobs that were done or cancelled before go. */
  done: Date;
  /** Jobs that failed or gave up before go. */
  failed: Date;
  /** Lines written before go. */
  lines: Date;
}

/** Whether anything is old enough to go. */
export async function hasOldJobs({ done, failed, lines }: JobCutoffs): Promise<boolean> {
  const rows = await queryRows(
    db,
    `SELECT 1 AS "found" WHERE EXISTS (${endedJobs(DONE)}) OR EXISTS (${endedJobs(FAILED)})
     OR EXISTS (SELECT 1 FROM (SELECT "at" FROM "JobLine" ORDER BY "id" LIMIT 1) l WHERE "at" < ${time()})`,
    ...[done, done, failed, failed, lines].map(toTime),
  );
  return rows.length > 0;
}

/** Deletes up to `batch` jobs with their tries, stages and lines; the number of them. */
export async function deleteOldJobs(tx: Tx, { done, failed }: JobCutoffs, batch: number): Promise<number> {
  const times = [done, done, failed, failed].map(toTime);
  return execute(
    tx,
    `DELETE FROM "Job" WHERE "id" IN (SELECT "id" FROM (${endedJobs(DONE)} UNION ALL ${endedJobs(FAILED)}) due
     LIMIT ${batch})`,
    ...times,
  );
}

/** Deletes up to `batch` lines from the front, where the oldest stand; the number of them. */
export async function deleteOldLines(tx: Tx, { lines }: JobCutoffs, batch: number): Promise<number> {
  return execute(
    tx,
    `DELETE FROM "JobLine" WHERE "id" IN (SELECT "id" FROM (SELECT "id", "at" FROM "JobLine" ORDER BY "id"
     LIMIT ${batch}) l WHERE "at" < ${time()})`,
    toTime(lines),
  );
}
