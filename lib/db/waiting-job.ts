import "server-only";
import { db, engine } from "./client";
import { queryRows, toTime } from "./raw";

interface Sought {
  /** No other job than this. */
  only?: string;
  /** Types that are not looked for. */
  without: readonly string[];
  /** Jobs that a worker died of, or beside, are not looked for. */
  isShared: boolean;
}

/** Whether a job waits whose time has come: the look that a worker takes ten times a second. */
export async function hasWaitingJob({ only, without, isShared }: Sought): Promise<boolean> {
  const time = engine() === "sqlite" ? "?" : "?::timestamp";
  const conditions = [
    `"status" = 'pending' AND ("scheduledAt" IS NULL OR "scheduledAt" <= ${time})`,
    ...(without.length > 0 ? [`"jobType" NOT IN (${without.map(() => "?").join(", ")})`] : []),
    ...(only ? [`"id" = ?`] : []),
    ...(isShared
      ? [`NOT EXISTS (SELECT 1 FROM "JobAttempt" a WHERE a."jobId" = "Job"."id" AND a."outcome" = 'lost')`]
      : []),
  ];
  const rows = await queryRows(
    db,
    `SELECT 1 AS "found" FROM "Job" WHERE ${conditions.join(" AND ")} LIMIT 1`,
    toTime(new Date()),
    ...without,
    ...(only ? [only] : []),
  );
  return rows.length > 0;
}
