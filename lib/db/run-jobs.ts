import "server-only";
import { db, engine } from "./client";
import { queryRows, toTime } from "./raw";

/** Ids of all jobs that worked on a run, also those before the one it names now: reading is one, applying another. */
export async function listJobsOfRun(run: { id: string; createdAt: Date }): Promise<string[]> {
  const time = engine() === "sqlite" ? "?" : "?::timestamp";
  // No job of a run is older than the run; its type has no index for its parameters.
  const rows = await queryRows<{ id: string }>(
    db,
    `SELECT "id" FROM "Job" WHERE "createdAt" >= ${time} AND "parameters"->>'runId' = ?`,
    toTime(run.createdAt),
    run.id,
  );
  return rows.map(({ id }) => id);
}
