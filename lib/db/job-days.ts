import "server-only";
import { db, engine } from "./client";
import { queryRows, toTime } from "./raw";

/** Jobs by the day they were asked for (UTC, `2026-11-21`) and how they stand: one look along the index of their times. */
export function countJobsByDay(from: Date) {
  const [day, since] =
    engine() === "sqlite"
      ? [`strftime('%Y-%m-%d', "createdAt" / 1000, 'unixepoch')`, "?"]
      : [`to_char("createdAt", 'YYYY-MM-DD')`, "?::timestamp"];
  return queryRows<{ day: string; status: string; jobs: number }>(
    db,
    `SELECT ${day} AS "day", "status", count(*) AS "jobs" FROM "Job" WHERE "createdAt" >= ${since} GROUP BY 1, 2`,
    toTime(from),
  );
}
