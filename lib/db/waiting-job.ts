import "server-only";
import { db, engine } from "./client";
import { queryRows, toTime } from "./raw";

/**
 * Whether a job waits whose time has come: the look that a worker takes ten times a second.
 * @param without types that are not looked for
 */
export async function hasWaitingJob(without: readonly string[], only?: string): Promise<boolean> {
  const time = engine() === "sqlite" ? "?" : "?::timestamp";
  const others = without.length > 0 ? ` AND "jobType" NOT IN (${without.map(() => "?").join(", ")})` : "";
  const rows = await queryRows(
    db,
    `SELECT 1 AS "found" FROM "Job" WHERE "status" = 'pending' AND ("scheduledAt" IS NULL OR "scheduledAt" <= ${time})
     ${others}${only ? ' AND "id" = ?' : ""} LIMIT 1`,
    toTime(new Date()),
    ...without,
    ...(only ? [only] : []),
  );
  return rows.length > 0;
}
