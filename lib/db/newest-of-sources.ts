import "server-only";
import { db } from "./client";
import { queryRows } from "./raw";

export interface NewestOfSource {
  sourceId: string;
  runNumber: number | null;
  fetchId: string | null;
}

/**
 * Each source with its newest run and fetch: one step in an index each, however long the history is. `ended` leaves out
 * what runs still, and dry runs.
 */
export function newestOfSources({ ended }: { ended: boolean }): Promise<NewestOfSource[]> {
  const run = ended ? `AND r."isDryRun" = false AND r."status" NOT IN ('pending', 'running')` : "";
  const fetch = ended ? `AND f."outcome" <> 'running'` : "";
  return queryRows(
    db,
    `SELECT s."id" AS "sourceId",
       (SELECT r."number" FROM "SyncHistory" r WHERE r."feedSourceId" = s."id" ${run}
        ORDER BY r."number" DESC LIMIT 1) AS "runNumber",
       (SELECT f."id" FROM "FeedFetch" f WHERE f."sourceId" = s."id" ${fetch}
        ORDER BY f."startedAt" DESC LIMIT 1) AS "fetchId"
     FROM "FeedSource" s`,
  );
}
