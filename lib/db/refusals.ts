import "server-only";
import { db, engine } from "./client";
import { queryRows, toTime } from "./raw";

export interface RefusalGroup {
  code: string;
  severity: "error" | "warning";
  sourceId: string | null;
  source: string;
  /** Rows in all, and those nobody has answered. */
  count: number;
  open: number;
  runs: number;
  /** Of the last run that refused one. */
  lastRun: number;
  /** Rows of the recent half of the window, and of the half before it. */
  recent: number;
  before: number;
}

/** Refused rows and remarks since a time, by kind and source; the trend splits the window at `middle`. */
export async function groupRefusals(since: Date, middle: Date, limit: number): Promise<RefusalGroup[]> {
  const time = engine() === "sqlite" ? "?" : "?::timestamp";
  const open = `r."severity" = 'error' AND r."handledByRunId" IS NULL AND r."dismissedAt" IS NULL`;
  const rows = await queryRows<RefusalGroup>(
    db,
    `SELECT r."code", r."severity", h."feedSourceId" AS "sourceId", h."source", count(*) AS "count",
       sum(CASE WHEN ${open} THEN 1 ELSE 0 END) AS "open", count(DISTINCT r."runId") AS "runs", max(h."number") AS "lastRun",
       sum(CASE WHEN h."createdAt" >= ${time} THEN 1 ELSE 0 END) AS "recent",
       sum(CASE WHEN h."createdAt" < ${time} THEN 1 ELSE 0 END) AS "before"
     FROM "SyncRejection" r JOIN "SyncHistory" h ON h."id" = r."runId"
     WHERE h."createdAt" >= ${time}
     GROUP BY r."code", r."severity", h."feedSourceId", h."source"
     ORDER BY "count" DESC, r."code" LIMIT ?`,
    toTime(middle),
    toTime(middle),
    toTime(since),
    limit,
  );
  return rows.map((row) => ({
    ...row,
    count: Number(row.count),
    open: Number(row.open),
    runs: Number(row.runs),
    recent: Number(row.recent),
    before: Number(row.before),
  }));
}
